import { resolve } from 'node:path';
import { agentProfileFiles } from '../files/agent-profile-files.ts';
import type { AgentPresence } from '../records/agent-presence.ts';
import { Latencies } from '../pool/latencies.ts';
import type { LatencyFigures } from '../pool/latencies.ts';
import { BoosterError, errorTable } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { EventBus } from '../shared/events.ts';
import type { EventSource, Listener } from '../shared/events.ts';
import type { AgentPool } from './AgentBoosterWrapper.ts';
import { AgentCounter } from './agent-metrics.ts';
import type { AgentMetrics } from './agent-metrics.ts';
import { builtInProfile, parseAgentProfile } from './agent-profile.ts';
import type { AgentProfile, BrokenProfile } from './agent-profile.ts';
import type { CodeBoosterAgentOptions } from './agent-options.ts';
import type { AgentResult, AgentTask, AgentTaskType, TaskOptions } from './agent-task.ts';
import { CodeBoosterAgent } from './CodeBoosterAgent.ts';
import { readTask } from './read-task.ts';
import type { ProcessPart, RegistryOutside } from './registry-outside.ts';
import { routeTask } from './route-task.ts';
import type { Routable } from './route-task.ts';
import { holdSharedPool } from './shared-pool.ts';
import type { PoolHold } from './shared-pool.ts';

export interface RegistryOptions {
  /** Whose `.claude/agents` is read. Default: the current folder. */
  readonly projectFolder?: string;
  /** A pool of your own for all agents, which stays yours to shut down; default: the one that this process shares. */
  readonly pool?: AgentPool;
  /** Profiles from code. One of the same name as a file's takes its place. */
  readonly profiles?: readonly AgentProfile[];
  /**
   * `process` itself: the tasks are then recorded as the configuration of the project says, and with Redis its agents are published and those
   * of other processes followed. Without it nothing leaves this registry.
   */
  readonly process?: ProcessPart;
}

/** What a registry can send tasks to; `CodeBoosterAgent` fits. */
export interface RegisteredAgent extends Routable, Pick<CodeBoosterAgent, 'id' | 'name' | 'executeTask' | 'shutdown'> {
  getMetrics(): AgentMetrics;
}

export interface RegistryEvents {
  readonly 'agent-added': { readonly id: string; readonly name: string };
  readonly 'agent-removed': { readonly id: string; readonly name: string };
  readonly 'task-routed': { readonly type: AgentTaskType; readonly agentId: string; readonly routingMs: number };
  /** Its agent died under it, and another one gets it. */
  readonly 'task-retried': { readonly type: AgentTaskType; readonly code: ErrorCode; readonly agentId: string };
  readonly 'task-ended': AgentResult;
  /** An agent of another process came into sight, or went out of it. */
  readonly 'agent-seen': AgentPresence;
  readonly 'agent-lost': AgentPresence;
  /** Redis or the record store cannot be used; tasks go on all the same. */
  readonly trouble: { readonly code: ErrorCode; readonly message: string };
}

/** Figures of a registry, counted since it was made. What has not been measured is absent. */
export interface RegistryMetrics extends AgentMetrics {
  readonly retried: number;
  /** Milliseconds that finding the agent of a task took. */
  readonly routingMs?: LatencyFigures;
  readonly agents: Readonly<Record<string, AgentMetrics>>;
}

/** Codes that speak of an agent that died, not of the task. */
const deathCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'E_AGENT_CLOSED',
  'E_POOL_WORKER_DIED',
  'E_POOL_UNHEALTHY',
  'E_POOL_MEMORY',
]);

/**
 * Holds agents, finds the one for each task by capability, health and load, and tries a task once more on another agent when its
 * agent dies under it. Complete within the process: needs no server and no network.
 */
