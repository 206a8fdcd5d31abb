import type { AnalyzedCode } from '../app/analyze-code.ts';
import type { AppliedCode } from '../app/apply-edit.ts';
import type { OptimizedCode } from '../app/optimize-code.ts';
import { BoosterError, asBoosterError, errorTable } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { EventBus } from '../shared/events.ts';
import type { EventSource, Listener } from '../shared/events.ts';
import { AgentBoosterWrapper } from './AgentBoosterWrapper.ts';
import type { WrapperResult } from './AgentBoosterWrapper.ts';
import { AgentCounter } from './agent-metrics.ts';
import type { AgentMetrics } from './agent-metrics.ts';
import { resolveAgentOptions } from './agent-options.ts';
import type { CodeBoosterAgentOptions, ResolvedAgentOptions } from './agent-options.ts';
import { AgentQueue } from './agent-queue.ts';
import type {
  AgentResult,
  AgentTask,
  AgentTaskKinds,
  AgentTaskType,
  AnalyzeInput,
  CodeInput,
  EditInput,
  RefactoredCode,
  RefactorInput,
  TaskOptions,
} from './agent-task.ts';
import type { GeneratedTask, GenerateInput } from './generate-task.ts';
import { holdSharedPool } from './shared-pool.ts';
import type { PoolHold } from './shared-pool.ts';

/** What an agent tells while it works. */
export interface AgentEvents {
  readonly 'task-queued': { readonly taskId: string; readonly type: AgentTaskType; readonly description?: string };
  readonly 'task-started': { readonly taskId: string; readonly type: AgentTaskType; readonly waitMs: number };
  /** However it ended; once for each task that was queued. */
  readonly 'task-ended': AgentResult;
  readonly 'task-fell-back': { readonly type: AgentTaskType; readonly code: ErrorCode };
  readonly closed: Readonly<Record<string, never>>;
}

let agents = 0;

/**
 * Does tasks on code, so many at a time: optimises, analyses, generates, merges edits, refactors. What comes beyond that waits, in a
 * bounded queue. All agents of a process share one pool of WebAssembly instances, unless they are given another.
 */
export class CodeBoosterAgent implements EventSource<AgentEvents>, AsyncDisposable {
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly AgentTaskType[];
  readonly #options: ResolvedAgentOptions;
  readonly #ownPool: CodeBoosterAgentOptions['pool'];
  readonly #onEnded: CodeBoosterAgentOptions['onEnded'];
  readonly #events = new EventBus<AgentEvents>();
  readonly #queue: AgentQueue;
  readonly #counter = new AgentCounter();
  #tasks = 0;
  #opened: Promise<{ readonly wrapper: AgentBoosterWrapper; readonly hold?: PoolHold }> | undefined;
  #closed: Promise<void> | undefined;

  /** Starts nothing. @throws BoosterError E_AGENT_OPTIONS naming an option that is out of range */
  constructor(options: CodeBoosterAgentOptions) {
    this.#options = resolveAgentOptions(options);
    agents += 1;
    this.id = options.id ?? `${options.name}#${String(agents)}`;
    this.name = this.#options.name;
    this.capabilities = this.#options.capabilities;
    this.#ownPool = options.pool;
    this.#onEnded = options.onEnded;
    this.#queue = new AgentQueue(this.#options.maxConcurrentTasks, this.#options.queueLimit);
  }

  /** Calls `listener` at each such event, synchronously; returns how to unsubscribe. */
  on<Name extends keyof AgentEvents>(name: Name, listener: Listener<AgentEvents[Name]>): () => void {
    return this.#events.on(name, listener);
  }

  /** Takes hold of the pool. Needed only to have that done before the first task; starts no thread. @throws E_AGENT_CLOSED */
  async initialize(): Promise<void> {
    this.#refuseClosed();
    await this.#open();
  }

