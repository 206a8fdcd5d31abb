import { BoosterError } from '../shared/errors.ts';
import { isStackOverflow } from '../shared/stack-overflow.ts';

/**
 * Runs a recursive pass over a tree.
 * @throws BoosterError E_FILE_TOO_DEEP when it exhausts the stack; else what it throws
 */
export function refuseTooDeep<Result>(pass: () => Result): Result {
  try {
    return pass();
  } catch (error) {
    if (isStackOverflow(error))
      throw new BoosterError('E_FILE_TOO_DEEP', 'the syntax tree is nested too deeply', {}, error);
    throw error;
  }
}
