import { BoosterError, asBoosterError } from '../shared/errors.ts';
import type { EventBus } from '../shared/events.ts';
import type { PoolEvents } from './pool-events.ts';
import type { ResolvedPoolOptions } from './pool-options.ts';
import { StartBackoff } from './start-backoff.ts';
import { WorkerSlot } from './worker-slot.ts';
import type { SlotOwner } from './worker-slot.ts';
import type { ConnectWorker } from './worker-transport.ts';

export interface SlotStarterOptions {
  readonly limits: ResolvedPoolOptions;
  readonly connect: ConnectWorker;
  readonly owner: SlotOwner;
  readonly events: EventBus<PoolEvents>;
  readonly onStarted: (slot: WorkerSlot) => void;
  /** The waiting time after a failed start is over. */
  readonly onRetry: () => void;
  /** Starts failed so often in a row that callers should not wait any longer. */
  readonly onHopeless: (error: BoosterError) => void;
}

/** Starts instances, more and more slowly while they fail to start. */
export class SlotStarter {
  readonly #options: SlotStarterOptions;
  readonly #backoff = new StartBackoff();
  #started = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SlotStarterOptions) {
    this.#options = options;
  }

  /** Milliseconds until the next attempt may be made. */
  get waitMs(): number {
    return this.#backoff.waitMs;
  }

  /** Starts failed so often in a row that the next will most likely fail as well. */
  get isHopeless(): boolean {
    return this.#backoff.isHopeless;
  }

  /** Starts an instance now and returns `true`, or returns `false` and calls `onRetry` when the time has come. */
  start(): boolean {
    const { waitMs } = this.#backoff;
    if (waitMs > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#options.onRetry();
      }, waitMs);
      return false;
    }
    const { limits, connect, owner, events } = this.#options;
    const { startTimeoutMs, idleTimeoutMs, memoryLimitBytes } = limits;
    this.#started += 1;
    const id = `worker-${String(this.#started)}`;
    try {
      this.#options.onStarted(
        new WorkerSlot({ id, connect, owner, events, startTimeoutMs, idleTimeoutMs, memoryLimitBytes }),
      );
    } catch (error) {
      this.recordFailure(asBoosterError(error));
    }
    return true;
  }

  recordFailure(cause: BoosterError): void {
    this.#backoff.recordFailure();
    const { failures, isHopeless } = this.#backoff;
    if (!isHopeless) return;
    const message = `no instance can be started: ${cause.message}`;
    this.#options.onHopeless(new BoosterError('E_POOL_START', message, { failures, code: cause.code }, cause));
  }

  recordSuccess(): void {
    this.#backoff.recordSuccess();
  }

  /** Waiting for the next attempt holds the process only while somebody waits for the instance. */
  holdProcess(hold: boolean): void {
    if (hold) this.#timer?.ref();
    else this.#timer?.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
