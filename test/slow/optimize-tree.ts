import type { FileResult, RunSummary } from '../../src/app/file-result.ts';
import { optimizeFiles } from '../../src/app/optimize-files.ts';
import type { Tier } from '../../src/engine/finding.ts';
import { WASMInstanceManager } from '../../src/pool/WASMInstanceManager.ts';
import { rules } from '../../src/rules/index.ts';

export interface TreeRun {
  readonly results: readonly FileResult[];
  readonly summary: RunSummary;
}

export interface TreeOptions {
  /** Absolute folder that the paths are relative to. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly level: Tier;
  readonly write: boolean;
  /** Workers (of the built program); 1 keeps everything on this thread. Default 2. */
  readonly threads?: number;
  /** A pool that outlives the run; default one of its own. */
  readonly pool?: WASMInstanceManager;
  /** Generated and minified files are then looked at, too. Default false, as for files found in a folder. */
  readonly named?: boolean;
}

/** The limits that the command line has by default, but a shorter deadline: no real file needs a tenth of it. */
export function openPool(taskTimeoutMs = 20_000): WASMInstanceManager {
  return new WASMInstanceManager({ maximum: 2, memoryLimitBytes: 512_000_000, taskTimeoutMs });
}

/** Optimises files as the command does after it has read its arguments: with all rules, through the real pool. */
export async function optimizeTree(options: TreeOptions): Promise<TreeRun> {
  const { folder, paths, level, write, threads = 2, named = false } = options;
  const pool = options.pool ?? openPool();
  const results: FileResult[] = [];
  try {
    const summary = await optimizeFiles(pool, {
      cwd: folder,
      targets: paths.map((path) => ({ path, named })),
      write,
      level,
      rules,
      maximumBytes: 1_048_576,
      threads,
      signal: new AbortController().signal,
      onResult: (result) => results.push(result),
    });
    return { results, summary };
  } finally {
    if (options.pool === undefined) await pool.shutdown();
  }
}
