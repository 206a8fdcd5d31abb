import type { WasmModule } from '../wasm/web-assembly.ts';
import { compileOxc } from '../wasm/compile-oxc.ts';
import type { ResolvedPoolOptions } from './pool-options.ts';
import { workerThreads } from './worker-transport.ts';
import type { ConnectWorker } from './worker-transport.ts';

/** Where the build puts the worker: beside the bundles; from TypeScript sources, in `dist` too (Node 20 runs no `.ts`). */
export function defaultWorkerUrl(from: string = import.meta.url): URL {
  return new URL(/\/src\/pool\/[^/]+$/.test(from) ? '../../dist/worker.cjs' : './worker.cjs', from);
}

/** Compiles the parser when it is first wanted, and once for all threads of the process. */
export function compileOnce(): () => WasmModule {
  let module: WasmModule | undefined;
  return () => (module ??= compileOxc());
}

/** Threads for a pool: booster's own worker with the compiled parser, or the caller's program, which brings its own engine. */
export function connectWorkers(options: ResolvedPoolOptions, oxcModule: () => WasmModule): ConnectWorker {
  const { workerUrl, resourceLimits, memoryLimitBytes } = options;
  return workerThreads({
    url: workerUrl ?? defaultWorkerUrl(),
    resourceLimits,
    memoryLimitBytes,
    oxcModule: workerUrl === undefined ? oxcModule : undefined,
  });
}
