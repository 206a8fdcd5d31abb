import type { BoosterError, ErrorCode } from '../shared/errors.ts';
import { errorTable, isBoosterError } from '../shared/errors.ts';
import type { OptimizeResult } from '../engine/optimize.ts';
import type { FileReason, FileResult } from './file-result.ts';

/** Codes that say "understood, but not for booster": the file is refused, nothing failed. */
const refusals: ReadonlySet<string> = new Set<ErrorCode>([
  'E_FILE_NOT_TEXT',
  'E_FILE_TOO_LARGE',
  'E_FILE_TOO_DEEP',
  'E_FILE_UNSUPPORTED',
  'E_SYNTAX',
  'E_GATE_REFUSED',
  'E_GIT_PARTIALLY_STAGED',
]);

/** Reason of a thrown error; anything that is not booster's own becomes E_INTERNAL with its message. */
export function reasonOfError(error: unknown): FileReason {
  if (isBoosterError(error)) return withRemedy(error.code, withoutPath(error));
  if (!(error instanceof Error)) return withRemedy('E_INTERNAL', String(error));
  const reason = withRemedy('E_INTERNAL', error.message);
  return error.stack === undefined ? reason : { ...reason, stack: error.stack };
}

/** Messages of the file layer start with the path; a result carries its path already. */
function withoutPath({ message, data }: BoosterError): string {
  const prefix = `${String(data['path'])}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

/** Reason of a refusal by the engine. */
export function reasonOfRefusal(reason: NonNullable<OptimizeResult['reason']>): FileReason {
  return {
    ...withRemedy(reason.code, reason.message),
    ...(reason.line === undefined ? {} : { line: reason.line }),
    ...(reason.column === undefined ? {} : { column: reason.column }),
  };
}

/** Status that a reason brings. */
export function statusOfReason(reason: FileReason): FileResult['status'] {
  if (reason.code === 'E_FILE_CHANGED') return 'conflict';
  return refusals.has(reason.code) ? 'refused' : 'failed';
}

function withRemedy(code: string, message: string): FileReason {
  const info = isErrorCode(code) ? errorTable[code] : errorTable.E_INTERNAL;
  return { code, message, remedy: info.remedy };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
