import { availableParallelism, freemem } from 'node:os';
import type { ResolvedConfig } from '../config/settings.ts';
import type { WASMInstanceManager } from '../pool/WASMInstanceManager.ts';
import type { PoolTask, TaskKind, TaskResult } from '../pool/protocol.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import type { Io } from '../shared/io.ts';
import type { HealthPublisher } from './HealthPublisher.ts';
import type { PublishIo } from './publish-health.ts';
import type { RanIn, TaskCallOptions, TaskPool } from './pool-port.ts';
import type { CachedTasks } from './CachedTasks.ts';
import type { QuietFiles } from './QuietFiles.ts';
import type { QuietScope } from './open-quiet-files.ts';
import type { ResidentTasks } from './pool-resident.ts';

/** What a run over some files works with. */
export interface RunResources {
  /** Started by the first task: a run without tasks loads nothing. */
  readonly pool: TaskPool;
  /** How many files may be worked on at once. */
  readonly threads: number;
}

/** The parts of a run, put together here and nowhere else. */
export interface Runtime {
  /** Called once, when the number of files is known. */
  readonly open: (files: number) => RunResources;
  /** Contents that nothing was found in before; of no use to few files. What is added is kept when the runtime closes. */
  readonly openQuiet: (scope: QuietScope, files: number) => Promise<QuietFiles | undefined>;
}

/** From so many files on, it pays to load them. */
const manyFiles = 64;

/** What a runtime takes of the process. */
export type RuntimeIo = PublishIo &
  Pick<Io, 'build' | 'memoryLeftBytes' | 'noteWork' | 'leaveBehind'> &
  // without it, nothing is taken from the cache
  Partial<Pick<Io, 'nodeVersion'>>;

/**
 * Opens a runtime for `use` and ends all of its workers however `use` ends. Tasks go to the project's resident pool while
 * there is a healthy one and the configuration does not forbid it.
 */
export async function withRuntime<Result>(
  config: ResolvedConfig,
  io: RuntimeIo,
  use: (runtime: Runtime) => Promise<Result>,
): Promise<Result> {
  let pool: RunPool | undefined;
  const open = (files: number): RunResources => {
    pool = new RunPool(config, io, files);
    return { pool, threads: Math.min(files, wantedThreads(config)) };
  };
  let quiet: QuietFiles | undefined;
  const openQuiet: Runtime['openQuiet'] = async (scope, files) => {
    if (files < manyFiles) return undefined;
    const { openQuietFiles } = await import('./open-quiet-files.ts');
    quiet = openQuietFiles(scope, config, io);
    return quiet;
  };
  try {
    return await use({ open, openQuiet });
  } finally {
    await pool?.close();
    if (quiet !== undefined) setImmediate(() => quiet?.write());
  }
}

/** Milliseconds after which a run is one that others may want to see in `booster pool status`. */
const longRunMs = 2000;

/** Tasks whose results are worth keeping. */
const keptKinds: ReadonlySet<TaskKind> = new Set<TaskKind>(['optimize', 'apply', 'analyze']);

/** The resident pool of the project if there is one, else a pool of this process, each opened by the first task that wants it. */
class RunPool implements TaskPool {
  readonly #config: ResolvedConfig;
  readonly #io: RuntimeIo;
  readonly #files: number;
  #own: Promise<WASMInstanceManager> | undefined;
  #resident: Promise<ResidentTasks> | undefined;
  #healthTimer: NodeJS.Timeout | undefined;
  #health: HealthPublisher | undefined;
  #cacheHits = 0;

  #cache: Promise<CachedTasks | undefined> | undefined;

  constructor(config: ResolvedConfig, io: RuntimeIo, files: number) {
    this.#config = config;
    this.#io = io;
    this.#files = files;
  }

