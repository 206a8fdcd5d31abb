import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { abandonedAfterMs, hasFlusher, takeFlusherLock } from '../../../src/records/redis/flusher-lock.ts';
import type { ProcessFacts } from '../../../src/records/redis/flusher-lock.ts';
import { tempFolder } from '../files/temp-folder.ts';

const living = (processId: number, ...others: number[]): ProcessFacts => ({
  processId,
  isProcessAlive: (id) => id === processId || others.includes(id),
});

describe('the right to bring records away', () => {
  it('is there once', async () => {
    const folder = tempFolder({});
    expect(hasFlusher(folder, living(1))).toBe(false);
    const lock = await takeFlusherLock(folder, living(1), 0);
    expect(hasFlusher(folder, living(2, 1))).toBe(true);
    expect(await takeFlusherLock(folder, living(2, 1), 0)).toBeUndefined();
    rmSync(lock ?? '');
    expect(await takeFlusherLock(folder, living(2), 0)).toBeDefined();
  });

  it('goes to exactly one of many that want it at the same time', async () => {
    const everyone = Array.from({ length: 20 }, (_, index) => index + 1);
    for (let round = 0; round < 20; round += 1) {
      const folder = tempFolder({});
      let holders = 0;
      const results = await Promise.all(
        everyone.map(async (id) => {
          const lock = await takeFlusherLock(folder, living(id, ...everyone), 10_000);
          if (lock === undefined) return false;
          holders += 1;
          expect(holders).toBe(1);
          await new Promise((resolve) => setImmediate(resolve));
          holders -= 1;
          rmSync(lock);
          return true;
        }),
      );
      expect(results).toContain(true);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('is taken over from a process that is gone, or that has had it for too long', async () => {
    const folder = tempFolder({});
    writeFileSync(join(folder, `flusher-${Date.now()}-77-00000000`), '');
    writeFileSync(join(folder, `flusher-${Date.now() - abandonedAfterMs - 1}-88-00000000`), '');
    expect(hasFlusher(folder, living(1, 77))).toBe(true);
    expect(await takeFlusherLock(folder, living(1), 0)).toBeDefined();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is not confused by other files', () => {
    const folder = tempFolder({ 'open.jsonl': '', 'flusher-x': '', 'outage.json': '' });
    expect(hasFlusher(folder, living(1))).toBe(false);
    expect(readdirSync(folder)).toHaveLength(3);
  });
});