  /** Waiting and running tasks, as a share of what may run at a time. */
  get load(): number {
    return (this.#queue.queued + this.#queue.running) / this.#options.maxConcurrentTasks;
  }

  get isFull(): boolean {
    return this.#queue.isFull;
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** Share of the last 20 tasks that did not fail; 1 before the first. */
  get health(): number {
    return this.#counter.health;
  }

  /** Rewrites slow code where behaviour provably stays the same. @throws BoosterError as `executeTask` names in `error` */
  optimizeCode(code: string, options: Omit<CodeInput, 'code'> & TaskOptions = {}): Promise<OptimizedCode> {
    return this.#call('code-optimization', { ...options, code });
  }

  /** Generates code by a generator or a description; what is not clear is refused. @throws BoosterError as above */
  generateCode(input: GenerateInput, options: TaskOptions = {}): Promise<GeneratedTask> {
    return this.#call('code-generation', { ...input, ...options });
  }

  /** What is slow in the code; changes nothing. @throws BoosterError as `executeTask` names in `error` */
  analyzeCode(code: string, options: Omit<AnalyzeInput, 'code'> & TaskOptions = {}): Promise<AnalyzedCode> {
    return this.#call('performance-analysis', { ...options, code });
  }

  /** Merges an edit, exactly or not at all. @throws BoosterError as `executeTask` names in `error` */
  applyEdit(input: EditInput, options: TaskOptions = {}): Promise<AppliedCode> {
    return this.#call('wasm-acceleration', { ...input, ...options });
  }

  /** Merges an edit and then rewrites what is slow in the result; all of it, or nothing. @throws BoosterError as above */
  refactorCode(code: string, options: Omit<RefactorInput, 'code'> & TaskOptions): Promise<RefactoredCode> {
    return this.#call('refactoring', { ...options, code });
  }

  /** Does a task. Never rejects: how it ended, and why, is in the result. */
  async executeTask<Type extends AgentTaskType>(
    task: AgentTask<Type>,
    options: TaskOptions = {},
  ): Promise<AgentResult<Type>> {
    this.#tasks += 1;
    const about = { taskId: `${this.id}/${String(this.#tasks)}`, type: task.type };
    let waitMs = 0;
    let result: AgentResult<Type>;
    try {
      this.#refuseClosed();
      const { output, isRefused, run } = await this.#enqueue(task, options, about.taskId, (ms) => (waitMs = ms));
      const error = isRefused ? { error: errorOfRefusal(output) } : {};
      result = { ...about, agent: this.#self, status: isRefused ? 'refused' : 'done', output, ...error, run, waitMs };
    } catch (cause) {
      const { code, message } = asBoosterError(cause);
      const error = { code, message, remedy: errorTable[code].remedy };
      result = { ...about, agent: this.#self, status: 'failed', error, waitMs };
    }
    this.#counter.record(result);
    this.#onEnded?.(task, result);
    this.#events.emit('task-ended', result);
    return result;
  }

  /** Figures, counted since the agent was made. */
  getMetrics(): AgentMetrics {
    return this.#counter.figures(this.#queue.queued, this.#queue.running);
  }

  /**
   * Takes no more tasks, fails those that wait and run with `E_AGENT_CLOSED` (with `drain`, lets them end first), and lets go of the
   * pool: when it was the last one to hold it, every thread has ended when this resolves.
   */
  async shutdown({ drain = false }: { readonly drain?: boolean } = {}): Promise<void> {
    this.#closed ??= this.#close(drain);
    if (!drain) this.#queue.stopAll(closedError(this.name));
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  get #self(): { readonly id: string; readonly name: string } {
    return { id: this.id, name: this.name };
  }

  async #close(drain: boolean): Promise<void> {
    if (!drain) this.#queue.stopAll(closedError(this.name));
    await this.#queue.whenIdle();
    await (await this.#opened)?.hold?.release();
    this.#events.emit('closed', {});
  }

  #refuseClosed(): void {
    if (this.#closed !== undefined) throw closedError(this.name);
  }

  #open() {
    return (this.#opened ??= this.#openPool());
  }

  async #openPool(): Promise<{ readonly wrapper: AgentBoosterWrapper; readonly hold?: PoolHold }> {
    const hold = this.#ownPool === undefined ? await holdSharedPool() : undefined;
    const { fallbackEnabled, cacheEntries } = this.#options;
    const pool = this.#ownPool ?? hold?.pool;
    if (pool === undefined) throw new BoosterError('E_INTERNAL', 'no pool');
    const wrapper = new AgentBoosterWrapper({ pool, fallbackEnabled, cacheEntries });
    wrapper.on('fell-back', (event) => {
      this.#events.emit('task-fell-back', event);
    });
    return { wrapper, ...(hold && { hold }) };
  }

  #enqueue<Type extends AgentTaskType>(
    task: AgentTask<Type>,
    options: TaskOptions,
    taskId: string,
    onStart: (waitMs: number) => void,
  ): Promise<WrapperResult<Type>> {
    const { timeoutMs = this.#options.timeout, signal, caller = '' } = options;
    const priority = options.priority ?? task.priority ?? 'normal';
    const { type, description } = task;
    // before it is added: it may start at once
    if (!this.#queue.isFull) {
      this.#events.emit('task-queued', { taskId, type, ...(description !== undefined && { description }) });
    }
    return this.#queue.add({ timeoutMs, signal, caller, priority }, async (job) => {
      onStart(job.waitMs);
      this.#events.emit('task-started', { taskId, type, waitMs: job.waitMs });
      const { wrapper } = await this.#open();
      const run = { timeoutMs: job.remainingMs, signal: job.signal, caller: this.id };
      return wrapper.executeTask({ ...task, priority }, run);
    });
  }

  async #call<Type extends AgentTaskType>(
    type: Type,
    { timeoutMs, signal, priority, caller, ...input }: AgentTaskKinds[Type]['input'] & TaskOptions,
  ): Promise<AgentTaskKinds[Type]['output']> {
    const options = {
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(signal !== undefined && { signal }),
      ...(priority !== undefined && { priority }),
      ...(caller !== undefined && { caller }),
    };
    const { output, error } = await this.executeTask({ type, input } as AgentTask<Type>, options);
    if (output !== undefined) return output;
    throw new BoosterError((error?.code ?? 'E_INTERNAL') as ErrorCode, error?.message ?? 'no result');
  }
}

function closedError(name: string): BoosterError {
  return new BoosterError('E_AGENT_CLOSED', `the agent ${JSON.stringify(name)} is shut down`);
}

/** Why an operation refused, in the words of its own result. */
function errorOfRefusal(output: AgentTaskKinds[AgentTaskType]['output']): NonNullable<AgentResult['error']> {
  const refusal = 'refusal' in output ? output.refusal : 'reason' in output ? output.reason : undefined;
  const { code = 'E_INTERNAL', message = 'refused without a reason' } = refusal ?? {};
  const remedy = Object.hasOwn(errorTable, code) ? errorTable[code as ErrorCode].remedy : '';
  return { code, message, remedy };
}
