import { availableParallelism } from 'node:os';
import type { ResolvedConfig } from '../config/settings.ts';
import type { WASMInstanceManager } from '../pool/WASMInstanceManager.ts';
import type { OptimizePool } from './pool-port.ts';

/** The parts of a run, put together here and nowhere else. */
export interface Runtime {
  /** Started by the first task: a run without tasks loads nothing. */
  readonly pool: OptimizePool;
  /** How many files may be worked on at once. */
  readonly threadsFor: (files: number) => number;
  /** Ends all workers. */
  close(): Promise<void>;
}

/** Opens a runtime for `use` and closes it however `use` ends. */
export async function withRuntime<Result>(
  config: ResolvedConfig,
  use: (runtime: Runtime) => Promise<Result>,
): Promise<Result> {
  const runtime = openRuntime(config);
  try {
    return await use(runtime);
  } finally {
    await runtime.close();
  }
}

function openRuntime(config: ResolvedConfig): Runtime {
  let manager: Promise<WASMInstanceManager> | undefined;
  return {
    pool: {
      async executeTask(task, options) {
        manager ??= createManager(config);
        return (await manager).executeTask(task, options);
      },
    },
    threadsFor: (files) => Math.min(files, wantedThreads(config)),
    async close() {
      await (await manager)?.shutdown();
    },
  };
}

function wantedThreads({ threads, pool }: ResolvedConfig): number {
  return Math.min(threads === 'auto' ? availableParallelism() : threads, pool.maximum);
}

async function createManager(config: ResolvedConfig): Promise<WASMInstanceManager> {
  const { WASMInstanceManager: Manager } = await import('../pool/WASMInstanceManager.ts');
  return new Manager({
    maximum: wantedThreads(config),
    memoryLimitBytes: config.pool.memoryLimit,
    taskTimeoutMs: config.pool.taskTimeoutMs,
    interruptOnSigint: true,
  });
}
