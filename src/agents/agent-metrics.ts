import { Latencies } from '../pool/latencies.ts';
import type { LatencyFigures } from '../pool/latencies.ts';
import type { AgentResult } from './agent-task.ts';

/** Figures of an agent, counted since it was made. What has not been measured is absent. */
export interface AgentMetrics {
  readonly queued: number;
  readonly running: number;
  readonly done: number;
  readonly refused: number;
  readonly failed: number;
  readonly failedByCode: Readonly<Record<string, number>>;
  readonly fellBack: number;
  readonly cacheHits: number;
  /** Shares of the tasks that ended. */
  readonly successRate?: number;
  readonly refusalRate?: number;
  readonly fallbackRate?: number;
  readonly cacheHitRate?: number;
  /** Milliseconds, of the tasks that an agent took. */
  readonly waitMs?: LatencyFigures;
  /** Milliseconds, of the tasks that were done or refused, cached ones left out. */
  readonly runMs?: LatencyFigures;
}

/** How many of the last tasks say how healthy an agent is. */
const recentTasks = 20;

/** Counts how tasks ended. */
export class AgentCounter {
  readonly #counts = { done: 0, refused: 0, failed: 0, fellBack: 0, cacheHits: 0 };
  readonly #byCode = new Map<string, number>();
  readonly #waits = new Latencies();
  readonly #runs = new Latencies();
  readonly #recent: boolean[] = [];

  record({ status, run, waitMs, error, agent }: AgentResult): void {
    this.#counts[status] += 1;
    if (status === 'failed' && error !== undefined) {
      this.#byCode.set(error.code, (this.#byCode.get(error.code) ?? 0) + 1);
    }
    if (run?.fellBack !== undefined) this.#counts.fellBack += 1;
    if (run?.isCached === true) this.#counts.cacheHits += 1;
    if (agent !== undefined) this.#waits.record(waitMs);
    if (run?.isCached === false) this.#runs.record(run.runMs);
    this.#recent.push(status !== 'failed');
    if (this.#recent.length > recentTasks) this.#recent.shift();
  }

  /** Share of the last 20 tasks that did not fail; 1 before the first. */
  get health(): number {
    return this.#recent.length === 0 ? 1 : this.#recent.filter((isGood) => isGood).length / this.#recent.length;
  }

  figures(queued: number, running: number): AgentMetrics {
    const { done, refused, failed, fellBack, cacheHits } = this.#counts;
    const ended = done + refused + failed;
    const rates =
      ended === 0
        ? {}
        : {
            successRate: done / ended,
            refusalRate: refused / ended,
            fallbackRate: fellBack / ended,
            cacheHitRate: cacheHits / ended,
          };
    const [waitMs, runMs] = [this.#waits.figures(), this.#runs.figures()];
    return {
      ...{ queued, running, ...this.#counts, failedByCode: Object.fromEntries(this.#byCode), ...rates },
      ...(waitMs && { waitMs }),
      ...(runMs && { runMs }),
    };
  }
}
