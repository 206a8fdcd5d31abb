import { eventOfRun } from '../event-of-run.ts';
import { compareIds, matchesFilter, newestFirst } from '../match-run.ts';
import type { RunFilter } from '../record-store.ts';
import { readRecordLine, recordLine } from '../record-line.ts';
import type { RunRecord } from '../run-record.ts';
import type { Sealer } from '../sealing.ts';
import type { RedisLink } from './open-redis.ts';
import { allOf, checkReplies } from './redis-replies.ts';

/** Records in one go: their commands are on the way together, and no server is held up by them. */
const batchSize = 100;

/** Ids in the index at most. Each is some 100 bytes; records expire by themselves. */
const mostIndexed = 100_000;

/** Oldest entries of the index that are looked at after a batch, twice as many as it can have added. */
const swept = 2 * batchSize;

const pageSize = 200;

/** Runs in Redis. Everything may be done twice, or be cut off between any two commands and done again. */
export class RedisRuns {
  readonly #link: RedisLink;
  readonly #sealer: Sealer | undefined;
  readonly #onUnreadable: (id: string) => void;

  /** @param onUnreadable called with the id of a record that is damaged, or sealed with a key that is not there */
  constructor(link: RedisLink, sealer: Sealer | undefined, onUnreadable: (id: string) => void) {
    this.#link = link;
    this.#sealer = sealer;
    this.#onUnreadable = onUnreadable;
  }

  /**
   * Resolves when Redis has said yes to every record. Each one is stored and announced once, however often it comes: only the
   * first `SET NX` of an id succeeds.
   * @throws BoosterError E_REDIS_UNAVAILABLE; some records may have been stored
   */
  async save(records: readonly RunRecord[]): Promise<void> {
    for (let from = 0; from < records.length; from += batchSize) {
      await this.#link.within(this.#saveBatch(records.slice(from, from + batchSize)));
    }
  }

  async #saveBatch(records: readonly RunRecord[]): Promise<void> {
    const { client, keys, ttlSeconds } = this.#link;
    const isNew = await allOf(
      records.map(async (record) => {
        const body = recordLine(record, this.#sealer);
        return (await client.set(keys.run(record.id), body, 'EX', ttlSeconds, 'NX')) === 'OK';
      }),
    );
    const entries = records.flatMap(({ at, id }) => [at, id]);
    await client
      .multi()
      .zadd(keys.runs, ...entries)
      .expire(keys.runs, ttlSeconds)
      .exec()
      .then(checkReplies);
    await allOf(
      records
        .filter((_, index) => isNew[index])
        .map((record) => client.publish(keys.channel, JSON.stringify(eventOfRun(record)))),
    );
    await this.#sweep();
  }

  /**
   * Records expire, their ids in the index do not: a few of the oldest are looked at after every batch. A run that began less
   * than a life time ago was stored after that, so it is still there.
   */
  async #sweep(): Promise<void> {
    const { client, keys, ttlSeconds } = this.#link;
    const before = Date.now() - ttlSeconds * 1000;
    const oldest = await client.zrange(keys.runs, '-inf', before, 'BYSCORE', 'LIMIT', 0, swept);
    const there = await allOf(oldest.map((id) => client.exists(keys.run(id))));
    const gone = oldest.filter((_, index) => there[index] === 0);
    if (gone.length > 0) await client.zrem(keys.runs, ...gone);
    await client.zremrangebyrank(keys.runs, 0, -mostIndexed - 1);
  }

  /** Newest first. */
  async query(filter: RunFilter, limit: number): Promise<RunRecord[]> {
    const { client, keys } = this.#link;
    const found: RunRecord[] = [];
    for (let from = 0; found.length < limit; from += pageSize) {
      const newest = client.zrange(
        keys.runs,
        '+inf',
        filter.since ?? '-inf',
        'BYSCORE',
        'REV',
        'LIMIT',
        from,
        pageSize,
      );
      const ids = await this.#link.within(newest);
      if (ids.length === 0) break;
      const records = await this.#link.within(this.#read(ids));
      found.push(...records.filter((record) => matchesFilter(record, filter)));
    }
    return found.sort(newestFirst).slice(0, limit);
  }

  /** Those whose id begins so, oldest first. */
  async find(idPrefix: string, limit: number): Promise<RunRecord[]> {
    const { client, keys } = this.#link;
    const ids = await this.#link.within(client.zrange(keys.runs, 0, -1));
    const wanted = ids.filter((id) => id.startsWith(idPrefix)).sort(compareIds);
    return this.#link.within(this.#read(wanted.slice(0, limit)));
  }

  async clear(): Promise<number> {
    const { client, keys } = this.#link;
    let count = 0;
    for (;;) {
      const ids = await this.#link.within(client.zrange(keys.runs, 0, pageSize - 1));
      if (ids.length === 0) return count;
      const removed = await this.#link.within(allOf(ids.map((id) => client.del(keys.run(id)))));
      await this.#link.within(client.zrem(keys.runs, ...ids));
      count += removed.reduce((sum, each) => sum + each, 0);
    }
  }

  /** Without those that have expired and those that cannot be read. */
  async #read(ids: readonly string[]): Promise<RunRecord[]> {
    const { client, keys } = this.#link;
    const bodies = await allOf(ids.map((id) => client.get(keys.run(id))));
    return bodies.flatMap((body, index) => {
      if (body === null) return [];
      const read = readRecordLine(body, this.#sealer);
      if ('record' in read) return [read.record];
      if (read.fault !== 'later') this.#onUnreadable(ids[index] ?? '');
      return [];
    });
  }
}
