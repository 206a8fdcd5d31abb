import { findingKey } from '../../engine/finding-key.ts';
import type { FileResult } from '../file-result.ts';

/** One rewrite of one file, which can be left out by itself. */
export interface RewriteUnit {
  /** Index of the file among those that have rewrites. */
  readonly file: number;
  /** See `findingKey`: rewrites that share it go together. */
  readonly key: string;
}

/** The rewrites of files, one group for each file. */
export function unitsOf(results: readonly FileResult[]): RewriteUnit[][] {
  return results.map(({ findings }, file) => {
    const keys = new Set(findings.filter(({ status }) => status === 'applied').map(findingKey));
    return [...keys].map((key) => ({ file, key }));
  });
}
