import { BoosterError, isBoosterError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { systemCode, systemMeaning } from '../../shared/system-fault.ts';

/** Turns a system error about `path` into a `BoosterError` whose message starts with the path; a `BoosterError` stays. */
export function storeProblem(error: unknown, path: string, code: ErrorCode): BoosterError {
  if (isBoosterError(error)) return error;
  return new BoosterError(code, `${path}: ${systemMeaning(error)}`, { path, system: systemCode(error) }, error);
}
