import { createHash } from 'node:crypto';
import { BoosterError } from '../shared/errors.ts';
import type { PoolTask } from './protocol.ts';

/** What the contents of one task did to instances. */
interface Strikes {
  /** Instances that trapped, died or ran out of memory under it. */
  killed: number;
  /** Instances that had to be ended because it did not end in time. */
  hung: number;
  /** The longest of those times: a caller with much more patience may still try. */
  hungMs: number;
  lastAt: number;
}

/** As many instances a task may cost before it is refused. */
const strikeLimit = 2;

/** Contents remembered; the oldest go first. */
const entryLimit = 1000;

/** A task that hung may be tried again by who gives it so many times the time. */
const patienceFactor = 2;

/**
 * Remembers by content which tasks cost instances, and refuses those that cost two. Contents are hashed only when an
 * instance was lost, and while any are remembered.
 */
export class Quarantine {
  readonly #durationMs: number;
  readonly #strikes = new Map<string, Strikes>();

  /** @param durationMs how long after the last loss a task is refused */
  constructor(durationMs: number) {
    this.#durationMs = durationMs;
  }

  /** Contents refused at the moment. */
  get size(): number {
    let size = 0;
    for (const strikes of this.#strikes.values()) {
      if (this.#remainingMs(strikes) > 0 && strikes.killed + strikes.hung >= strikeLimit) size += 1;
    }
    return size;
  }

  /** An instance died under the task; `hungMs` when it was ended because the task ran so long. */
  strike(task: PoolTask, hungMs?: number): void {
    const key = contentKey(task);
    if (key === undefined) return;
    const known = this.#strikes.get(key);
    const strikes =
      known !== undefined && this.#remainingMs(known) > 0 ? known : { killed: 0, hung: 0, hungMs: 0, lastAt: 0 };
    if (hungMs === undefined) strikes.killed += 1;
    else {
      strikes.hung += 1;
      strikes.hungMs = Math.max(strikes.hungMs, hungMs);
    }
    strikes.lastAt = performance.now();
    this.#strikes.delete(key);
    this.#strikes.set(key, strikes);
    if (this.#strikes.size <= entryLimit) return;
    for (const oldest of this.#strikes.keys()) {
      this.#strikes.delete(oldest);
      return;
    }
  }

  /** The task was answered after all: what happened before was not its fault. */
  absolve(task: PoolTask): void {
    if (this.#strikes.size === 0) return;
    const key = contentKey(task);
    if (key !== undefined) this.#strikes.delete(key);
  }

  /** Why the task may not run within `timeoutMs`; `undefined` when it may. */
  refusal(task: PoolTask, timeoutMs: number): BoosterError | undefined {
    if (this.#strikes.size === 0) return undefined;
    const strikes = this.#strikes.get(contentKey(task) ?? '');
    if (strikes === undefined) return undefined;
    const retryAfterMs = this.#remainingMs(strikes);
    const isImpatient = timeoutMs <= patienceFactor * strikes.hungMs;
    const lost = strikes.killed + (isImpatient ? strikes.hung : 0);
    if (retryAfterMs <= 0 || lost < strikeLimit) return undefined;
    const message = `the same task cost ${String(lost)} instances and is refused for another ${String(retryAfterMs)} ms`;
    return new BoosterError('E_TASK_QUARANTINED', message, { instancesLost: lost, retryAfterMs });
  }

  #remainingMs({ lastAt }: Strikes): number {
    return Math.max(0, Math.ceil(lastAt + this.#durationMs - performance.now()));
  }
}

/** `undefined` for what has no text form: it cannot be sent to a worker either. */
function contentKey(task: PoolTask): string | undefined {
  try {
    return createHash('sha256').update(JSON.stringify(task)).digest('base64');
  } catch {
    return undefined;
  }
}
