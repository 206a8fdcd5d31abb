import type { ErrorCode } from '../shared/errors.ts';

interface InstanceEvent {
  readonly instanceId: string;
}

interface TaskEvent {
  readonly taskId: number;
}

/** What a pool tells while it works. Instances here are workers; the in-process slot shows in the task events. */
export interface PoolEvents {
  readonly 'instance-started': InstanceEvent;
  readonly 'instance-ready': InstanceEvent;
  readonly 'instance-busy': InstanceEvent;
  readonly 'instance-idle': InstanceEvent;
  /** Stopped between two tasks because its memory passed the mark. */
  readonly 'instance-recycled': InstanceEvent & { readonly memoryBytes: number };
  readonly 'instance-failed': InstanceEvent & { readonly code: ErrorCode; readonly message: string };
  /** It does not end although it was told to: blocked in native code. It keeps its place until it does end. */
  readonly 'instance-stuck': InstanceEvent;
  readonly 'instance-gone': InstanceEvent;
  readonly 'task-queued': TaskEvent;
  readonly 'task-started': TaskEvent & { readonly where: 'in-process' | 'worker'; readonly instanceId: string };
  readonly 'task-done': TaskEvent;
  readonly 'task-failed': TaskEvent & { readonly code: ErrorCode };
  readonly 'task-retried': TaskEvent & { readonly code: ErrorCode };
  /** No worker could be started, and the task runs on the main thread instead. */
  readonly 'task-fell-back': TaskEvent & { readonly code: ErrorCode };
  readonly 'pool-saturated': { readonly queued: number };
  readonly 'pool-drained': Readonly<Record<string, never>>;
}
