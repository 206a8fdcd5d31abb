import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RedisKeys } from '../../../src/records/redis/redis-keys.ts';
import { redisTarget } from '../../../src/records/redis/redis-target.ts';

const keys = new RedisKeys('swarm:phase-5');

describe('the keys', () => {
  it('are named so', () => {
    expect(keys.channel).toBe('swarm:phase-5:booster');
    expect(keys.instances).toBe('swarm:phase-5:pool');
    expect(keys.runs).toBe('swarm:phase-5:runs');
    expect(keys.boosters).toBe('swarm:phase-5:boosters');
    expect(keys.booster('host:1')).toBe('swarm:phase-5:booster:host:1');
    expect(keys.instance('host:1:worker-2')).toBe('swarm:phase-5:pool:host:1:worker-2');
    expect(keys.run('abc.2')).toBe('swarm:phase-5:run:abc.2');
  });

  it('have no hash tag and no blank whatever an id is, and stay apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(keys.run(a)).toMatch(/^[\w:.@%-]+$/);
        if (a !== b) expect(keys.run(a)).not.toBe(keys.run(b));
      }),
    );
  });
});

describe('the name of a target', () => {
  const name = (url: string, prefix = 'p'): string => redisTarget({ url, prefix });

  it('is that of a server, database and prefix, whoever logs in', () => {
    expect(name('redis://h')).toBe(name('rediss://user:pw@h:6379/0'));
    expect(
      new Set([name('redis://h'), name('redis://i'), name('redis://h:1'), name('redis://h/1'), name('redis://h', 'q')])
        .size,
    ).toBe(5);
    expect(name('redis://h')).toMatch(/^[0-9a-f]{12}$/);
  });
});
