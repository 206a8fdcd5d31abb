import { availableParallelism, freemem } from 'node:os';
import type { ResolvedConfig } from '../config/settings.ts';
import type { WASMInstanceManager } from '../pool/WASMInstanceManager.ts';
import type { OptimizePool } from './pool-port.ts';

/** What a run over some files works with. */
export interface RunResources {
  /** Started by the first task: a run without tasks loads nothing. */
  readonly pool: OptimizePool;
  /** How many files may be worked on at once. */
  readonly threads: number;
}

/** The parts of a run, put together here and nowhere else. */
export interface Runtime {
  /** Called once, when the number of files is known. */
  readonly open: (files: number) => RunResources;
}

/**
 * Opens a runtime for `use` and ends all of its workers however `use` ends.
 * @param memoryLeftBytes what a container's limit leaves to this process; `Infinity` without one
 */
export async function withRuntime<Result>(
  config: ResolvedConfig,
  memoryLeftBytes: () => number,
  use: (runtime: Runtime) => Promise<Result>,
): Promise<Result> {
  let manager: Promise<WASMInstanceManager> | undefined;
  const open = (files: number): RunResources => {
    const threads = Math.min(files, wantedThreads(config));
    return {
      threads,
      pool: {
        async executeTask(task, options) {
          manager ??= createManager(config, files, memoryLeftBytes);
          return (await manager).executeTask(task, options);
        },
      },
    };
  };
  try {
    return await use({ open });
  } finally {
    await (await manager)?.shutdown();
  }
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
