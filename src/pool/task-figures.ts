import type { ErrorCode } from '../shared/errors.ts';
import { Latencies } from './latencies.ts';

export type FailuresByCode = Readonly<Partial<Record<ErrorCode, number>>>;

/** Counts how the tasks of one instance ended. */
export class TaskFigures {
  readonly runTimes = new Latencies();
  #answered = 0;
  #failures = 0;
  readonly #byCode = new Map<ErrorCode, number>();

  /** Tasks answered. */
  get answered(): number {
    return this.#answered;
  }

  /** Tasks answered with an error, or cut short by the end of the instance. */
  get failures(): number {
    return this.#failures;
  }

  get failuresByCode(): FailuresByCode {
    return Object.fromEntries(this.#byCode);
  }

  recordAnswer(runMs: number): void {
    this.#answered += 1;
    this.runTimes.record(runMs);
  }

  /** @param code absent when the instance does not know it */
  recordFailure(code?: ErrorCode): void {
    this.#failures += 1;
    if (code === undefined) return;
    this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1);
  }
}
