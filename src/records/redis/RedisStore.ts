import { BoosterError, asBoosterError } from '../../shared/errors.ts';
import type { BoosterHealth, InstanceHealth } from '../health.ts';
import type { RecordEvent } from '../record-event.ts';
import type { RecordStore, RunFilter, TroubleListener } from '../record-store.ts';
import type { RunRecord } from '../run-record.ts';
import type { Sealer } from '../sealing.ts';
import { openRedis } from './open-redis.ts';
import type { RedisLink } from './open-redis.ts';
import { RedisHealth } from './redis-health.ts';
import { allOf } from './redis-replies.ts';
import { RedisRuns } from './redis-runs.ts';
import type { RedisSettings } from './redis-target.ts';
import { watchChannel } from './watch-channel.ts';

export interface RedisStoreOptions {
  readonly settings: RedisSettings;
  readonly sealer: Sealer | undefined;
  /** Asked before connecting and before each piece of work: how many milliseconds that may take. */
  readonly timeLeftMs: () => number;
  readonly onTrouble: TroubleListener;
}

/** Records and health in Redis, over one connection that is open from the beginning. */
export class RedisStore implements RecordStore {
  readonly kind = 'redis';
  readonly place: string;
  /** Milliseconds of one question and its answer, as measured when it was opened. */
  readonly roundTripMs: number;
  readonly #options: RedisStoreOptions;
  readonly #link: RedisLink;
  readonly #runs: RedisRuns;
  readonly #health: RedisHealth;

  private constructor(options: RedisStoreOptions, link: RedisLink) {
    const { sealer } = options;
    this.place = link.place;
    this.roundTripMs = link.roundTripMs;
    this.#options = options;
    this.#link = link;
    const tell = (id: string): void => {
      const message = `Redis ${link.place}: what is kept for ${id} cannot be read`;
      options.onTrouble(new BoosterError('E_REDIS_ENTRY', message, { place: link.place, id }));
    };
    this.#runs = new RedisRuns(link, sealer, tell);
    this.#health = new RedisHealth(link, tell);
  }

  /** @throws BoosterError E_REDIS_UNAVAILABLE */
  static async open(options: RedisStoreOptions): Promise<RedisStore> {
    return new RedisStore(options, await openRedis(options.settings, options.timeLeftMs));
  }

  /**
   * Like `saveRuns` for those who must know: resolves when Redis has all of them.
   * @throws BoosterError E_REDIS_UNAVAILABLE
   */
  async deliverRuns(records: readonly RunRecord[]): Promise<void> {
    await this.#runs.save(records);
  }

  async saveRuns(records: readonly RunRecord[]): Promise<void> {
    await this.#attempt(this.#runs.save(records));
  }

  queryRuns(filter: RunFilter, limit: number): Promise<readonly RunRecord[]> {
    return this.#runs.query(filter, limit);
  }

  findRuns(idPrefix: string, limit: number): Promise<readonly RunRecord[]> {
    return this.#runs.find(idPrefix, limit);
  }

  clearRuns(): Promise<number> {
    return this.#runs.clear();
  }

  async saveBooster(health: BoosterHealth): Promise<void> {
    await this.#attempt(this.#health.saveBooster(health));
  }

  async saveInstances(instances: readonly InstanceHealth[]): Promise<void> {
    await this.#attempt(this.#health.saveInstances(instances));
  }

  async removeInstances(ids: readonly string[]): Promise<void> {
    await this.#attempt(this.#health.removeInstances(ids));
  }

  boosters(): Promise<readonly BoosterHealth[]> {
    return this.#health.boosters();
  }

  instances(): Promise<readonly InstanceHealth[]> {
    return this.#health.instances();
  }

  async publish(event: RecordEvent): Promise<void> {
    await this.publishAll([event]);
  }

  /** In their order, with one write. */
  async publishAll(events: readonly RecordEvent[]): Promise<void> {
    const { client, keys, within } = this.#link;
    const published = allOf(events.map((event) => client.publish(keys.channel, JSON.stringify(event))));
    await this.#attempt(within(published));
  }

  watch(signal: AbortSignal, onWatching: () => void = () => undefined): AsyncIterable<RecordEvent> {
    return watchChannel(this.#options.settings, { signal, onTrouble: this.#options.onTrouble, onWatching });
  }

  close(): Promise<void> {
    this.#link.close();
    return Promise.resolve();
  }

  async #attempt(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#options.onTrouble(asBoosterError(error));
    }
  }
}
