import { hostname } from 'node:os';
import { basename } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { recordRuns } from '../app/record-runs.ts';
import { configuredLimits, configuredPlace } from '../app/store-settings.ts';
import { resolveConfig } from '../config/resolve-config.ts';
import type { Resolution } from '../config/resolve-config.ts';
import type { AgentPresence } from '../records/agent-presence.ts';
import { newRunId } from '../records/run-id.ts';
import { createSealer } from '../records/sealing.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import type { BoosterError } from '../shared/errors.ts';
import { AgentDirectory } from './agent-directory.ts';
import { agentFacts } from './agent-facts.ts';
import type { AgentMetrics } from './agent-metrics.ts';
import { agentTaskTypes } from './agent-task.ts';
import type { AgentResult, AgentTask } from './agent-task.ts';
import type { Routable } from './route-task.ts';

/** What is taken of the process; `process` itself fits. */
export interface ProcessPart {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly platform: string;
  getuid?(): number;
  kill(pid: number, signal: 0): boolean;
}

export interface OutsideOptions {
  /** Absolute. */
  readonly projectFolder: string;
  readonly process: ProcessPart;
  readonly agents: () => readonly (Routable & {
    readonly id: string;
    readonly name: string;
    getMetrics(): AgentMetrics;
  })[];
  readonly onSeen: (agent: AgentPresence) => void;
  readonly onLost: (agent: AgentPresence) => void;
  readonly onTrouble: (error: BoosterError) => void;
}

/** Milliseconds that each piece of bringing records to Redis may take. */
const deliveryMs = 1000;

const exitCodes = { done: 0, refused: 1, failed: 2 } as const;

/**
 * What a registry has to do with the world outside of its process, as the configuration of the project says: the record store, and the
 * agents of other processes in Redis.
 */
export class RegistryOutside {
  readonly #options: OutsideOptions;
  readonly #resolution: Resolution;
  readonly #io: Parameters<typeof recordRuns>[2];
  readonly #troubles = new Set<string>();
  readonly #directory: AgentDirectory | undefined;
  /** Numbers of processes are used again. */
  readonly #processName: string;

  private constructor(options: OutsideOptions, resolution: Resolution) {
    const { process, projectFolder } = options;
    this.#options = options;
    this.#resolution = resolution;
    const { env, platform, pid } = process;
    this.#io = {
      env,
      platform: platform as NodeJS.Platform,
      cwd: projectFolder,
      userId: process.getuid?.(),
      processId: pid,
    };
    this.#processName = `${hostname()}:${String(pid)}:${newRunId(Date.now())}`;
    const { redis, pool } = resolution.config;
    if (redis.url === 'none') return;
    const { onSeen, onLost } = options;
    this.#directory = new AgentDirectory({
      ...{ settings: redis, heartbeatMs: pool.heartbeatMs, onSeen, onLost },
      own: () => this.#presences(),
      onTrouble: (error) => {
        options.onTrouble(error);
      },
      onBeat: () => this.#deliver(),
    });
  }

  /** @throws BoosterError E_CONFIG_INVALID */
  static async open(options: OutsideOptions): Promise<RegistryOutside> {
    const { projectFolder, process } = options;
    return new RegistryOutside(options, await resolveConfig({ cwd: projectFolder, env: process.env }));
  }

  /** Of other processes, as of the last heartbeat; none without Redis. */
  get others(): readonly AgentPresence[] {
    return this.#directory?.others ?? [];
  }

  /** Asks Redis now. @throws BoosterError E_REDIS_UNAVAILABLE */
  async refresh(): Promise<readonly AgentPresence[]> {
    return (await this.#directory?.refresh()) ?? [];
  }

  /** Records how a task ended. Never throws; what cannot be recorded is told, once. */
  readonly record = (task: AgentTask, result: AgentResult): void => {
    if (this.#resolution.config.records.keep === 'never' || !agentTaskTypes.includes(result.type)) return;
    const facts = agentFacts(task, result);
    const run = { command: 'agent', exitCode: exitCodes[result.status], runMs: facts.durationMs } as const;
    for (const trouble of recordRuns({ ...run, files: [facts] }, this.#resolution, this.#io)) this.#tell(trouble);
  };

  async close(): Promise<void> {
    await this.#directory?.close();
  }

  #tell(trouble: BoosterError): void {
    if (this.#troubles.has(trouble.message)) return;
    this.#troubles.add(trouble.message);
    this.#options.onTrouble(trouble);
  }

  #presences(): AgentPresence[] {
    const about = {
      ...{ host: hostname(), pid: this.#options.process.pid, version: packageJson.version },
      ...{ project: basename(this.#options.projectFolder), heartbeatAt: Date.now() },
      heartbeatIntervalMs: this.#resolution.config.pool.heartbeatMs,
    };
    return this.#options.agents().map((agent) => {
      const { id, name, capabilities, load, health } = agent;
      const { done, refused, failed } = agent.getMetrics();
      const ofAgent = { id: `${this.#processName}/${id}`, name, capabilities, load, health };
      return { ...about, ...ofAgent, tasks: done + refused + failed };
    });
  }

  /** Brings the records that wait to Redis; what fails waits on. */
  async #deliver(): Promise<void> {
    const { process } = this.#options;
    const place = configuredPlace(this.#resolution, this.#io);
    if (place === undefined) return;
    const { flushSpool } = await import('../records/redis/flush-spool.ts');
    const isProcessAlive = (pid: number): boolean => isAlive(process, pid);
    await flushSpool({
      ...{ place, limits: configuredLimits(this.#resolution), settings: this.#resolution.config.redis },
      ...{ facts: { processId: process.pid, isProcessAlive } },
      ...{ sealer: createSealer(process.env[encryptionVariable]), timeLeftMs: () => deliveryMs, patienceMs: 0 },
    }).catch(() => undefined);
  }
}

function isAlive(process: ProcessPart, pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // it is there, and another user's
    return (error as { readonly code?: unknown }).code === 'EPERM';
  }
}
