import { Pending } from '../pool/pending.ts';
import { TaskQueue } from '../pool/task-queue.ts';
import type { Priority, Queued } from '../pool/task-queue.ts';
import { BoosterError, asBoosterError } from '../shared/errors.ts';

export interface QueuedCall {
  readonly priority: Priority;
  readonly caller: string;
  /** Milliseconds for waiting and running together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What a job gets to work with: it has to stop when the signal aborts. */
export interface JobContext {
  readonly signal: AbortSignal;
  readonly remainingMs: number;
  readonly waitMs: number;
}

interface Job extends Queued {
  readonly start: (waitMs: number) => Promise<void>;
  readonly pending: Pending<unknown>;
  readonly stop: AbortController;
}

/**
 * Runs so many jobs at a time, and lets so many wait: the more urgent first, among equally urgent ones callers in turn. Each
 * settles once: by its result, its failure, its deadline or its abort signal.
 */
export class AgentQueue {
  readonly #maximum: number;
  readonly #limit: number;
  readonly #waiting: TaskQueue<Job>;
  readonly #running = new Set<Job>();
  #whenIdle: (() => void) | undefined;

  constructor(maximum: number, limit: number) {
    this.#maximum = maximum;
    this.#limit = limit;
    this.#waiting = new TaskQueue(limit);
  }

  get queued(): number {
    return this.#waiting.size;
  }

  get running(): number {
    return this.#running.size;
  }

  get isFull(): boolean {
    return this.#running.size >= this.#maximum && this.#waiting.isFull;
  }

  /** @throws BoosterError E_AGENT_SATURATED, E_TASK_TIMEOUT, E_TASK_ABORTED; what `run` throws */
  add<Value>(call: QueuedCall, run: (context: JobContext) => Promise<Value>): Promise<Value> {
    if (this.isFull) throw saturated(this.#limit);
    const stop = new AbortController();
    const job: Job = {
      priority: call.priority,
      caller: call.caller,
      needsFresh: false,
      queuedAt: performance.now(),
      stop,
      pending: new Pending<unknown>({
        timeoutMs: call.timeoutMs,
        signal: call.signal,
        onCut: () => {
          this.#waiting.remove(job);
          stop.abort();
          this.#next();
        },
      }),
      start: async (waitMs) => {
        try {
          const { signal } = stop;
          job.pending.resolve(await run({ signal, remainingMs: job.pending.remainingMs, waitMs }));
        } catch (error) {
          job.pending.reject(asBoosterError(error));
        }
      },
    };
    this.#waiting.push(job);
    this.#next();
    return job.pending.promise as Promise<Value>;
  }

  /** Fails all that wait and run, at once. */
  stopAll(error: BoosterError): void {
    for (const job of [...this.#waiting.takeAll(), ...this.#running]) {
      job.pending.reject(error);
      job.stop.abort();
    }
  }

  /** Resolves when nothing waits and nothing runs any more. */
  async whenIdle(): Promise<void> {
    if (this.queued + this.running === 0) return;
    await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  #next(): void {
    while (this.#running.size < this.#maximum) {
      const job = this.#waiting.take(false);
      if (job === undefined) break;
      this.#running.add(job);
      void job.start(performance.now() - job.queuedAt).then(() => {
        this.#running.delete(job);
        this.#next();
      });
    }
    if (this.queued + this.running === 0) this.#whenIdle?.();
  }
}

function saturated(limit: number): BoosterError {
  const message = `${String(limit)} tasks are waiting already: send the next when one of them has ended, or raise \`queueLimit\``;
  return new BoosterError('E_AGENT_SATURATED', message, { limit });
}
