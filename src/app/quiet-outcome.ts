import type { OptimizeResult } from '../engine/optimize.ts';
import type { FileResult } from './file-result.ts';
import type { QuietKind } from './QuietFiles.ts';

/** What became of a content the last time, when that was nothing; a generated file that is named is looked at all the same. */
export function quietOutcome(
  kind: QuietKind | undefined,
  { named }: { readonly named: boolean },
): (Pick<FileResult, 'cached' | 'skipped'> & Partial<Pick<FileResult, 'reader'>>) | undefined {
  if (kind === undefined || (kind === 'generated' && named)) return undefined;
  if (kind === 'parsed') return { reader: 'oxc', cached: true };
  return kind === 'generated' ? { skipped: 'generated' } : {};
}

/** Parsed without a fault, and nothing is to be said of it. */
export function hasNothing({ status, reader, findings, failedRules, suppressionProblems }: OptimizeResult): boolean {
  const isQuiet = findings.length === 0 && failedRules.length === 0 && suppressionProblems === undefined;
  return isQuiet && status === 'unchanged' && reader === 'oxc';
}
