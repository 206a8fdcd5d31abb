import { BoosterError } from '../shared/errors.ts';
import { onAbort } from './abort-listeners.ts';

export interface PendingOptions {
  /** Milliseconds from now until the caller is told `E_TASK_TIMEOUT`, waiting and running together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Called after deadline or abort settled the promise, so that whoever works on it can stop. */
  readonly onCut: (error: BoosterError) => void;
  /** Called exactly once, however it settled. */
  readonly onSettled?: (error: BoosterError | undefined) => void;
}

interface Settle<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: BoosterError) => void;
}

/**
 * A promise to a caller that settles exactly once: by an answer, a failure, its one deadline or its abort signal,
 * whichever comes first. Everything later is ignored. Its timer is not unref'd: while a caller waits, the process lives.
 */
export class Pending<Value> {
  readonly promise: Promise<Value>;
  readonly timeoutMs: number;
  readonly #deadline: number;
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: (() => void) | undefined;
  readonly #onSettled: PendingOptions['onSettled'];
  #settle: Settle<Value> | undefined;

  constructor({ timeoutMs, signal, onCut, onSettled }: PendingOptions) {
    this.promise = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.timeoutMs = timeoutMs;
    this.#onSettled = onSettled;
    this.#deadline = performance.now() + timeoutMs;
    const cut = (error: BoosterError): void => {
      if (this.reject(error)) onCut(error);
    };
    this.#timer = setTimeout(() => {
      cut(timeoutError(timeoutMs));
    }, timeoutMs);
    if (signal !== undefined) {
      this.#stopListening = onAbort(signal, () => {
        cut(abortError());
      });
    }
  }

  isSettled(): boolean {
    return this.#settle === undefined;
  }

  /** Milliseconds left, 0 when the deadline has passed. */
  get remainingMs(): number {
    return Math.max(0, this.#deadline - performance.now());
  }

  /** `false` when it was settled before. */
  resolve(value: Value): boolean {
    const settle = this.#close();
    settle?.resolve(value);
    if (settle !== undefined) this.#onSettled?.(undefined);
    return settle !== undefined;
  }

  /** `false` when it was settled before. */
  reject(error: BoosterError): boolean {
    const settle = this.#close();
    settle?.reject(error);
    if (settle !== undefined) this.#onSettled?.(error);
    return settle !== undefined;
  }

  #close(): Settle<Value> | undefined {
    const settle = this.#settle;
    this.#settle = undefined;
    clearTimeout(this.#timer);
    this.#stopListening?.();
    return settle;
  }
}

export function timeoutError(timeoutMs: number): BoosterError {
  return new BoosterError('E_TASK_TIMEOUT', `no answer within ${String(timeoutMs)} ms`, { timeoutMs });
}

export function abortError(): BoosterError {
  return new BoosterError('E_TASK_ABORTED', 'the task was aborted');
}

export function closedError(): BoosterError {
  return new BoosterError('E_POOL_CLOSED', 'the pool was shut down');
}

export function saturatedError(limit: number): BoosterError {
  const message =
    `${String(limit)} tasks are waiting already: send the next when one of them has ended, ` +
    'at most as many at a time as the pool has instances, or raise `queueLimit`';
  return new BoosterError('E_POOL_SATURATED', message, { limit });
}

export function unstableError(retryAfterMs: number): BoosterError {
  const message = `workers keep dying; the pool tries again in ${String(retryAfterMs)} ms`;
  return new BoosterError('E_POOL_UNSTABLE', message, { retryAfterMs });
}
