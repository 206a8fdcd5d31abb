import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';

type Action = 'read' | 'write';

/** `code` of a Node system error, or `''`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What the common system errors mean to a user; the others are shown as the system words them. */
const meanings: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist (a part of the path is not a folder)',
  ENAMETOOLONG: 'does not exist (the name is too long)',
  ERR_INVALID_ARG_VALUE: 'does not exist (the name holds a NUL character)',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'larger than this process may write',
  ELOOP: 'symbolic links form a loop',
  EISDIR: 'is a directory, not a file',
  EBUSY: 'is in use (or a mount point of its own)',
  EMFILE: 'too many open files',
};

const notThere = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);

/** Turns a system error about `path` into a `BoosterError` whose message starts with the path; a `BoosterError` stays. */
export function fileProblem(error: unknown, path: string, action: Action): BoosterError {
  if (isBoosterError(error)) return error;
  const code = systemCode(error);
  const meaning = meanings[code] ?? (error instanceof Error ? error.message : String(error));
  return new BoosterError(errorCode(code, action), `${path}: ${meaning}`, { path, system: code }, error);
}

function errorCode(system: string, action: Action): ErrorCode {
  if (action === 'write') return 'E_FILE_NOT_WRITABLE';
  return notThere.has(system) ? 'E_FILE_NOT_FOUND' : 'E_FILE_NOT_READABLE';
}
