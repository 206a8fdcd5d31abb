import { holdAfterGrowth, instancesToStart, mayShrink, untilLateMs } from '../../../src/pool/size-decision.ts';
import type { Load, SizeHistory } from '../../../src/pool/size-decision.ts';

/** A task: when it came, and how long it ran, in milliseconds. */
export type Arrival = readonly [atMs: number, runMs: number];

export interface SimulationOptions {
  readonly maximum: number;
  readonly idleTimeoutMs: number;
  readonly startMs: number;
  /** Without it an instance goes whenever it has been idle for the idle time. */
  readonly isDamped: boolean;
}

/** One change of size. */
export interface Resize {
  readonly atMs: number;
  readonly to: number;
}

interface Simulated {
  readyAt: number;
  busyUntil: number;
  idleSince: number;
}

/** Plays a load against a pool that is nothing but clock arithmetic and the decisions under test. */
export class SizeSimulation {
  readonly resizes: Resize[] = [];
  readonly waits: number[] = [];
  readonly #options: SimulationOptions;
  readonly #queue: Arrival[] = [];
  #instances: Simulated[] = [];
  #now = 0;
  #runs = { count: 0, sum: 0 };
  #hasStarted = false;
  #history: SizeHistory;

  constructor(arrivals: readonly Arrival[], options: SimulationOptions) {
    this.#options = options;
    this.#history = { grownAt: undefined, shrunkAt: undefined, holdMs: options.idleTimeoutMs };
    const coming = [...arrivals];
    const endMs = (coming.at(-1)?.[0] ?? 0) + 20 * options.idleTimeoutMs;
    while (this.#now < endMs) {
      while ((coming[0]?.[0] ?? Infinity) <= this.#now) this.#queue.push(coming.shift()!);
      this.#settle();
      this.#now = Math.min(endMs, coming[0]?.[0] ?? Infinity, this.#nextChange());
    }
  }

  get size(): number {
    return this.#instances.length;
  }

  #settle(): void {
    const ready = this.#instances.filter(({ readyAt }) => readyAt <= this.#now);
    if (ready.length > 0) this.#hasStarted = true;
    for (const instance of ready) {
      if (instance.busyUntil > this.#now) continue;
      const task = this.#queue.shift();
      if (task === undefined) break;
      this.waits.push(this.#now - task[0]);
      this.#runs = { count: this.#runs.count + 1, sum: this.#runs.sum + task[1] };
      instance.busyUntil = this.#now + task[1];
      instance.idleSince = instance.busyUntil;
    }
    this.#grow();
    this.#shrink();
  }

  #grow(): void {
    const { maximum, startMs, idleTimeoutMs } = this.#options;
    while (this.size < maximum && this.#queue.length > 0 && instancesToStart(this.#load()) > 0) {
      const holdMs = holdAfterGrowth(this.#history, this.#now, idleTimeoutMs);
      const readyAt = this.#now + startMs;
      this.#instances.push({ readyAt, busyUntil: readyAt, idleSince: readyAt });
      this.#history = { ...this.#history, grownAt: this.#now, holdMs };
      this.resizes.push({ atMs: this.#now, to: this.size });
    }
  }

  #shrink(): void {
    const { isDamped, idleTimeoutMs } = this.#options;
    const history = isDamped ? this.#history : { grownAt: undefined, shrunkAt: undefined, holdMs: idleTimeoutMs };
    for (const instance of this.#instances) {
      const isIdle = instance.idleSince <= this.#now;
      if (!isIdle || !mayShrink(this.#load(), this.#now - instance.idleSince, history, this.#now)) continue;
      this.#instances = this.#instances.filter((other) => other !== instance);
      this.#history = { ...this.#history, shrunkAt: this.#now };
      this.resizes.push({ atMs: this.#now, to: this.size });
      return;
    }
  }

  #load(): Load {
    const { startMs } = this.#options;
    return {
      live: this.size,
      starting: this.#instances.filter(({ readyAt }) => readyAt > this.#now).length,
      waiting: this.#queue.length,
      needFresh: 0,
      oldestWaitMs: this.#queue[0] === undefined ? 0 : this.#now - this.#queue[0][0],
      meanRunMs: this.#runs.count === 0 ? undefined : this.#runs.sum / this.#runs.count,
      meanStartMs: this.#hasStarted ? startMs : undefined,
      minimum: 0,
    };
  }

  #nextChange(): number {
    const { idleTimeoutMs, maximum } = this.#options;
    const changes = this.#instances.flatMap(({ readyAt, busyUntil }) => [readyAt, busyUntil]);
    if (this.size > 0) changes.push(this.#now + idleTimeoutMs / 10);
    if (this.#queue.length > 0 && this.size < maximum) changes.push(this.#now + untilLateMs(this.#load()));
    return Math.min(...changes.filter((at) => at > this.#now), Infinity);
  }
}
