import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { PoolStatus } from '../pool/pool-status.ts';
import type { PoolTask, TaskResult } from '../pool/protocol.ts';
import type { Priority } from '../pool/task-queue.ts';
import { claimEndpoint, removeEntry } from './claim-endpoint.ts';
import type { Identity, ResidentStatus } from './resident-protocol.ts';
import type { ResidentEndpoint, ResidentPlace } from './resident-place.ts';
import { ServedClient } from './ServedClient.ts';

/** What a resident pool is made of; `WASMInstanceManager` fits. */
export interface ServedPool {
  executeTask(
    task: PoolTask,
    options: {
      readonly where: 'worker';
      readonly timeoutMs: number;
      readonly priority: Priority;
      readonly caller: string;
      readonly signal: AbortSignal;
    },
  ): Promise<TaskResult>;
  getStatus(): PoolStatus;
  shutdown(options: { readonly drain: true }): Promise<void>;
}

export interface ResidentServerOptions {
  readonly pool: ServedPool;
  readonly place: ResidentPlace;
  readonly identity: Identity;
  readonly processId: number;
  /** Milliseconds without a task after which it ends. */
  readonly idleExitMs: number;
  readonly maximum: number;
  readonly memoryLimitBytes: number;
}

/** Why a resident pool ends. */
export type EndReason = 'asked to stop' | 'idle' | 'interrupted';

/** Connections at a time; more are closed at once, and their clients work on their own. */
const mostClients = 256;

/** Serves a pool to the commands of one user and project, until it is told to end or nobody has wanted anything for a while. */
export class ResidentServer {
  /** Resolves with the reason when it begins to end. */
  readonly ending: Promise<EndReason>;
  readonly #options: ResidentServerOptions;
  readonly #server: Server;
  readonly #clients = new Set<ServedClient>();
  readonly #startedAt = Date.now();
  #beginEnding: (reason: EndReason) => void = () => undefined;
  #endpoint: ResidentEndpoint | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #countsIdleTime = false;
  #running = 0;
  #accepted = 0;
  #minimum: number | undefined;
  #ended: Promise<void> | undefined;

  constructor(options: ResidentServerOptions) {
    this.#options = options;
    this.ending = new Promise((resolve) => (this.#beginEnding = resolve));
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#serve(socket);
    });
    this.#server.maxConnections = mostClients;
  }

  /**
   * `false` when the project has a resident pool already.
   * @throws BoosterError E_RESIDENT_DISTRUSTED, E_RESIDENT_SOCKET
   */
  async open(): Promise<boolean> {
    const { place, processId } = this.#options;
    this.#endpoint = await claimEndpoint(this.#server, place, processId);
    if (this.#endpoint === undefined) return false;
    // one failed accept (too many open files) ends neither what runs nor the listening
    this.#server.on('error', () => undefined);
    return true;
  }

  /** Says how many instances have been started to be kept ready. */
  noteMinimum(instances: number): void {
    this.#minimum = instances;
  }

  /** From now on, time without a task counts. Before, the pool would end while it starts on a machine that is busy. */
  countIdleTime(): void {
    this.#countsIdleTime = true;
    this.#rearm();
  }

  /** Asks it to end. */
  end(reason: EndReason): void {
    this.#beginEnding(reason);
  }

  /**
   * Takes no more clients, lets everything run that was accepted, and ends all threads. Connections stay until the
   * process ends, so that whoever waits for the end hears of it then and not before; they do not keep it alive.
   */
  async close(): Promise<void> {
    this.#ended ??= this.#close();
    await this.#ended;
  }

  async #close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    if (this.#endpoint !== undefined) removeEntry(this.#endpoint);
    this.#server.close();
    await this.#options.pool.shutdown({ drain: true });
    await Promise.all([...this.#clients].map((client) => client.release()));
  }

  #serve(socket: Socket): void {
    const { identity, processId, pool } = this.#options;
    this.#accepted += 1;
    const client: ServedClient = new ServedClient(socket, {
      identity,
      processId,
      run: async ({ task, timeoutMs, priority }, signal, caller) => {
        this.#running += 1;
        clearTimeout(this.#idleTimer);
        try {
          return await pool.executeTask(task, { where: 'worker', timeoutMs, priority, signal, caller });
        } finally {
          this.#running -= 1;
          this.#rearm();
        }
      },
      status: () => this.#status(),
      stop: () => {
        this.end('asked to stop');
      },
      name: String(this.#accepted),
      onGone: () => this.#clients.delete(client),
    });
    this.#clients.add(client);
  }

  #rearm(): void {
    if (!this.#countsIdleTime || this.#running > 0 || this.#ended !== undefined) return;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      this.end('idle');
    }, this.#options.idleExitMs);
  }

  #status(): ResidentStatus {
    const { pool, place, identity, processId, idleExitMs, maximum, memoryLimitBytes } = this.#options;
    return {
      version: identity.version,
      processId,
      project: place.project,
      startedAt: this.#startedAt,
      idleExitMs,
      ...(this.#minimum !== undefined && { minimum: this.#minimum }),
      maximum,
      memoryLimitBytes,
      clients: this.#clients.size,
      pool: pool.getStatus(),
    };
  }
}
