import type { AgentPresence } from '../records/agent-presence.ts';
import type { RedisAgents } from '../records/redis/redis-agents.ts';
import type { RedisSettings } from '../records/redis/redis-target.ts';
import { asBoosterError } from '../shared/errors.ts';
import type { BoosterError } from '../shared/errors.ts';

/** Milliseconds that connecting and each question may take; nothing but the next heartbeat waits for them. */
const workMs = 1000;

/** Milliseconds that taking the agents out at the end may take; else they count as gone two heartbeats later. */
const farewellMs = 150;

export interface DirectoryOptions {
  readonly settings: RedisSettings;
  readonly heartbeatMs: number;
  /** Those of this process, as they are now. */
  readonly own: () => readonly AgentPresence[];
  readonly onSeen: (agent: AgentPresence) => void;
  readonly onLost: (agent: AgentPresence) => void;
  /** Told when Redis cannot be used; once, until it can again. */
  readonly onTrouble: (error: BoosterError) => void;
  /** More work for the time of a heartbeat. Never rejects. */
  readonly onBeat?: () => Promise<unknown>;
}

/**
 * Tells Redis at each heartbeat which agents this process has, and learns from it which ones others have. Each heartbeat has a connection
 * of its own, so nothing is open in between that could keep the process alive.
 */
export class AgentDirectory {
  readonly #options: DirectoryOptions;
  readonly #told = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #others: ReadonlyMap<string, AgentPresence> = new Map();
  #beating: Promise<void> | undefined;
  #link: RedisAgents | undefined;
  #isDown = false;
  #isClosed = false;

  /** Begins at once, and never makes anybody wait. */
  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#timer = setInterval(this.#beatQuietly, options.heartbeatMs).unref();
    this.#beatQuietly();
  }

  /** Agents of other processes, as of the last heartbeat. */
  get others(): readonly AgentPresence[] {
    return [...this.#others.values()];
  }

  /** Asks now. @throws BoosterError E_REDIS_UNAVAILABLE */
  async refresh(): Promise<readonly AgentPresence[]> {
    await this.#beating?.catch(() => undefined);
    await this.#start();
    return this.others;
  }

  /** Takes the agents of this process out, as far as that is done soon; after a second at the most nothing of it is left. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#link?.close();
    await this.#beating?.catch(() => undefined);
    if (this.#isDown || this.#told.size === 0) return;
    await this.#connected(farewellMs, (agents) => agents.remove([...this.#told])).catch(() => undefined);
  }

  readonly #beatQuietly = (): void => {
    if (!this.#isClosed) this.#start().catch(() => undefined);
  };

  /** One heartbeat at a time. */
  #start(): Promise<void> {
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = undefined;
    });
    return this.#beating;
  }

  async #beat(): Promise<void> {
    try {
      await this.#exchange();
      this.#isDown = false;
    } catch (error) {
      if (!this.#isDown && !this.#isClosed) this.#options.onTrouble(asBoosterError(error));
      this.#isDown = true;
      throw error;
    }
    if (!this.#isClosed) await this.#options.onBeat?.();
  }

  async #exchange(): Promise<void> {
    const own = this.#options.own();
    const ids = new Set(own.map(({ id }) => id));
    const removed = [...this.#told].filter((id) => !ids.has(id));
    const known = await this.#connected(workMs, async (agents) => {
      await agents.save(own);
      await agents.remove(removed);
      return agents.living(Date.now());
    });
    for (const id of removed) this.#told.delete(id);
    for (const id of ids) this.#told.add(id);
    this.#follow(known.filter((agent) => !ids.has(agent.id)));
  }

  #follow(others: readonly AgentPresence[]): void {
    const before = this.#others;
    this.#others = new Map(others.map((agent) => [agent.id, agent]));
    for (const agent of others) if (!before.has(agent.id)) this.#options.onSeen(agent);
    for (const agent of before.values()) if (!this.#others.has(agent.id)) this.#options.onLost(agent);
  }

  async #connected<Result>(timeoutMs: number, use: (agents: RedisAgents) => Promise<Result>): Promise<Result> {
    const { RedisAgents: Agents } = await import('../records/redis/redis-agents.ts');
    const until = performance.now() + timeoutMs;
    const link = await Agents.open(this.#options.settings, () => Math.max(1, until - performance.now()));
    this.#link = link;
    try {
      return await use(link);
    } finally {
      this.#link = undefined;
      await link.closed();
    }
  }
}
