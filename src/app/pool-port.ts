import type { AnalyzeRequest, AnalyzeResult } from '../engine/analysis/analysis.ts';
import type { MergeRequest, MergeResult } from '../engine/merge/merge.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { PoolTask, TaskResult } from '../pool/protocol.ts';
import type { OptimizeRequest, OptimizeResult } from '../engine/optimize.ts';

/** Where a task ran: on the main thread, in a worker of this process, or in the project's resident pool. */
export type RanIn = 'in-process' | 'worker' | 'resident';

/** What every call of a pool can say. */
export interface TaskCallOptions {
  readonly where: 'in-process' | 'worker';
  readonly signal?: AbortSignal;
  /** Milliseconds for waiting and running together; default: the pool's own limit, which a resident pool always takes. */
  readonly timeoutMs?: number;
  readonly fallback?: boolean;
  readonly onFallback?: (code: ErrorCode) => void;
  readonly onRanIn?: (where: RanIn) => void;
  /** Told instead when the result was known from before. */
  readonly onCached?: () => void;
  /** SHA-256 of the bytes that the text of the task was read from. */
  readonly textHash?: string;
}

/** A pool for tasks of every kind; `WASMInstanceManager` fits, and it fits all of the ports below. */
export interface TaskPool {
  executeTask<Task extends PoolTask>(task: Task, options: TaskCallOptions): Promise<TaskResult<Task['kind']>>;
}

/** What optimising needs of the pool; `WASMInstanceManager` fits. */
export interface OptimizePool {
  executeTask(
    task: { readonly kind: 'optimize'; readonly request: OptimizeRequest },
    options: {
      readonly where: 'in-process' | 'worker';
      readonly signal?: AbortSignal;
      readonly timeoutMs?: number;
      /** The main thread does it after all when workers are not to be had. */
      readonly fallback?: boolean;
      readonly onFallback?: (code: ErrorCode) => void;
      /** Told where it ran, by those pools that can run it elsewhere than `where` says. */
      readonly onRanIn?: (where: RanIn) => void;
      readonly onCached?: () => void;
      readonly textHash?: string;
    },
  ): Promise<OptimizeResult>;
}

/** What analysing needs of the pool; `WASMInstanceManager` fits. */
export interface AnalyzePool {
  executeTask(
    task: { readonly kind: 'analyze'; readonly request: AnalyzeRequest },
    options: TaskCallOptions,
  ): Promise<AnalyzeResult>;
}

/** What merging an edit needs of the pool; `WASMInstanceManager` fits. */
export interface ApplyPool {
  executeTask(
    task: { readonly kind: 'apply'; readonly request: MergeRequest },
    options: {
      readonly where: 'in-process';
      readonly signal?: AbortSignal;
      readonly onFallback?: (code: ErrorCode) => void;
      readonly onRanIn?: (where: RanIn) => void;
      readonly onCached?: () => void;
    },
  ): Promise<MergeResult>;
}
