import { performance } from 'node:perf_hooks';
import { countResults } from './count-results.ts';
import type { FileResult, RunSummary } from './file-result.ts';
import { optimizeFiles } from './optimize-files.ts';
import type { OptimizeFilesOptions } from './optimize-files.ts';
import type { OptimizePool } from './pool-port.ts';

/** Files that are looked at before it is asked again whether there are enough: it bounds what is done in vain. */
const portion = 64;

/**
 * Like `optimizeFiles`, but ends with the file that is the `maximumFiles`-th with something to rewrite, in the order of the targets: the
 * files behind it are left alone, whatever the number of threads. Nothing is written before those files are known.
 */
export async function optimizeLimited(
  pool: OptimizePool,
  options: OptimizeFilesOptions,
  maximumFiles: number,
): Promise<RunSummary> {
  const started = performance.now();
  const found: FileResult[] = [];
  let changed = 0;
  let next = 0;
  let interrupted = false;
  while (next < options.targets.length && changed < maximumFiles && !interrupted) {
    const targets = options.targets.slice(next, next + portion);
    const base = next;
    const summary = await optimizeFiles(pool, {
      ...options,
      targets,
      write: false,
      onResult: (result) => {
        if (changed >= maximumFiles) return;
        if (result.status === 'changed') changed += 1;
        found.push(result);
      },
      onProgress: (done) => options.onProgress?.(base + done),
    });
    next += targets.length;
    interrupted = summary.interrupted;
  }
  const settled = options.write && !interrupted ? await writeFound(pool, found, options) : found;
  const counter = countResults();
  for (const result of settled) {
    counter.add(result);
    options.onResult(result);
  }
  const summary = counter.summary(performance.now() - started, interrupted || options.signal.aborted);
  const leftFiles = options.targets.length - found.length;
  return leftFiles > 0 && changed >= maximumFiles ? { ...summary, leftFiles } : summary;
}

/** Optimises the files with rewrites once more, and writes them: what became of one meanwhile is then seen. */
async function writeFound(
  pool: OptimizePool,
  found: readonly FileResult[],
  options: OptimizeFilesOptions,
): Promise<FileResult[]> {
  const paths = new Set(found.filter(({ status }) => status === 'changed').map(({ path }) => path));
  const written = new Map<string, FileResult>();
  await optimizeFiles(pool, {
    ...options,
    targets: options.targets.filter(({ path }) => paths.has(path)),
    onResult: (result) => written.set(result.path, result),
    onProgress: () => undefined,
  });
  // what an interrupt kept from being written is as it was
  return found.map((result) => written.get(result.path) ?? (paths.has(result.path) ? asBefore(result) : result));
}

function asBefore({ change: _change, ...result }: FileResult): FileResult {
  return { ...result, status: 'unchanged' };
}
