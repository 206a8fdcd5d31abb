import type { AnalyzeRequest, AnalyzeResult } from '../engine/analysis/analysis.ts';
import type { MergeRequest, MergeResult } from '../engine/merge/merge.ts';
import type { OptimizeRequest, OptimizeResult } from '../engine/optimize.ts';
import type { SerializedError } from '../shared/errors.ts';
import type { WasmModule } from '../wasm/web-assembly.ts';
import type { InstanceMemory } from './instance-memory.ts';

/** Raised by every change of a message; the host refuses a worker that reports another one. */
export const protocolVersion = 5;

/** Every kind of task the pool knows: what goes in and what comes out, both plain data. A new kind is one line here. */
export interface TaskKinds {
  readonly optimize: { readonly request: OptimizeRequest; readonly result: OptimizeResult };
  readonly analyze: { readonly request: AnalyzeRequest; readonly result: AnalyzeResult };
  readonly apply: { readonly request: MergeRequest; readonly result: MergeResult };
}

export type TaskKind = keyof TaskKinds;

/** One piece of work for an instance. */
export type PoolTask = {
  readonly [Kind in TaskKind]: { readonly kind: Kind; readonly request: TaskKinds[Kind]['request'] };
}[TaskKind];

/** What a task of this kind answers with. */
export type TaskResult<Kind extends TaskKind = TaskKind> = TaskKinds[Kind]['result'];

/** What the host hands to a worker at birth. */
export interface WorkerSetup {
  /** Bytes of WASM memory that the instance may use. */
  readonly memoryLimitBytes: number;
  /**
   * One cell, which takes the number of each task before anything is done for it: a thread that dies before did not die of
   * this task. Not a message, because each wakes the host: without it, files take 4 % less processor time.
   */
  readonly begun: Int32Array<SharedArrayBuffer>;
  /** One cell, changed after each message to the thread, which may look at it rather than go to sleep. */
  readonly posted: Int32Array<SharedArrayBuffer>;
  /** See `OfferCell`. Only booster's own worker gets offers. */
  readonly offered: Int32Array<SharedArrayBuffer>;
  /** What an earlier thread compiled of booster's own code, by chunk (`bin/worker.cjs`). */
  readonly code?: CompiledCode;
  /** Set by `bin/worker.cjs`: answers `give-code`. */
  giveCode?: () => void;
}

/** V8's code cache of each chunk of the bundle, by `<hash of the build>/<chunk>`. */
export type CompiledCode = ReadonlyMap<string, Uint8Array>;

export type HostMessage =
  /**
   * The parser, compiled once on the host: the first message to booster's own worker, sent while it starts. Worker programs that
   * bring their own engine get none.
   */
  | { readonly type: 'parser'; readonly oxcModule: WasmModule }
  | { readonly type: 'run'; readonly taskId: number; readonly task: PoolTask }
  /** As `run`, for after the present task, unless it is withdrawn before (`OfferCell`). */
  | { readonly type: 'offer'; readonly taskId: number; readonly task: PoolTask }
  /** Asks an idle instance for a sign of life: a real parse of a tiny text. */
  | { readonly type: 'ping'; readonly pingId: number }
  /** Asks booster's own worker for the code that it has compiled, for the threads that come after it. */
  | { readonly type: 'give-code' };

export type TaskOutcome =
  | { readonly ok: true; readonly result: TaskResult }
  | { readonly ok: false; readonly error: SerializedError };

/** The answer to a task. `poisoned`: the engine trapped, and this instance must never be used again. */
export interface TaskAnswer {
  readonly outcome: TaskOutcome;
  readonly poisoned: boolean;
  readonly memory: InstanceMemory;
}

export type WorkerMessage =
  | { readonly type: 'ready'; readonly protocolVersion: number }
  | { readonly type: 'pong'; readonly pingId: number; readonly isHealthy: boolean }
  | { readonly type: 'answer'; readonly taskId: number; readonly answer: TaskAnswer };

/** Checks the shape of what arrived from a thread; `undefined` for anything that is not a message of this version. */
export function readWorkerMessage(value: unknown): WorkerMessage | undefined {
  if (!isRecord(value)) return undefined;
  const { type, taskId, answer, pingId, isHealthy } = value;
  if (type === 'ready') return value['protocolVersion'] === protocolVersion ? { type, protocolVersion } : undefined;
  if (type === 'pong') {
    return typeof pingId === 'number' && typeof isHealthy === 'boolean' ? { type, pingId, isHealthy } : undefined;
  }
  if (type !== 'answer' || typeof taskId !== 'number' || !isAnswer(answer)) return undefined;
  return { type, taskId, answer };
}

function isAnswer(value: unknown): value is TaskAnswer {
  if (!isRecord(value) || typeof value['poisoned'] !== 'boolean') return false;
  const { outcome, memory } = value;
  if (!isRecord(memory) || !isByteCount(memory['usedBytes']) || !isByteCount(memory['baseBytes'])) return false;
  if (!isRecord(outcome)) return false;
  if (outcome['ok'] === true) return 'result' in outcome;
  const error = outcome['error'];
  return (
    outcome['ok'] === false &&
    isRecord(error) &&
    typeof error['code'] === 'string' &&
    typeof error['message'] === 'string' &&
    isRecord(error['data'])
  );
}

function isByteCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
