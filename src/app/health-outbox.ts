import type { BoosterHealth, InstanceHealth } from '../records/health.ts';
import type { RecordEvent } from '../records/record-event.ts';
import type { RedisStore, RedisStoreOptions } from '../records/redis/RedisStore.ts';
import { asBoosterError } from '../shared/errors.ts';

/** Milliseconds that connecting and each piece of work may take; only the next heartbeat waits for them. */
const workMs = 2000;

/** Events that wait; of more, the oldest are dropped, as the channel promises nothing. */
const mostEvents = 500;

/** So long they wait for more of them: a run over 1,000 files tells 2,000, each of which would cost it a round trip. */
const gatherMs = 100;
/** So many go at once. */
const plentyEvents = 100;

const firstPauseMs = 1000;
const longestPauseMs = 60_000;

/** What is brought to Redis at a heartbeat. */
export interface Heartbeat {
  readonly booster: BoosterHealth;
  readonly instances: readonly InstanceHealth[];
  /** Ids of instances that are gone. */
  readonly gone: readonly string[];
}

/**
 * Brings health and events to Redis over a connection that stays open, and opens another one when it is lost. Whoever calls never waits:
 * only the newest heartbeat is kept while Redis cannot be used.
 */
export class HealthOutbox {
  readonly #options: Pick<RedisStoreOptions, 'settings' | 'sealer'>;
  readonly #onLog: (line: string) => void;
  readonly #events: RecordEvent[] = [];
  readonly #gone = new Set<string>();
  #heartbeat: Heartbeat | undefined;
  #store: RedisStore | undefined;
  #working: Promise<void> | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #isDown = false;
  #pauseMs = firstPauseMs;
  #notBefore = 0;
  #isClosed = false;

  /** @param onLog told when Redis cannot be used, and when it can again */
  constructor(options: Pick<RedisStoreOptions, 'settings' | 'sealer'>, onLog: (line: string) => void) {
    this.#options = options;
    this.#onLog = onLog;
  }

  beat(heartbeat: Heartbeat): void {
    this.#heartbeat = heartbeat;
    for (const id of heartbeat.gone) this.#gone.add(id);
    this.#work();
  }

  publish(event: RecordEvent): void {
    this.#events.push(event);
    if (this.#events.length > mostEvents) this.#events.shift();
    if (this.#events.length >= plentyEvents) this.#work();
    else this.#gather();
  }

  /**
   * Waits until everything is there or cannot be brought there, for `patienceMs` at most, and closes the connection. `false`: it was
   * not done by then, and an attempt to connect may still hold the process.
   */
  async close(patienceMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    if (patienceMs > 0) {
      const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
      await Promise.race([this.#drain(), timeout]);
      clearTimeout(timer);
    }
    const isDone = this.#working === undefined;
    this.#isClosed = true;
    clearTimeout(this.#gathering);
    await this.#store?.close();
    return isDone;
  }

  /** Brings what was gathered, too; gives up when Redis is down. */
  async #drain(): Promise<void> {
    while (this.#working !== undefined || this.#heartbeat !== undefined || this.#events.length > 0) {
      this.#work();
      if (this.#working === undefined) return;
      await this.#working;
    }
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#work();
    }, gatherMs).unref();
  }

  #work(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#isClosed || this.#working !== undefined || Date.now() < this.#notBefore) return;
    this.#working = this.#bringAll().finally(() => {
      this.#working = undefined;
      if (this.#events.length > 0 && !this.#isClosed) this.#gather();
    });
  }

  async #bringAll(): Promise<void> {
    try {
      do await this.#bring(await this.#open());
      while (this.#heartbeat !== undefined || this.#events.length >= plentyEvents);
      this.#noteUp();
    } catch (error) {
      this.#noteDown(asBoosterError(error).message);
      await this.#store?.close();
      this.#store = undefined;
    }
  }

  async #open(): Promise<RedisStore> {
    if (this.#store !== undefined) return this.#store;
    const { RedisStore: Store } = await import('../records/redis/RedisStore.ts');
    // this outbox has to know what could not be brought, so troubles are thrown
    const store = await Store.open({ ...this.#options, timeLeftMs: () => workMs, onTrouble: rethrow });
    this.#store = store;
    if (this.#isClosed) await store.close();
    return store;
  }

  async #bring(store: RedisStore): Promise<void> {
    const heartbeat = this.#heartbeat;
    if (heartbeat !== undefined) {
      await store.saveBooster(heartbeat.booster);
      await store.saveInstances(heartbeat.instances);
      const gone = [...this.#gone];
      await store.removeInstances(gone);
      for (const id of gone) this.#gone.delete(id);
      if (this.#heartbeat === heartbeat) this.#heartbeat = undefined;
    }
    const events = this.#events.splice(0);
    try {
      await store.publishAll(events);
    } catch (error) {
      const dropped = Math.max(0, events.length + this.#events.length - mostEvents);
      this.#events.unshift(...events.slice(dropped));
      throw error;
    }
  }

  #noteUp(): void {
    if (this.#isDown) this.#onLog('Redis can be used again');
    this.#isDown = false;
    this.#pauseMs = firstPauseMs;
  }

  #noteDown(message: string): void {
    if (!this.#isDown) this.#onLog(`${message}; health is kept in the local store`);
    this.#isDown = true;
    this.#notBefore = Date.now() + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs);
  }
}

function rethrow(error: unknown): never {
  throw asBoosterError(error);
}
