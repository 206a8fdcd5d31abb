import { freemem } from 'node:os';
import type { ResolvedConfig } from '../config/settings.ts';
import type { OptimizeRequest } from '../engine/optimize.ts';
import { WASMInstanceManager } from '../pool/WASMInstanceManager.ts';
import { findEndpoint, residentPlace } from '../resident/resident-place.ts';
import type { ResidentEndpoint, ResidentPlace } from '../resident/resident-place.ts';
import { removeEntry } from '../resident/claim-endpoint.ts';
import { ResidentLink } from '../resident/ResidentLink.ts';
import { ResidentServer } from '../resident/ResidentServer.ts';
import type { EndReason } from '../resident/ResidentServer.ts';
import { rules } from '../rules/index.ts';
import { BoosterError, asBoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import { commandPatienceMs } from './command-patience.ts';
import { endPool } from './pool-end.ts';
import { poolIdentity } from './pool-identity.ts';
import { publishHealth } from './publish-health.ts';
import type { PublishIo } from './publish-health.ts';

export type PoolRunIo = PublishIo & Pick<Io, 'build' | 'signal' | 'memoryLeftBytes' | 'leaveBehind'>;

export interface PoolRunOptions {
  readonly config: ResolvedConfig;
  /** Instances to keep ready; default: 5, or the configured maximum when that is less. */
  readonly minimum?: number;
  /** Milliseconds without a task after which the pool ends. */
  readonly idleExitMs: number;
  /** Called when tasks are taken and all instances are warm. */
  readonly onReady: (facts: { readonly project: string; readonly instances: number }) => void;
  /** Called with what somebody who looks for a fault wants to know. */
  readonly onLog: (line: string) => void;
}

/** How `booster pool run` came to its end. */
export type PoolRunOutcome =
  | { readonly state: 'runs already'; readonly project: string; readonly processId: number }
  | { readonly state: 'ended'; readonly reason: EndReason; readonly tasks: number };

/** Milliseconds that Redis gets to hear that the pool has ended. */
const farewellMs = 500;

/** Others that start at the same time, and pools of other versions that have to end first; no more can be in the way. */
const mostAttempts = 20;

/**
 * Runs the resident pool of the project until it is asked to end, interrupted, or idle for long enough. One of another version is
 * replaced, what is left of a killed one is taken over.
 * @throws BoosterError E_POOL_OPTIONS, E_POOL_START, E_RESIDENT_SILENT, E_RESIDENT_DISTRUSTED, E_RESIDENT_SOCKET
 */
export async function runPool(io: PoolRunIo, options: PoolRunOptions): Promise<PoolRunOutcome> {
  const { signal } = io;
  const place = residentPlace(io);
  const pool = createPool(io, options);
  for (let attempt = 0; attempt < mostAttempts && !signal.aborted; attempt += 1) {
    const processId = await whoRuns(place, io, options);
    if (processId !== undefined) return { state: 'runs already', project: place.project, processId };
    const server = createServer(pool, place, io, options);
    if (await server.open()) return serve(server, pool, place, io, options);
  }
  if (signal.aborted) throw new BoosterError('E_TASK_ABORTED', 'interrupted');
  throw new BoosterError('E_RESIDENT_SOCKET', `${place.home}: others keep taking this place`, { path: place.home });
}

function createPool({ memoryLeftBytes }: PoolRunIo, { config, minimum }: PoolRunOptions): WASMInstanceManager {
  return new WASMInstanceManager({
    isResident: true,
    maximum: config.pool.maximum,
    ...(minimum !== undefined && { minimum }),
    memoryLimitBytes: config.pool.memoryLimit,
    taskTimeoutMs: config.pool.taskTimeoutMs,
    healthCheckIntervalMs: config.pool.healthCheckIntervalMs,
    availableMemoryBytes: () => Math.min(freemem(), memoryLeftBytes()),
  });
}

function createServer(pool: WASMInstanceManager, place: ResidentPlace, io: PoolRunIo, options: PoolRunOptions) {
  const { idleExitMs, config } = options;
  return new ResidentServer({
    pool,
    place,
    identity: poolIdentity(io),
    processId: io.processId,
    idleExitMs,
    maximum: config.pool.maximum,
    memoryLimitBytes: config.pool.memoryLimit,
  });
}

/** The process of the pool that runs for the project; `undefined` when the place is free, or has been freed. */
async function whoRuns(place: ResidentPlace, io: PoolRunIo, { onLog }: PoolRunOptions): Promise<number | undefined> {
  const endpoint = findEndpoint(place);
  if (endpoint === undefined) return undefined;
  const link = new ResidentLink(endpoint, { identity: poolIdentity(io), patienceMs: commandPatienceMs });
  try {
    return (await link.welcomed).processId;
  } catch (error) {
    const { code, message } = asBoosterError(error);
    if (code === 'E_RESIDENT_VERSION') {
      onLog(`${message}: replacing it`);
      await endPool(endpoint, poolIdentity(io), io.signal);
    } else if (code === 'E_RESIDENT_ABSENT') {
      takeOver(endpoint, onLog);
    } else if (code !== 'E_RESIDENT_LOST') throw error;
    return undefined;
  } finally {
    link.close();
  }
}

function takeOver(endpoint: ResidentEndpoint, onLog: PoolRunOptions['onLog']): void {
  onLog(`process ${String(endpoint.processId)} ended without taking its socket away: taking it over`);
  removeEntry(endpoint);
}

async function serve(
  server: ResidentServer,
  pool: WASMInstanceManager,
  place: ResidentPlace,
  io: PoolRunIo,
  { config, onReady, onLog }: PoolRunOptions,
): Promise<PoolRunOutcome> {
  const interrupt = (): void => {
    server.end('interrupted');
  };
  if (io.signal.aborted) interrupt();
  io.signal.addEventListener('abort', interrupt, { once: true });
  pool.on('instance-failed', ({ instanceId, code, message }) => {
    onLog(`instance ${instanceId} failed: ${code} ${message}`);
  });
  pool.on('pool-breaker', ({ state }) => {
    onLog(`workers keep dying: breaker ${state}`);
  });
  const health = publishHealth(pool, config, { io, project: place.project, onLog });
  try {
    await Promise.race([warmUp(pool, server, place, onReady), server.ending]);
    return { state: 'ended', reason: await server.ending, tasks: pool.getStatus().totals.tasksDone };
  } finally {
    io.signal.removeEventListener('abort', interrupt);
    await server.close();
    if ((await health?.stop(farewellMs)) === false) io.leaveBehind();
  }
}

/** Starts the instances and has each rewrite the examples of all rules, so that the first hook meets warm ones. */
async function warmUp(
  pool: WASMInstanceManager,
  server: ResidentServer,
  { project }: ResidentPlace,
  onReady: PoolRunOptions['onReady'],
): Promise<void> {
  await pool.initialize();
  const instances = pool.getStatus().instances.filter(({ where }) => where === 'worker').length;
  server.noteMinimum(instances);
  const request = warmUpRequest();
  const warm = (): Promise<void> =>
    pool.withInstance(async (instance) => {
      await instance.executeTask({ kind: 'optimize', request });
    });
  // an instance that cannot even do this is replaced by the pool, and shows in its status
  await Promise.allSettled(Array.from({ length: instances }, warm));
  server.countIdleTime();
  if (pool.getStatus().state === 'open') onReady({ project, instances });
}

/** One text with the examples of all rules, each in a function of its own. */
function warmUpRequest(): OptimizeRequest {
  const texts = rules
    .filter(({ meta }) => meta.languages.includes('typescript') && !/^import /m.test(meta.example.before))
    .map(
      ({ meta }, index) =>
        `function example${String(index)}() {\n${meta.example.before.replaceAll(/^export /gm, '')}\n}`,
    );
  const ids = rules.map(({ meta }) => meta.id);
  return { text: texts.join('\n'), language: 'typescript', level: 'aggressive', rules: ids };
}
