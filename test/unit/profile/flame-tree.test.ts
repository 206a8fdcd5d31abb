import { describe, expect, it } from 'vitest';
import type { CallNode, CpuProfile } from '../../../src/profile/cpu-profile.ts';
import { flameTree } from '../../../src/profile/flame-tree.ts';
import { SourceMaps } from '../../../src/profile/source-maps.ts';

function call(name: string, selfMicros: number, children: readonly CallNode[] = [], url = 'file:///a.js'): CallNode {
  return { fn: { name, url, line: 1, column: 1 }, selfMicros, microsByLine: new Map(), children };
}

function profile(...children: readonly CallNode[]): CpuProfile {
  return { root: call('(root)', 0, children, ''), durationMicros: 0, idleMicros: 0, samples: 0 };
}

const maps = new SourceMaps(() => undefined);

describe('flameTree', () => {
  it('merges equal stacks of all profiles, and adds up what they called', () => {
    const tree = flameTree(
      [profile(call('a', 10, [call('b', 5)])), profile(call('a', 20), call('a', 1, [call('b', 4)]))],
      maps,
      0,
    );
    expect(tree.totalMicros).toBe(40);
    expect(tree.children).toEqual([
      expect.objectContaining({
        name: 'a',
        totalMicros: 40,
        selfMicros: 31,
        place: { url: 'file:///a.js', line: 1, column: 1 },
        children: [expect.objectContaining({ name: 'b', totalMicros: 9, selfMicros: 9 })],
      }),
    ]);
  });

  it('puts the longest first and leaves idle time out', () => {
    const tree = flameTree([profile(call('short', 1), call('(idle)', 99, [], ''), call('long', 9))], maps, 0);
    expect(tree.totalMicros).toBe(10);
    expect(tree.children.map(({ name }) => name)).toEqual(['long', 'short']);
  });

  it('leaves out what took less than the least share', () => {
    const tree = flameTree([profile(call('long', 990, [call('tiny', 1)]), call('small', 9))], maps, 0.005);
    expect(tree.children.map(({ name, children }) => [name, children.length])).toEqual([
      ['long', 0],
      ['small', 0],
    ]);
  });

  it('has no place for what is no file', () => {
    expect(flameTree([profile(call('gc', 1, [], ''))], maps, 0).children[0]).not.toHaveProperty('place');
  });
});
