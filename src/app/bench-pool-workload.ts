import { resolve } from 'node:path';
import type { Tier } from '../engine/finding.ts';
import { languageOfPath } from '../engine/language.ts';
import { mayMatch } from '../engine/optimize-text.ts';
import { readSource } from '../files/read-source.ts';
import type { PoolTask } from '../pool/protocol.ts';
import { rules } from '../rules/index.ts';
import { isBoosterError } from '../shared/errors.ts';
import type { FileTarget } from './optimize-files.ts';

/** The files that a benchmark gives to the pool, read once and held in memory. */
export interface BenchWorkload {
  readonly tasks: readonly PoolTask[];
  /** Of the files as they lie on disk. */
  readonly bytes: number;
  /** Files in which a rule may find something; all others need no parser and take next to no time. */
  readonly parsed: number;
  /** Files that were found and cannot be read, or are too large. */
  readonly unreadable: number;
  /** Files that were found and left out because they are more than asked for. */
  readonly leftOut: number;
}

export interface BenchWorkloadOptions {
  readonly cwd: string;
  readonly level: Tier;
  readonly maximumBytes: number;
  /** Most files; of more, every n-th is taken, so that all folders have their part. */
  readonly maximumFiles: number;
}

/** Reads what the targets name; a file that cannot be read is counted and left out. */
export function readBenchWorkload(targets: readonly FileTarget[], options: BenchWorkloadOptions): BenchWorkload {
  const files = targets.filter(({ problem }) => problem === undefined);
  const chosen = spreadOver(files, options.maximumFiles);
  const ids = rules.map(({ meta }) => meta.id);
  const tasks: PoolTask[] = [];
  let bytes = 0;
  let parsed = 0;
  for (const { path } of chosen) {
    const source = readOrSkip(resolve(options.cwd, path), options.maximumBytes);
    const language = languageOfPath(path);
    if (source === undefined || language === undefined) continue;
    bytes += source.bytes;
    if (mayMatch(source.text, rules)) parsed += 1;
    tasks.push({ kind: 'optimize', request: { text: source.text, language, level: options.level, rules: ids } });
  }
  const unreadable = targets.length - files.length + chosen.length - tasks.length;
  return { tasks, bytes, parsed, unreadable, leftOut: files.length - chosen.length };
}

function spreadOver<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}

function readOrSkip(path: string, maximumBytes: number): ReturnType<typeof readSource> | undefined {
  try {
    return readSource(path, { maximumBytes });
  } catch (error) {
    if (isBoosterError(error)) return undefined;
    throw error;
  }
}
