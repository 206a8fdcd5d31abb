import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** Files that take microseconds, as nothing is new in them, share a turn of the event loop: 2,000 turns cost 30 ms. */
const turnMs = 5;

export interface LaneOptions<Item, Result> {
  readonly items: readonly Item[];
  /** How many are worked on at once. */
  readonly lanes: number;
  readonly signal: AbortSignal;
  /** `undefined`: interrupted before it was finished; no further item is then started. Must not reject. */
  readonly work: (item: Item) => Promise<Result | undefined>;
  /** Called once per item in the order of `items`, however many lanes there are. */
  readonly onResult: (result: Result) => void;
  /** Called after each item in the order of completion. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/**
 * Works on items side by side and hands on what came of them in their own order. When `signal` aborts, no further item is
 * started, and items that were not finished have no result. Gives `true` when it was interrupted.
 */
export async function runLanes<Item, Result>(options: LaneOptions<Item, Result>): Promise<boolean> {
  const { items, signal } = options;
  const finished = new Map<number, Result>();
  const state = { isInterrupted: false };
  let next = 0;
  let reported = 0;
  let done = 0;
  let turned = performance.now();

  const report = (index: number): boolean => {
    const result = finished.get(index);
    if (result === undefined) return false;
    finished.delete(index);
    options.onResult(result);
    return true;
  };
  const runLane = async (): Promise<void> => {
    while (!state.isInterrupted && !signal.aborted) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item === undefined) return;
      const result = await options.work(item);
      if (result === undefined) {
        state.isInterrupted = true;
        return;
      }
      finished.set(index, result);
      done += 1;
      options.onProgress?.(done);
      while (report(reported)) reported += 1;
      // Reading and in-process work are synchronous: without a turn of the event loop, SIGINT would wait for the last file.
      if (performance.now() - turned < turnMs) continue;
      await setImmediate();
      turned = performance.now();
    }
  };

  await Promise.all(Array.from({ length: Math.min(options.lanes, items.length) }, runLane));
  // After an interruption there are gaps: what was finished behind them is reported all the same.
  for (const index of [...finished.keys()].sort((a, b) => a - b)) report(index);
  return state.isInterrupted || signal.aborted;
}

/** Files in flight: on each thread one being worked on, and one being read or written. Without workers, one at a time. */
export function laneCount(threads: number): number {
  return threads <= 1 ? 1 : threads * 2;
}
