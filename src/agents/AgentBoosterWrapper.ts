import { Latencies } from '../pool/latencies.ts';
import type { LatencyFigures } from '../pool/latencies.ts';
import type { ExecuteOptions, WASMInstanceManager } from '../pool/WASMInstanceManager.ts';
import { asBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { EventBus } from '../shared/events.ts';
import type { EventSource, Listener } from '../shared/events.ts';
import type { AgentTask, AgentTaskKinds, AgentTaskType, EditInput, TaskOptions, TaskRun } from './agent-task.ts';
import { readTask } from './read-task.ts';
import { ResultMemory } from './result-memory.ts';
import { runOperation } from './run-operation.ts';
import type { OperationContext, Output } from './run-operation.ts';

/** What a wrapper needs of a pool; `WASMInstanceManager` fits. */
export type AgentPool = Pick<WASMInstanceManager, 'executeTask'>;

export interface AgentBoosterOptions {
  /** Shared with others, and not the wrapper's to shut down. */
  readonly pool: AgentPool;
  /** Goes on in a named other way where the usual one fails. Default true. */
  readonly fallbackEnabled?: boolean;
  /** Results kept for the next equal task. Default 256, 0 keeps none. */
  readonly cacheEntries?: number;
}

export interface AgentBoosterEvents {
  readonly 'cache-hit': { readonly type: AgentTaskType };
  /** It goes on in another way: on this thread for want of workers, or by lines for want of a parser. */
  readonly 'fell-back': { readonly type: AgentTaskType; readonly code: ErrorCode };
  readonly done: TaskRun & { readonly type: AgentTaskType; readonly isRefused: boolean };
  readonly failed: { readonly type: AgentTaskType; readonly code: ErrorCode; readonly runMs: number };
}

/** A result and how it came about. */
export interface WrapperResult<Type extends AgentTaskType> {
  readonly output: AgentTaskKinds[Type]['output'];
  readonly isRefused: boolean;
  readonly run: TaskRun;
}

/** Codes that speak of a parser, not of the edit: merging by lines needs none. */
const parserCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'E_WASM_LOAD',
  'E_WASM_TRAP',
  'E_WASM_MEMORY',
  'E_TASK_QUARANTINED',
]);

/**
 * Runs tasks of agents: from memory when the same was asked before, else on the pool, behind the gate of the engine; and with
 * `fallbackEnabled` in another way when that fails, which the result names. Owns neither pool nor connection.
 */
export class AgentBoosterWrapper implements EventSource<AgentBoosterEvents> {
  readonly #pool: AgentPool;
  readonly #fallbackEnabled: boolean;
  readonly #memory: ResultMemory<{ readonly output: Output; readonly isRefused: boolean }>;
  readonly #events = new EventBus<AgentBoosterEvents>();
  readonly #runTimes = new Latencies();

  constructor({ pool, fallbackEnabled = true, cacheEntries = 256 }: AgentBoosterOptions) {
    this.#pool = pool;
    this.#fallbackEnabled = fallbackEnabled;
    this.#memory = new ResultMemory(cacheEntries);
  }

  /** Calls `listener` at each such event, synchronously; returns how to unsubscribe. */
  on<Name extends keyof AgentBoosterEvents>(name: Name, listener: Listener<AgentBoosterEvents[Name]>): () => void {
    return this.#events.on(name, listener);
  }

  /** Of the tasks that ran; absent before the first. */
  get runMs(): LatencyFigures | undefined {
    return this.#runTimes.figures();
  }

