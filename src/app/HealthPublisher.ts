import type { PoolEvents } from '../pool/pool-events.ts';
import type { PoolStatus } from '../pool/pool-status.ts';
import type { BoosterHealth, InstanceHealth } from '../records/health.ts';
import type { RecordEvent } from '../records/record-event.ts';
import type { HealthStore } from '../records/record-store.ts';
import type { EventSource } from '../shared/events.ts';
import type { HealthOutbox } from './health-outbox.ts';
import { boosterHealth, instancesHealth } from './pool-health.ts';
import type { BoosterIdentity } from './pool-health.ts';

/** A pool that says how it is; `WASMInstanceManager` fits. */
export interface WatchedPool extends EventSource<PoolEvents> {
  getStatus(): PoolStatus;
}

export interface HealthPublisherOptions {
  readonly pool: WatchedPool;
  readonly identity: BoosterIdentity;
  /** How many results were taken from the cache so far, before they got to the pool. */
  readonly cacheHits: () => number;
  /** Absent where the environment names no place for it. */
  readonly local?: HealthStore;
  /** Absent without Redis. */
  readonly outbox?: HealthOutbox;
}

/** Tells the local store and Redis, at every heartbeat, how a pool and its instances are, and Redis what happens in between. */
export class HealthPublisher {
  readonly #options: HealthPublisherOptions;
  readonly #lastUsed = new Map<string, number>();
  readonly #recycles = new Map<string, number>();
  readonly #unsubscribe: readonly (() => void)[];
  readonly #timer: NodeJS.Timeout;
  #lastActivity: number;
  #lastError: BoosterHealth['lastError'];
  /** States as they were told last. */
  #states = new Map<string, string>();

  constructor(options: HealthPublisherOptions) {
    this.#options = options;
    this.#lastActivity = options.identity.startedAt;
    this.#unsubscribe = this.#subscribe();
    this.#timer = setInterval(() => {
      this.#beat();
    }, options.identity.heartbeatIntervalMs);
    // nobody lives for it
    this.#timer.unref();
    this.#beat();
  }

  /**
   * Tells that the pool is no more.
   * @param patienceMs how long Redis may take for it
   * @returns `false` when something may still hold the process
   */
  async stop(patienceMs: number): Promise<boolean> {
    clearInterval(this.#timer);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#beat(true);
    return (await this.#options.outbox?.close(patienceMs)) ?? true;
  }

  #beat(isLast = false): void {
    const { pool, identity, local, outbox } = this.#options;
    const now = Date.now();
    const status = pool.getStatus();
    const trace = {
      lastActivity: this.#lastActivity,
      cacheHits: this.#options.cacheHits(),
      ...(this.#lastError !== undefined && { lastError: this.#lastError }),
      lastUsed: this.#lastUsed,
      recycles: this.#recycles,
    };
    const instances = isLast ? [] : instancesHealth(identity, status, trace, now);
    const told = boosterHealth(identity, status, trace, now);
    const booster: BoosterHealth = isLast ? { ...told, status: 'stopped' } : told;
    const gone = this.#noteStates(instances, now);
    void local?.saveBooster(booster);
    void local?.saveInstances(instances);
    void local?.removeInstances(gone);
    outbox?.beat({ booster, instances, gone });
  }

  /** Announces the states that have changed; gives the ids of the instances that are no more. */
  #noteStates(instances: readonly InstanceHealth[], now: number): string[] {
    const states = new Map(instances.map(({ id, state }) => [id, state]));
    for (const [id, state] of states) if (this.#states.get(id) !== state) this.#tellState(id, state, now);
    const gone = [...this.#states.keys()].filter((id) => !states.has(id));
    for (const id of gone) this.#tellState(id, 'gone', now);
    this.#states = states;
    return gone;
  }

  #tellState(instanceId: string, state: string, at: number): void {
    this.#tell({ type: 'booster.pool.updated', at, boosterId: this.#options.identity.id, instanceId, state });
  }

  #subscribe(): (() => void)[] {
    const { pool, identity } = this.#options;
    const about = (): { readonly at: number; readonly boosterId: string } => {
      this.#lastActivity = Date.now();
      return { at: this.#lastActivity, boosterId: identity.id };
    };
    return [
      pool.on('instance-ready', () => {
        this.#beat();
      }),
      // how a task ended is told with its record
      pool.on('task-queued', () => {
        this.#tell({ type: 'booster.requested', ...about(), command: 'task' });
      }),
      pool.on('task-started', ({ instanceId }) => {
        const event = about();
        this.#lastUsed.set(instanceId, event.at);
        this.#tell({ type: 'booster.allocated', ...event, instanceId: `${identity.id}:${instanceId}` });
      }),
      pool.on('instance-failed', ({ code, message }) => {
        const event = about();
        this.#lastError = { code, message, at: event.at };
        this.#tell({ type: 'booster.error', ...event, code, message });
      }),
      pool.on('instance-recovered', ({ instanceId, replaces }) => {
        this.#tell({ type: 'booster.recovered', ...about(), message: `${instanceId} takes the place of ${replaces}` });
      }),
      pool.on('instance-gone', ({ instanceId }) => {
        this.#lastUsed.delete(instanceId);
        this.#recycles.delete(instanceId);
      }),
      pool.on('instance-recycled', ({ instanceId }) => {
        this.#recycles.set(instanceId, (this.#recycles.get(instanceId) ?? 0) + 1);
      }),
    ];
  }

  #tell(event: RecordEvent): void {
    this.#options.outbox?.publish(event);
  }
}
