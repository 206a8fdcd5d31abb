import type { BoosterHealth, InstanceHealth } from '../health.ts';
import { boosterFields, instanceFields, readBooster, readInstance } from '../health-fields.ts';
import type { Fields } from '../health-fields.ts';
import type { RedisLink } from './open-redis.ts';
import { allOf, checkReplies } from './redis-replies.ts';

/** Boosters and instances in Redis: a hash for each, and an index of either kind. Hashes expire, their ids go when that is noticed. */
export class RedisHealth {
  readonly #link: RedisLink;
  readonly #onUnreadable: (id: string) => void;

  /** @param onUnreadable called with the id of a hash that booster has not written */
  constructor(link: RedisLink, onUnreadable: (id: string) => void) {
    this.#link = link;
    this.#onUnreadable = onUnreadable;
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  async saveBooster(health: BoosterHealth): Promise<void> {
    const { client, keys, ttlSeconds, within } = this.#link;
    const save = async (): Promise<void> => {
      await this.#saveHash(keys.booster(health.id), boosterFields(health));
      const entry = client.multi().zadd(keys.boosters, health.heartbeatAt, health.id);
      checkReplies(await entry.expire(keys.boosters, ttlSeconds).exec());
    };
    await within(save());
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  async saveInstances(instances: readonly InstanceHealth[]): Promise<void> {
    if (instances.length === 0) return;
    const { client, keys, ttlSeconds, within } = this.#link;
    const save = async (): Promise<void> => {
      await allOf(instances.map((each) => this.#saveHash(keys.instance(each.id), instanceFields(each))));
      const entry = client.multi().sadd(keys.instances, ...instances.map(({ id }) => id));
      checkReplies(await entry.expire(keys.instances, ttlSeconds).exec());
    };
    await within(save());
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  async removeInstances(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { client, keys, within } = this.#link;
    await within(client.srem(keys.instances, ...ids));
    await within(allOf(ids.map((id) => client.del(keys.instance(id)))));
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  async boosters(): Promise<BoosterHealth[]> {
    const { client, keys, within } = this.#link;
    const ids = await within(client.zrange(keys.boosters, 0, -1));
    const { found, gone } = await within(this.#read(ids, (id) => keys.booster(id), readBooster));
    if (gone.length > 0) await within(client.zrem(keys.boosters, ...gone));
    return found;
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  async instances(): Promise<InstanceHealth[]> {
    const { client, keys, within } = this.#link;
    const ids = await within(client.smembers(keys.instances));
    const { found, gone } = await within(this.#read(ids, (id) => keys.instance(id), readInstance));
    if (gone.length > 0) await within(client.srem(keys.instances, ...gone));
    return found;
  }

  async #saveHash(key: string, fields: Fields): Promise<void> {
    // what was true at the last heartbeat and is absent now must not stay
    const commands = this.#link.client.multi().del(key).hset(key, fields);
    checkReplies(await commands.expire(key, this.#link.ttlSeconds).exec());
  }

  async #read<Health>(
    ids: readonly string[],
    keyOf: (id: string) => string,
    parse: (fields: Fields) => Health | undefined,
  ): Promise<{ readonly found: Health[]; readonly gone: string[] }> {
    const hashes = await allOf(ids.map((id) => this.#link.client.hgetall(keyOf(id))));
    const found: Health[] = [];
    const gone: string[] = [];
    for (const [index, id] of ids.entries()) {
      const fields = hashes[index] ?? {};
      const health = parse(fields);
      if (health !== undefined) found.push(health);
      else if (Object.keys(fields).length === 0) gone.push(id);
      else this.#onUnreadable(id);
    }
    return { found, gone };
  }
}