  /**
   * Does one task. What is understood and not certain is a refusal, in `output`, not an error.
   * @throws BoosterError E_AGENT_INPUT; E_RULE_UNKNOWN, E_FILE_UNSUPPORTED, E_APPLY_LANGUAGE; E_TASK_*, E_POOL_*, E_WASM_*
   */
  async executeTask<Type extends AgentTaskType>(
    task: AgentTask<Type>,
    options: TaskOptions = {},
  ): Promise<WrapperResult<Type>> {
    const started = performance.now();
    const { type } = task;
    try {
      const result = await this.#run(readTask(task), options, started);
      if (!result.run.isCached) this.#runTimes.record(result.run.runMs);
      this.#events.emit('done', { ...result.run, type, isRefused: result.isRefused });
      return result as WrapperResult<Type>;
    } catch (cause) {
      const error = asBoosterError(cause);
      this.#events.emit('failed', { type, code: error.code, runMs: performance.now() - started });
      throw error;
    }
  }

  async #run(task: AgentTask, options: TaskOptions, started: number): Promise<WrapperResult<AgentTaskType>> {
    const { type, input } = task;
    const key = ResultMemory.keyOf({ type, ...input });
    const isKept = !readsDisk(task);
    const known = isKept ? this.#memory.get(key) : undefined;
    if (known !== undefined) {
      this.#events.emit('cache-hit', { type });
      // a copy: whoever changes what he got must not change what the next one gets
      return { ...structuredClone(known), run: { isCached: true, runMs: performance.now() - started } };
    }
    const call = new PoolCall(this.#pool, this.#fallbackEnabled, { ...options, priority: task.priority ?? 'normal' });
    const output = await this.#attempt(task, call);
    const isRefused = output.status === 'refused';
    const fellBack = call.fellBack ?? fallbackOf(output);
    if (fellBack === undefined && isKept) this.#memory.set(key, { output, isRefused });
    if (fellBack !== undefined) this.#events.emit('fell-back', { type, code: fellBack });
    const how = fellBack === undefined ? {} : { fellBack };
    return { output, isRefused, run: { isCached: false, ...how, runMs: performance.now() - started } };
  }

  async #attempt(task: AgentTask, call: PoolCall): Promise<Output> {
    const context: OperationContext = { pool: call, ...(call.signal && { signal: call.signal }) };
    try {
      return await runOperation(task, context);
    } catch (cause) {
      const { code } = asBoosterError(cause);
      if (!this.#fallbackEnabled || task.type !== 'wasm-acceleration' || !parserCodes.has(code)) throw cause;
      call.fellBack = code;
      // no parser looks at the result, so both ends of every place have to be unique
      const input: EditInput = { ...(task.input as EditInput), language: 'text', strictness: 'strict' };
      return runOperation({ ...task, input }, context);
    }
  }
}

/** Whether the result depends on files that may be others the next time. */
function readsDisk({ input }: AgentTask): boolean {
  return ['project', 'cwd'].some((name) => Reflect.get(input, name) !== undefined);
}

/** Merging names the parser that it had to do without in its own result. */
function fallbackOf(output: Output): ErrorCode | undefined {
  return 'fellBack' in output ? output.fellBack.code : undefined;
}

/** The pool as one task sees it: with its deadline, its caller and its urgency, and with a memory of how it ran. */
class PoolCall {
  readonly #pool: AgentPool;
  readonly #options: ExecuteOptions;
  readonly #deadline: number;
  readonly signal: AbortSignal | undefined;
  fellBack: ErrorCode | undefined;

  constructor(pool: AgentPool, fallback: boolean, { timeoutMs = 30_000, signal, priority, caller }: TaskOptions) {
    this.#pool = pool;
    this.#deadline = performance.now() + timeoutMs;
    this.signal = signal;
    this.#options = {
      ...{ where: 'auto', fallback },
      ...(signal && { signal }),
      ...(priority && { priority }),
      ...(caller !== undefined && { caller }),
      onFallback: (code) => (this.fellBack = code),
    };
  }

  readonly executeTask: AgentPool['executeTask'] = (task) => {
    const timeoutMs = Math.max(1, Math.ceil(this.#deadline - performance.now()));
    return this.#pool.executeTask(task, { ...this.#options, timeoutMs });
  };
}