export class BoosterAgentRegistry implements EventSource<RegistryEvents>, AsyncDisposable {
  readonly #options: RegistryOptions;
  readonly #events = new EventBus<RegistryEvents>();
  readonly #agents = new Map<string, RegisteredAgent>();
  readonly #counter = new AgentCounter();
  readonly #routing = new Latencies();
  #profiles: ReadonlyMap<string, AgentProfile> = new Map();
  #broken: readonly BrokenProfile[] = [];
  #retried = 0;
  #hold: Promise<PoolHold> | undefined;
  #outside: RegistryOutside | undefined;
  #opened: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: RegistryOptions = {}) {
    this.#options = options;
  }

  /** Calls `listener` at each such event, synchronously; returns how to unsubscribe. */
  on<Name extends keyof RegistryEvents>(name: Name, listener: Listener<RegistryEvents[Name]>): () => void {
    return this.#events.on(name, listener);
  }

  /** Reads the profiles and takes hold of the pool; starts no thread. @throws BoosterError E_AGENT_CLOSED, E_CONFIG_INVALID */
  async initialize(): Promise<void> {
    this.#refuseClosed();
    await (this.#opened ??= this.#open());
  }

  /** Reads the profiles anew: the built-in one, those of `.claude/agents`, and those from code. */
  async discover(): Promise<{ readonly profiles: readonly AgentProfile[]; readonly broken: readonly BrokenProfile[] }> {
    const { projectFolder = '.', profiles = [] } = this.#options;
    const found = new Map([[builtInProfile.name, builtInProfile]]);
    const broken: BrokenProfile[] = [];
    for (const { path, text, problem = 'cannot be read' } of agentProfileFiles(resolve(projectFolder))) {
      const profile = text === undefined ? { path, problem } : await parseAgentProfile(path, text);
      if ('problem' in profile) broken.push(profile);
      else found.set(profile.name, profile);
    }
    for (const profile of profiles) found.set(profile.name, profile);
    this.#profiles = found;
    this.#broken = broken;
    return { profiles: [...found.values()], broken };
  }

  /** Agents of other processes, as of the last heartbeat; none without Redis. */
  get remoteAgents(): readonly AgentPresence[] {
    return this.#outside?.others ?? [];
  }

  /** Asks Redis for the agents of other processes. @throws BoosterError E_REDIS_UNAVAILABLE, E_AGENT_CLOSED */
  async refreshRemoteAgents(): Promise<readonly AgentPresence[]> {
    await this.initialize();
    return (await this.#outside?.refresh()) ?? [];
  }

  get agents(): readonly RegisteredAgent[] {
    return [...this.#agents.values()];
  }

  /**
   * Makes an agent after a profile and registers it.
   * @throws BoosterError E_AGENT_PROFILE (unknown, or not one of booster's), E_AGENT_OPTIONS, E_AGENT_CLOSED
   */
  async createAgent(profileName: string, options: Partial<CodeBoosterAgentOptions> = {}): Promise<CodeBoosterAgent> {
    await this.initialize();
    const { capabilities, maxConcurrentTasks, timeout } = this.#profileNamed(profileName);
    const { pool } = this.#options;
    const agent = new CodeBoosterAgent({
      ...{ name: profileName, capabilities },
      ...(maxConcurrentTasks !== undefined && { maxConcurrentTasks }),
      ...(timeout !== undefined && { timeout }),
      ...(pool && { pool }),
      ...(this.#outside && { onEnded: this.#outside.record }),
      ...options,
    });
    await agent.initialize();
    this.register(agent);
    return agent;
  }

  /** Takes an agent from elsewhere; it gets tasks from now on, and is shut down with the registry. @throws E_AGENT_OPTIONS */
  register(agent: RegisteredAgent): void {
    this.#refuseClosed();
    const { id, name } = agent;
    if (this.#agents.has(id))
      throw new BoosterError('E_AGENT_OPTIONS', `an agent with the id ${JSON.stringify(id)} is there`);
    this.#agents.set(id, agent);
    this.#events.emit('agent-added', { id, name });
  }

  /** Forgets an agent, which goes on by itself. Whether it was there. */
  remove(id: string): boolean {
    const agent = this.#agents.get(id);
    if (agent === undefined) return false;
    this.#agents.delete(id);
    this.#events.emit('agent-removed', { id, name: agent.name });
    return true;
  }

  /** Sends a task to an agent. Never rejects: how it ended, and why, is in the result. */
  async executeTask<Type extends AgentTaskType>(
    task: AgentTask<Type>,
    options: TaskOptions = {},
  ): Promise<AgentResult<Type>> {
    const result = await this.#route(task, options);
    this.#counter.record(result);
    this.#events.emit('task-ended', result);
    return result;
  }

  getMetrics(): RegistryMetrics {
    const agents = Object.fromEntries(this.agents.map((agent) => [agent.id, agent.getMetrics()]));
    const sum = (key: 'queued' | 'running'): number =>
      Object.values(agents).reduce((total, metrics) => total + metrics[key], 0);
    const routingMs = this.#routing.figures();
    const totals = this.#counter.figures(sum('queued'), sum('running'));
    return { ...totals, retried: this.#retried, ...(routingMs && { routingMs }), agents };
  }

  /** Shuts all of its agents down. Nothing of it keeps the process alive after that. */
  async shutdown(options: { readonly drain?: boolean } = {}): Promise<void> {
    this.#closed ??= this.#close(options);
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #open(): Promise<void> {
    await this.discover();
    if (this.#options.pool === undefined) await (this.#hold ??= holdSharedPool());
    const { process, projectFolder = '.' } = this.#options;
    if (process !== undefined) this.#outside = await this.#openOutside(process, resolve(projectFolder));
  }

  async #openOutside(process: ProcessPart, projectFolder: string): Promise<RegistryOutside> {
    const { RegistryOutside: Outside } = await import('./registry-outside.ts');
    return Outside.open({
      ...{ process, projectFolder, agents: () => this.agents },
      onSeen: (agent) => {
        this.#events.emit('agent-seen', agent);
      },
      onLost: (agent) => {
        this.#events.emit('agent-lost', agent);
      },
      onTrouble: ({ code, message }) => {
        this.#events.emit('trouble', { code, message });
      },
    });
  }

  async #close(options: { readonly drain?: boolean }): Promise<void> {
    // what failed to open is closed all the same
    await this.#opened?.catch(() => undefined);
    await Promise.all(this.agents.map((agent) => agent.shutdown(options)));
    await this.#outside?.close();
    await (await this.#hold)?.release();
  }

  async #route<Type extends AgentTaskType>(task: AgentTask<Type>, options: TaskOptions): Promise<AgentResult<Type>> {
    const started = performance.now();
    const first = this.#choose(task);
    if ('status' in first) return first as AgentResult<Type>;
    const result = await first.executeTask(task, options);
    const code = result.error?.code;
    const isOver = result.status !== 'failed' || code === undefined || !deathCodes.has(code);
    if (isOver || options.signal?.aborted === true) return result;
    const second = this.#closed === undefined ? routeTask(task.type, this.#agents.values(), first) : undefined;
    if (second === undefined || second === 'saturated') return result;
    this.#retried += 1;
    const retriedAfter = code as ErrorCode;
    this.#events.emit('task-retried', { type: task.type, code: retriedAfter, agentId: second.id });
    const again = await second.executeTask(task, { ...options, ...remaining(options, started) });
    return { ...again, retriedAfter };
  }

  /** The agent for a task, or the failure when there is none. */
  #choose(task: AgentTask): RegisteredAgent | AgentResult {
    const started = performance.now();
    try {
      this.#refuseClosed();
      readTask(task);
      const agent = routeTask(task.type, this.#agents.values());
      if (agent === undefined) {
        throw new BoosterError('E_AGENT_NONE', `none of ${String(this.#agents.size)} agents can do ${task.type}`);
      }
      if (agent === 'saturated') {
        throw new BoosterError('E_AGENT_SATURATED', `the queues of all agents that can do ${task.type} are full`);
      }
      const routingMs = performance.now() - started;
      this.#routing.record(routingMs);
      this.#events.emit('task-routed', { type: task.type, agentId: agent.id, routingMs });
      return agent;
    } catch (cause) {
      return failure(task, cause);
    }
  }

  #profileNamed(name: string): AgentProfile {
    const profile = this.#profiles.get(name);
    if (profile === undefined) {
      const known = [...this.#profiles.keys()].join(', ');
      const why = this.#broken.map(({ path, problem }) => `; ${path}: ${problem}`).join('');
      throw new BoosterError(
        'E_AGENT_PROFILE',
        `no profile is named ${JSON.stringify(name)}; there are ${known}${why}`,
      );
    }
    if (profile.capabilities.length > 0) return profile;
    const message = `the profile ${JSON.stringify(name)} names no capability of booster (booster.capabilities in its front matter)`;
    throw new BoosterError('E_AGENT_PROFILE', message);
  }

  #refuseClosed(): void {
    if (this.#closed !== undefined) throw new BoosterError('E_AGENT_CLOSED', 'the registry is shut down');
  }
}

/** One deadline holds for both tries. */
function remaining({ timeoutMs }: TaskOptions, started: number): TaskOptions {
  return timeoutMs === undefined ? {} : { timeoutMs: Math.max(1, timeoutMs - (performance.now() - started)) };
}

/** The result of a task that no agent took. */
function failure(task: AgentTask, cause: unknown): AgentResult {
  const code = cause instanceof BoosterError ? cause.code : 'E_INTERNAL';
  const message = cause instanceof Error ? cause.message : String(cause);
  const error = { code, message, remedy: errorTable[code].remedy };
  // a task that is no object has no type to tell
  const type = (task as Partial<AgentTask> | null)?.type ?? ('' as AgentTaskType);
  return { taskId: '', type, status: 'failed', error, waitMs: 0 };
}
