import type { ErrorCode } from '../shared/errors.ts';
import type { BreakerState } from './circuit-breaker.ts';

interface InstanceEvent {
  readonly instanceId: string;
}

interface TaskEvent {
  readonly taskId: number;
}

/** Where a task was and for how long, in milliseconds; absent when no instance took it. */
interface TaskEnd extends TaskEvent {
  /** The instance that had it last. */
  readonly instanceId?: string;
  /** From coming in until an instance first took it. */
  readonly waitMs?: number;
  /** Since an instance last took it. */
  readonly runMs?: number;
}

/** What a pool tells while it works. Instances here are workers; the in-process slot shows in the task events. */
export interface PoolEvents {
  readonly 'instance-started': InstanceEvent;
  readonly 'instance-ready': InstanceEvent & { readonly startMs: number };
  readonly 'instance-busy': InstanceEvent;
  readonly 'instance-idle': InstanceEvent;
  /** Stopped between two tasks because its memory passed the mark. */
  readonly 'instance-recycled': InstanceEvent & { readonly memoryBytes: number };
  readonly 'instance-failed': InstanceEvent & { readonly code: ErrorCode; readonly message: string };
  /** It is ready and takes the place of one that failed `afterMs` ago. */
  readonly 'instance-recovered': InstanceEvent & { readonly replaces: string; readonly afterMs: number };
  /** It gave a sign of life when asked for one. */
  readonly 'instance-checked': InstanceEvent;
  /** It does not end although it was told to: blocked in native code. It keeps its place until it does end. */
  readonly 'instance-stuck': InstanceEvent;
  readonly 'instance-gone': InstanceEvent;
  readonly 'task-queued': TaskEvent;
  readonly 'task-started': TaskEvent & { readonly where: 'in-process' | 'worker'; readonly instanceId: string };
  readonly 'task-done': TaskEnd;
  readonly 'task-failed': TaskEnd & { readonly code: ErrorCode };
  /** Its instance died, and another one gets it; `hadBegun` says whether this used up its second try. */
  readonly 'task-retried': TaskEvent & { readonly code: ErrorCode; readonly hadBegun: boolean };
  /** No worker could be had, and the task runs on the main thread instead. */
  readonly 'task-fell-back': TaskEvent & { readonly code: ErrorCode };
  /** More workers because tasks wait or the minimum says so, fewer because they were idle. Replacing is no scaling. */
  readonly 'pool-scaled': { readonly from: number; readonly to: number };
  readonly 'pool-saturated': { readonly queued: number };
  readonly 'pool-drained': Readonly<Record<string, never>>;
  /** Workers keep dying: none gets tasks while `open`, which lasts `waitMs`; then one task tries. */
  readonly 'pool-breaker': { readonly state: BreakerState; readonly waitMs: number };
}
