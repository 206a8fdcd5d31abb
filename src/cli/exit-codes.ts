import type { ApplyResult } from '../app/apply-result.ts';
import type { FileResult, RunSummary } from '../app/file-result.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { RunMode } from './reporters/reporter.ts';

/** `somethingToDo` is also that of an edit that was refused: whoever sent it has to send another. */
export const exitCodes = {
  done: 0,
  somethingToDo: 1,
  /** `pool status`: it works, but not as it should. */
  degraded: 1,
  failure: 2,
  /** `pool status`: there is none. */
  notRunning: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The content is not for booster: nobody's fault when a folder holds such files. */
const contentCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'E_SYNTAX',
  'E_FILE_NOT_TEXT',
  'E_FILE_TOO_LARGE',
  'E_FILE_TOO_DEEP',
]);

/** `true` for a code that says that the content is not for booster. */
export function isContentProblem(code: string): boolean {
  return contentCodes.has(code);
}

/**
 * Whether a file fails the run. A file whose content booster cannot work on fails it only when the user named that very
 * file, or with --check, which vouches for every file it looked at; other problems always do.
 */
export function failsRun(result: FileResult, mode: RunMode): boolean {
  if (result.failedRules.length > 0) return true;
  if (result.reason === undefined) return false;
  return result.named || mode === 'check' || !isContentProblem(result.reason.code);
}

/** Interrupted > failure > something to do > done. */
export function exitCodeOfRun(summary: RunSummary, mode: RunMode, failed: boolean): ExitCode {
  if (summary.interrupted) return exitCodes.interrupted;
  if (failed) return exitCodes.failure;
  return mode === 'check' && summary.changed > 0 ? exitCodes.somethingToDo : exitCodes.done;
}

/** Failure > refused > done. Another content than the expected one is a refusal: nothing is broken, another edit has to be sent. */
export function exitCodeOfApply(results: readonly ApplyResult[]): ExitCode {
  if (results.some(({ status }) => status === 'failed')) return exitCodes.failure;
  return results.some(({ status }) => status === 'refused' || status === 'conflict')
    ? exitCodes.somethingToDo
    : exitCodes.done;
}
