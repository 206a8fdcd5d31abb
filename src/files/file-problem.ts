import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { systemCode, systemMeaning } from '../shared/system-fault.ts';

type Action = 'read' | 'write';

const notThere = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);

/** Turns a system error about `path` into a `BoosterError` whose message starts with the path; a `BoosterError` stays. */
export function fileProblem(error: unknown, path: string, action: Action): BoosterError {
  if (isBoosterError(error)) return error;
  const code = systemCode(error);
  return new BoosterError(errorCode(code, action), `${path}: ${systemMeaning(error)}`, { path, system: code }, error);
}

function errorCode(system: string, action: Action): ErrorCode {
  if (action === 'write') return 'E_FILE_NOT_WRITABLE';
  return notThere.has(system) ? 'E_FILE_NOT_FOUND' : 'E_FILE_NOT_READABLE';
}
