import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordEvent } from '../../src/records/record-event.ts';
import type { RunStore } from '../../src/records/record-store.ts';
import type { BoosterError } from '../../src/shared/errors.ts';
import { runRecord } from './run-record.ts';

/** A store that stands empty, and how it is taken away again. */
export interface OpenedStore {
  readonly store: RunStore;
  /** Another client of the same store. */
  readonly other: RunStore;
  readonly troubles: readonly BoosterError[];
  readonly remove: () => Promise<void>;
}

/** What every store of runs must do. */
export function describeRunStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`runs in the ${name} store`, () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.remove();
    });

    it('has none in the beginning', async () => {
      expect(await opened.store.queryRuns({}, 10)).toEqual([]);
    });

    it('gives back a record as it was saved, to other clients too', async () => {
      const record = runRecord(1, {
        status: 'refused',
        code: 'E_SYNTAX',
        fellBack: 'E_POOL_START',
        rules: ['a', 'b'],
        exitCode: 2,
      });
      await opened.store.saveRuns([record]);
      expect(await opened.other.queryRuns({}, 10)).toEqual([record]);
      expect(opened.troubles).toEqual([]);
    });

    it('gives the newest first, whatever order they were saved in, and no more than asked for', async () => {
      await opened.store.saveRuns([runRecord(3), runRecord(1)]);
      await opened.other.saveRuns([runRecord(4), runRecord(2)]);
      const found = await opened.store.queryRuns({}, 3);
      expect(found.map(({ id }) => id)).toEqual([runRecord(4).id, runRecord(3).id, runRecord(2).id]);
    });

    it('counts a record that is saved twice once', async () => {
      await opened.store.saveRuns([runRecord(1), runRecord(1)]);
      await opened.other.saveRuns([runRecord(1)]);
      expect(await opened.store.queryRuns({}, 10)).toHaveLength(1);
    });

    it.each([
      [{ command: 'apply' }, [2]],
      [{ status: 'failed' }, [3]],
      [{ since: runRecord(3).at }, [4, 3]],
      [{ file: 'src/file-1.ts' }, [1]],
      [{ file: 'file-1.ts' }, [1]],
      [{ file: 'ile-1.ts' }, []],
      [{ command: 'optimize', status: 'unchanged', since: runRecord(2).at }, [4]],
    ] as const)('filters by %o', async (filter, expected) => {
      await opened.store.saveRuns([
        runRecord(1),
        runRecord(2, { command: 'apply' }),
        runRecord(3, { status: 'failed', code: 'E_INTERNAL' }),
        runRecord(4),
      ]);
      const found = await opened.store.queryRuns(filter, 10);
      expect(found.map(({ id }) => id)).toEqual(expected.map((index) => runRecord(index).id));
    });

    it('finds the files of a run in their order by the beginning of its id', async () => {
      const { id } = runRecord(7);
      const files = Array.from({ length: 11 }, (_, index) =>
        runRecord(7, index === 0 ? {} : { id: `${id}.${String(index + 1)}` }),
      );
      await opened.store.saveRuns([...files].reverse());
      await opened.store.saveRuns([runRecord(8)]);
      expect(await opened.store.findRuns(id, 100)).toEqual(files);
      expect(await opened.store.findRuns(id, 2)).toEqual(files.slice(0, 2));
      expect(await opened.store.findRuns('none', 100)).toEqual([]);
    });

    it('forgets all when it is cleared, says how many there were, and takes new ones', async () => {
      await opened.store.saveRuns([runRecord(1), runRecord(2)]);
      expect(await opened.other.clearRuns()).toBe(2);
      expect(await opened.store.queryRuns({}, 10)).toEqual([]);
      await opened.store.saveRuns([runRecord(3)]);
      expect(await opened.other.queryRuns({}, 10)).toEqual([runRecord(3)]);
    });

    it('tells whoever watches what is recorded from then on', async () => {
      await opened.store.saveRuns([runRecord(1)]);
      const end = new AbortController();
      const events: RecordEvent[] = [];
      const watching = (async () => {
        for await (const event of opened.other.watch(end.signal)) {
          // in a cluster, what was told before may still be on its way between two nodes
          if ('runId' in event && event.runId === runRecord(1).id && name.includes('cluster')) continue;
          events.push(event);
          if (events.length === 2) end.abort();
        }
      })();
      // a watcher may need a moment to begin: what is saved again and again is told once
      const saving = (async () => {
        for (let index = 2; !end.signal.aborted && index < 1000; index += 1) {
          await opened.store.saveRuns([runRecord(index, { status: 'failed', code: 'E_INTERNAL' })]);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      await Promise.all([watching, saving]);
      expect(events[0]).toMatchObject({ type: 'booster.task.failed', command: 'optimize', code: 'E_INTERNAL' });
      expect(events.every((event) => 'runId' in event && event.runId !== runRecord(1).id)).toBe(true);
    });

    it('keeps what many clients save at once', async () => {
      const saved = Array.from({ length: 200 }, (_, index) => runRecord(index));
      await Promise.all(
        saved.map((record, index) => (index % 2 === 0 ? opened.store : opened.other).saveRuns([record])),
      );
      expect(await opened.store.queryRuns({}, 1000)).toEqual([...saved].reverse());
    });
  });
}