  async executeTask<Task extends PoolTask>(task: Task, options: TaskCallOptions): Promise<TaskResult<Task['kind']>> {
    const cache = keptKinds.has(task.kind) ? await (this.#cache ??= openCache(this.#config, this.#io)) : undefined;
    if (cache === undefined) return this.#run(task, options);
    const key = cache.keyOf(task, options.textHash);
    const known = cache.get<Task['kind']>(key);
    if (known !== undefined) {
      this.#cacheHits += 1;
      options.onCached?.();
      return known;
    }
    const result = await this.#run(task, options);
    cache.note(key, result);
    return result;
  }

  async #run<Task extends PoolTask>(task: Task, options: TaskCallOptions): Promise<TaskResult<Task['kind']>> {
    if (this.#config.pool.resident === 'auto') {
      this.#resident ??= this.#findResident();
      const answer = await (await this.#resident).run(task, options.signal);
      if ('result' in answer) {
        options.onRanIn?.('resident');
        // a result comes from the same build and answers this very task
        return answer.result;
      }
      if (answer.unavailable !== undefined) options.onFallback?.(answer.unavailable);
    }
    return this.#runHere(task, options);
  }

  async close(): Promise<void> {
    clearTimeout(this.#healthTimer);
    await (await this.#resident)?.close();
    await (await this.#own)?.shutdown();
    // it does not wait for Redis: without further heartbeats, the instances are known to be gone
    if ((await this.#health?.stop(0)) === false) this.#io.leaveBehind();

    const cache = await this.#cache;
    // with the next turn of the event loop the result is out
    if (cache !== undefined)
      setImmediate(() => {
        cache.write();
      });
  }

  async #runHere<Task extends PoolTask>(task: Task, options: TaskCallOptions): Promise<TaskResult<Task['kind']>> {
    let ranIn: RanIn = options.where;
    const onFallback: TaskCallOptions['onFallback'] = (code) => {
      ranIn = 'in-process';
      options.onFallback?.(code);
    };
    this.#own ??= this.#startOwn();
    const result = await (await this.#own).executeTask(task, { ...options, onFallback });
    options.onRanIn?.(ranIn);
    if (ranIn === 'in-process') this.#io.noteWork('edits' in result && result.edits.length > 0 ? 2 : 1);
    return result;
  }

  async #startOwn(): Promise<WASMInstanceManager> {
    const manager = await createManager(this.#config, this.#files, this.#io.memoryLeftBytes);
    this.#healthTimer = setTimeout(() => void this.#publish(manager), longRunMs).unref();
    return manager;
  }

  async #publish(manager: WASMInstanceManager): Promise<void> {
    const { publishHealth } = await import('./publish-health.ts');
    const about = { io: this.#io, project: this.#io.cwd, cacheHits: () => this.#cacheHits };
    const options = { ...about, onLog: () => undefined };
    if (manager.getStatus().state === 'open') this.#health = publishHealth(manager, this.#config, options);
  }

  async #findResident(): Promise<ResidentTasks> {
    const { ResidentTasks: Tasks } = await import('./pool-resident.ts');
    return new Tasks(this.#io, this.#config.pool.taskTimeoutMs);
  }
}

/** `undefined` when results are not to be kept, or cannot be told from those of another version. */
async function openCache({ cache, records }: ResolvedConfig, io: RuntimeIo): Promise<CachedTasks | undefined> {
  const { build, nodeVersion } = io;
  if (cache.use === 'never' || build === '' || nodeVersion === undefined) return undefined;
  const { CachedTasks: Tasks } = await import('./CachedTasks.ts');
  const { storePlace } = await import('../records/local/store-place.ts');
  const place = storePlace(io, records.store);
  if (place === undefined) return undefined;
  const keys = io.env[encryptionVariable];
  const sealer = keys === undefined ? undefined : (await import('../records/sealing.ts')).createSealer(keys);
  return new Tasks(place, cache.maximumBytes, { build, nodeVersion }, sealer);
}

function wantedThreads({ threads, pool }: ResolvedConfig): number {
  return Math.min(threads === 'auto' ? availableParallelism() : threads, pool.maximum);
}

async function createManager(
  config: ResolvedConfig,
  files: number,
  memoryLeftBytes: () => number,
): Promise<WASMInstanceManager> {
  const { WASMInstanceManager: Manager } = await import('../pool/WASMInstanceManager.ts');
  return new Manager({
    maximum: wantedThreads(config),
    memoryLimitBytes: config.pool.memoryLimit,
    taskTimeoutMs: config.pool.taskTimeoutMs,
    healthCheckIntervalMs: config.pool.healthCheckIntervalMs,
    availableMemoryBytes: () => Math.min(freemem(), memoryLeftBytes()),
    // Node takes the listeners of SIGINT away while a task can be interrupted, and with them a signal that is on its way to
    // them. With many tasks in a row that loses one in a few; between tasks, they are heard without it.
    interruptOnSigint: files === 1,
  });
}
