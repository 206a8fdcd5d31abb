import type { PoolStatus } from '../pool/pool-status.ts';
import type { PoolTask, TaskResult } from '../pool/protocol.ts';
import type { Priority } from '../pool/task-queue.ts';
import type { SerializedError } from '../shared/errors.ts';

/**
 * Raised by every change of a message but `hello`, its answer and `stop`: those stay as they are, so that versions that
 * differ can say so to each other, and a newer one can end an older one.
 */
export const residentProtocol = 1;

/** Milliseconds of silence after which a server that runs something for a client counts as hung. It speaks 8 times in that. */
export const silenceMs = 2000;

/** Who speaks. Two understand each other only when all three are equal: tasks and results are those of one build. */
export interface Identity {
  readonly version: string;
  readonly build: string;
  readonly protocol: number;
}

/** The first message of a client. */
export interface Hello extends Identity {
  readonly type: 'hello';
}

/** One task, with the milliseconds that are left to its caller. */
export interface RunRequest {
  readonly type: 'run';
  readonly id: number;
  readonly task: PoolTask;
  readonly timeoutMs: number;
  readonly priority: Priority;
}

export type ClientMessage =
  | Hello
  | RunRequest
  | { readonly type: 'status'; readonly id: number }
  /** Asks the server to end what it runs, take nothing more, and go. It is gone when the connection closes. */
  | { readonly type: 'stop' };

/** Sent once, in answer to `hello`. */
interface Greeting extends Identity {
  readonly processId: number;
}

export type ServerMessage =
  | (Greeting & { readonly type: 'welcome' })
  /** Nothing but `stop` is heard from now on. */
  | (Greeting & { readonly type: 'mismatch' })
  /** Sent now and then while something runs for the client: the server is not hung. */
  | { readonly type: 'alive' }
  | { readonly type: 'result'; readonly id: number; readonly result: TaskResult }
  | { readonly type: 'failure'; readonly id: number; readonly error: SerializedError }
  | { readonly type: 'status'; readonly id: number; readonly status: ResidentStatus };

/** A resident pool as it is now. */
export interface ResidentStatus {
  readonly version: string;
  readonly processId: number;
  readonly project: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds without a task after which it ends. */
  readonly idleExitMs: number;
  /** Instances that it keeps ready; absent until they have started. */
  readonly minimum?: number;
  readonly maximum: number;
  /** Bytes that one instance may use. */
  readonly memoryLimitBytes: number;
  /** Connections of clients, the asking one included. */
  readonly clients: number;
  readonly pool: PoolStatus;
}
