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

export function systemMeaning(error: unknown): string {
  return meanings[systemCode(error)] ?? (error instanceof Error ? error.message : String(error));
}
