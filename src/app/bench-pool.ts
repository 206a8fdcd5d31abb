import { availableParallelism, freemem } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { ResolvedConfig } from '../config/settings.ts';
import { WASMInstanceManager } from '../pool/WASMInstanceManager.ts';
import type { FailuresByCode } from '../pool/task-figures.ts';
import type { PoolTask } from '../pool/protocol.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import { benchRow } from './bench-pool-figures.ts';
import type { BenchPass, BenchRow } from './bench-pool-figures.ts';
import type { BenchWorkload } from './bench-pool-workload.ts';

export interface PoolBenchOptions {
  readonly config: ResolvedConfig;
  /** Most workers to measure with; default: as many as there are cores, within `pool.maximum`. */
  readonly maximum: number | undefined;
  readonly rounds: number;
}

/** What `booster pool bench` measured. */
export interface PoolBench {
  readonly cores: number;
  readonly rounds: number;
  /** Files of one pass over the workload; when there are few, each stands in it several times. */
  readonly filesPerPass: number;
  readonly bytesPerPass: number;
  readonly passesThroughWorkload: number;
  /** Files that each instance, the main thread too, had worked on before anything was measured. */
  readonly warmUpFiles: number;
  /** The first is the main thread, the second one worker. */
  readonly rows: readonly BenchRow[];
  /** Bytes of WASM memory of each worker in the end, as it measured them itself, and its limit. */
  readonly workerMemoryBytes: readonly number[];
  readonly memoryLimitBytes: number;
  /** Workers that were wanted; there are fewer when memory allows no more. */
  readonly wanted: number;
  /** Tasks that ended without a result; their times count. */
  readonly failuresByCode: FailuresByCode;
  /** The times say little, and why. */
  readonly doubts: readonly string[];
}

/** A pass shorter than this measures the machine's moods; the files are taken several times then. */
const shortestPassMs = 250;
const mostRepeats = 1000;

/**
 * Measures throughput and latency over real files with one worker up to `maximum`, and on the main thread. Each instance
 * gets its next file when it has answered, and all sizes take turns in each round, so that whatever else the machine does hits
 * all alike.
 * @throws BoosterError E_TASK_ABORTED, E_POOL_START, E_FILE_NOT_FOUND without a file to work on
 */
export async function benchPool(
  workload: BenchFiles,
  { config, maximum, rounds }: PoolBenchOptions,
  { signal, memoryLeftBytes }: Pick<Io, 'signal' | 'memoryLeftBytes'>,
): Promise<PoolBench> {
  if (workload.tasks.length === 0) throw new BoosterError('E_FILE_NOT_FOUND', 'no file to measure with');
  const wanted = maximum ?? Math.min(availableParallelism(), config.pool.maximum);
  const pool = new WASMInstanceManager({
    maximum: wanted,
    minimum: wanted,
    memoryLimitBytes: config.pool.memoryLimit,
    taskTimeoutMs: config.pool.taskTimeoutMs,
    availableMemoryBytes: () => Math.min(freemem(), memoryLeftBytes()),
  });
  try {
    const figures = await measure(pool, workload, rounds, signal);
    return { ...figures, memoryLimitBytes: config.pool.memoryLimit, wanted };
  } finally {
    await pool.shutdown();
  }
}

type BenchFiles = Pick<BenchWorkload, 'tasks' | 'bytes' | 'parsed'>;

async function measure(
  pool: WASMInstanceManager,
  { tasks, bytes, parsed }: BenchFiles,
  rounds: number,
  signal: AbortSignal,
): Promise<Omit<PoolBench, 'memoryLimitBytes' | 'wanted'>> {
  await pool.initialize();
  const started = pool.getStatus().instances.length;
  const repeats = await warmUp(pool, tasks, started, signal);
  const pass = Array.from({ length: repeats }, () => tasks).flat();
  const sizes = [0, ...Array.from({ length: started }, (_, index) => index + 1)];
  const passes = sizes.map((): BenchPass[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const size of sizes) passes[size]?.push(await runPass(pool, pass, size, signal));
  }
  const rows = sizes.map((size) => benchRow(size, passes[size] ?? [], passes[1] ?? [], bytes * repeats));
  const { instances, totals } = pool.getStatus();
  return {
    cores: availableParallelism(),
    rounds,
    filesPerPass: pass.length,
    bytesPerPass: bytes * repeats,
    passesThroughWorkload: repeats,
    warmUpFiles: tasks.length,
    rows,
    workerMemoryBytes: instances.flatMap(({ where, memoryBytes }) =>
      where === 'worker' && memoryBytes !== undefined ? [memoryBytes] : [],
    ),
    failuresByCode: totals.tasksFailedByCode,
    doubts: doubts(rows, { files: tasks.length, parsed, started }),
  };
}

/** Gives all files to each worker and to the main thread; returns how often a pass must repeat them to be long enough. */
async function warmUp(
  pool: WASMInstanceManager,
  tasks: readonly PoolTask[],
  workers: number,
  signal: AbortSignal,
): Promise<number> {
  await runPass(pool, tasks, 0, signal);
  await Promise.all(
    Array.from({ length: workers }, () =>
      pool.withInstance(async (instance) => {
        for (const task of tasks) await settle(instance.executeTask(task, { signal }), signal);
      }),
    ),
  );
  const { elapsedMs } = await runPass(pool, tasks, workers, signal);
  return Math.min(mostRepeats, Math.max(1, Math.ceil(shortestPassMs / elapsedMs)));
}

/** @param size workers at work; 0 for the main thread */
async function runPass(
  pool: WASMInstanceManager,
  tasks: readonly PoolTask[],
  size: number,
  signal: AbortSignal,
): Promise<BenchPass> {
  const latenciesMs: number[] = [];
  const order = tasks.values();
  const where = size === 0 ? 'in-process' : 'worker';
  // so many tasks in flight keep exactly so many of the workers busy
  const lane = async (): Promise<void> => {
    for (const task of order) {
      const startedAt = performance.now();
      await settle(pool.executeTask(task, { where, signal }), signal);
      latenciesMs.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Math.max(1, size) }, lane));
  return { elapsedMs: performance.now() - startedAt, latenciesMs };
}

/** What fails is counted by the pool; only an interruption ends the benchmark. */
async function settle(run: Promise<unknown>, signal: AbortSignal): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (!isBoosterError(error) || signal.aborted || error.code === 'E_TASK_ABORTED') throw error;
  }
}

interface BenchFacts {
  readonly files: number;
  readonly parsed: number;
  readonly started: number;
}

function doubts(rows: readonly BenchRow[], { files, parsed, started }: BenchFacts): string[] {
  const found: string[] = [];
  if (files < 10 * started) {
    found.push(`too little to measure (files: ${String(files)}, workers: ${String(started)}); name a larger folder`);
  }
  if (parsed === 0) found.push('no file holds anything that a rule looks for: none was parsed');
  const unrest = Math.max(
    ...rows.map(({ filesPerSecond: { median, lowest, highest } }) => (highest - lowest) / median),
  );
  if (unrest > 0.25) {
    found.push(`rounds differ by up to ${String(Math.round(unrest * 100))} %: something else was running`);
  }
  return found;
}
