import type { EventBus } from '../shared/events.ts';
import { Latencies } from './latencies.ts';
import { affordableMaximum } from './pool-options.ts';
import type { ResolvedPoolOptions } from './pool-options.ts';
import type { PoolEvents } from './pool-events.ts';
import { holdAfterGrowth, instancesToStart, mayShrink, untilLateMs } from './size-decision.ts';
import type { Load, SizeHistory } from './size-decision.ts';
import type { SlotTable } from './slot-table.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** Free memory is read at most once in this time: reading it costs more than handing out a tiny task. */
const readingAgeMs = 1000;

/** What the scaler looks at of a queue. */
interface WaitingWork {
  readonly size: number;
  readonly returned: number;
  readonly oldestAt: number | undefined;
}

export interface ScalerOptions {
  readonly limits: ResolvedPoolOptions;
  readonly events: EventBus<PoolEvents>;
  readonly slots: SlotTable;
  readonly queue: WaitingWork;
  /** Work that was expected to be taken soon was not. */
  readonly onLate: () => void;
}

/** Decides how many instances there should be, from what the pool measures. */
export class Scaler {
  readonly runTimes = new Latencies();
  readonly startTimes = new Latencies();
  readonly #options: ScalerOptions;
  #history: SizeHistory;
  #size = 0;
  #minimum = 0;
  #reading: { readonly bytes: number; readonly at: number } | undefined;
  #lateTimer: NodeJS.Timeout | undefined;

  constructor(options: ScalerOptions) {
    this.#options = options;
    this.#history = { grownAt: undefined, shrunkAt: undefined, holdMs: options.limits.idleTimeoutMs };
  }

  /** Workers to be kept ready. */
  get minimum(): number {
    return this.#minimum;
  }

  /** Workers that the options and the memory of the moment allow. */
  get maximum(): number {
    const { limits, slots } = this.#options;
    const now = performance.now();
    if (this.#reading === undefined || now - this.#reading.at > readingAgeMs) {
      this.#reading = { bytes: limits.availableMemoryBytes(), at: now };
    }
    return affordableMaximum(limits, this.#reading.bytes, slots.memoryBytes);
  }

  keepMinimum(): void {
    this.#minimum = Math.min(this.#options.limits.minimum, this.maximum);
  }

  /** Asked when free instances have taken what they can. */
  wantsAnother(): boolean {
    const { queue, slots } = this.#options;
    if (queue.size === 0 && slots.live >= this.#minimum) return false;
    return slots.size < this.maximum && instancesToStart(this.#load()) > 0;
  }

  /** Calls `onLate` when waiting work makes another instance worthwhile by its waiting alone. */
  watchWaiting(): void {
    const { queue, slots, onLate } = this.#options;
    clearTimeout(this.#lateTimer);
    if (queue.size === 0 || slots.size >= this.maximum || slots.count('starting') > 0) return;
    this.#lateTimer = setTimeout(onLate, untilLateMs(this.#load()));
    this.#lateTimer.unref();
  }

  /**
   * Milliseconds that a task would wait that came now, by the measured times; `Infinity` when all places are held by
   * threads that do not end.
   */
  expectedWaitMs(untilStartMs: number): number {
    const { queue, slots } = this.#options;
    const places = this.maximum - slots.stuck;
    if (places <= 0) return Infinity;
    const startMs = slots.live > 0 ? 0 : untilStartMs + (this.startTimes.meanMs ?? 0);
    return startMs + (queue.size * (this.runTimes.meanMs ?? 0)) / places;
  }

  /** One more was started; replacing a lost one is no growth. */
  noteStart(): void {
    const { slots, limits } = this.#options;
    if (slots.live <= this.#size) return;
    const now = performance.now();
    const holdMs = holdAfterGrowth(this.#history, now, limits.idleTimeoutMs);
    this.#history = { ...this.#history, grownAt: now, holdMs };
    this.#resize(slots.live);
  }

  /** Whether an idle instance may go now; if so, it counts as gone. */
  lets(slot: WorkerSlot): boolean {
    const now = performance.now();
    const load = this.#load();
    if (!mayShrink(load, slot.idleMs, this.#history, now)) return false;
    this.#history = { ...this.#history, shrunkAt: now };
    this.#resize(load.live - 1);
    return true;
  }

  close(): void {
    clearTimeout(this.#lateTimer);
  }

  #load(): Load {
    const { queue, slots } = this.#options;
    const { oldestAt } = queue;
    return {
      live: slots.live,
      starting: slots.count('starting'),
      waiting: queue.size - queue.returned,
      needFresh: queue.returned,
      oldestWaitMs: oldestAt === undefined ? 0 : performance.now() - oldestAt,
      meanRunMs: this.runTimes.meanMs,
      meanStartMs: this.startTimes.meanMs,
      minimum: this.#minimum,
    };
  }

  #resize(size: number): void {
    const from = this.#size;
    this.#size = size;
    this.#options.events.emit('pool-scaled', { from, to: size });
  }
}
