import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withRuntime } from '../../../src/app/runtime.ts';
import type { RunResources } from '../../../src/app/runtime.ts';
import { resolveConfig } from '../../../src/config/resolve-config.ts';
import type { BoosterHealth } from '../../../src/records/health.ts';
import { LocalHealth } from '../../../src/records/local/local-health.ts';

it('a run that takes longer than two seconds tells how it is, with the results that it took from the cache, and that it has ended', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'booster-health-'));
  const io = {
    ...{ cwd, env: {}, platform: process.platform, userId: process.getuid?.(), processId: process.pid },
    ...{ build: 'test', nodeVersion: process.versions.node, memoryLeftBytes: () => Infinity },
    ...{ noteWork: () => undefined, leaveBehind: () => undefined },
  };
  const flags = { 'records.store': join(cwd, 'store'), 'pool.resident': 'never' };
  const { config } = await resolveConfig({ cwd, flags, env: { BOOSTER_HEARTBEAT: '100' } });
  const place = { folder: join(cwd, 'store'), missing: [], userId: io.userId };
  const health = new LocalHealth(place, (trouble) => {
    throw trouble;
  });
  const told = async (isIt: (each: BoosterHealth) => boolean): Promise<BoosterHealth> => {
    for (;;) {
      const found = (await health.boosters()).find(isIt);
      if (found !== undefined) return found;
      await setTimeout(20);
    }
  };
  try {
    const optimize = async ({ pool }: RunResources, text: string): Promise<void> => {
      const request = { text, language: 'typescript', level: 'safe', rules: [] } as const;
      const options = { where: 'in-process', signal: new AbortController().signal } as const;
      await pool.executeTask({ kind: 'optimize', request }, options);
    };
    await withRuntime(config, io, ({ open }) => optimize(open(1), 'export const a = 1;\n'));
    // what was found is kept with the next turn of the event loop
    await setImmediate();
    await withRuntime(config, io, async ({ open }) => {
      const run = open(1);
      for (const name of ['a', 'a', 'b']) await optimize(run, `export const ${name} = 1;\n`);
      const { heartbeatAt, ...booster } = await told(({ status, tasks }) => status === 'active' && tasks > 0);
      expect(booster).toMatchObject({ status: 'active', pid: process.pid, tasks: 1, cacheHits: 2 });
      await told((each) => each.heartbeatAt > heartbeatAt);
    });
    expect(await told(({ status, cacheHits }) => status === 'stopped' && cacheHits === 2)).toBeDefined();
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
