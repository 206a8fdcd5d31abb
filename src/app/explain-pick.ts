import { BoosterError, isBoosterError } from '../shared/errors.ts';

/** Does `check`; what it misses is said together with why this generator was picked, when it was picked for a description. */
export function explainPick<Result>(why: string | undefined, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (why === undefined || !isBoosterError(error)) throw error;
    throw new BoosterError(error.code, `${error.message}; ${why}`, error.data, error);
  }
}
