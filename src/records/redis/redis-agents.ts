import type { AgentPresence } from '../agent-presence.ts';
import { parseAgentPresence } from '../agent-presence.ts';
import { isAlive } from '../health.ts';
import { openRedis } from './open-redis.ts';
import type { RedisLink } from './open-redis.ts';
import { allOf, checkReplies } from './redis-replies.ts';
import type { RedisSettings } from './redis-target.ts';

/** Agents in Redis: a text for each, which expires, and an index of their ids by heartbeat. */
export class RedisAgents {
  readonly #link: RedisLink;

  private constructor(link: RedisLink) {
    this.#link = link;
  }

  /**
   * @param timeLeftMs asked before connecting and before each piece of work: how long that may take
   * @throws BoosterError E_REDIS_UNAVAILABLE
   */
  static async open(settings: RedisSettings, timeLeftMs: () => number): Promise<RedisAgents> {
    return new RedisAgents(await openRedis(settings, timeLeftMs));
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  async save(agents: readonly AgentPresence[]): Promise<void> {
    if (agents.length === 0) return;
    const { client, keys, ttlSeconds, within } = this.#link;
    const entries = agents.flatMap(({ heartbeatAt, id }) => [heartbeatAt, id]);
    const save = async (): Promise<void> => {
      await allOf(agents.map((each) => client.set(keys.agent(each.id), JSON.stringify(each), 'EX', ttlSeconds)));
      const index = client.multi().zadd(keys.agents, ...entries);
      checkReplies(await index.expire(keys.agents, ttlSeconds).exec());
    };
    await within(save());
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { client, keys, within } = this.#link;
    await within(client.zrem(keys.agents, ...ids));
    await within(allOf(ids.map((id) => client.del(keys.agent(id)))));
  }

  /** Also those whose heartbeat has stopped, until they expire. */
  async #list(): Promise<readonly AgentPresence[]> {
    const { client, keys, within } = this.#link;
    const ids = await within(client.zrange(keys.agents, 0, -1));
    const stored = await within(allOf(ids.map((id) => client.get(keys.agent(id)))));
    const gone = ids.filter((_, index) => stored[index] === null);
    if (gone.length > 0) await within(client.zrem(keys.agents, ...gone));
    return stored.flatMap((text) => (text === null ? [] : (parseAgentPresence(text) ?? [])));
  }

  /** Those whose heartbeat goes on, by host. @throws BoosterError E_REDIS_UNAVAILABLE */
  async living(now: number): Promise<readonly AgentPresence[]> {
    const alive = (await this.#list()).filter((agent) => isAlive(agent, now));
    return alive.sort((a, b) => (a.host === b.host ? a.pid - b.pid : a.host < b.host ? -1 : 1));
  }

  close(): void {
    this.#link.close();
  }

  /** Closes, and resolves when nothing of the connection is left. */
  closed(): Promise<void> {
    return this.#link.closed();
  }
}
