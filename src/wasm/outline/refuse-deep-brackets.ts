import { BoosterError } from '../../shared/errors.ts';

/** A grammar with many readings of the same brackets overflowed the parser's stack at 4,000; people write less than 50. */
const maximumDepth = 1_000;

/**
 * Counts brackets, those in strings and comments too.
 * @throws BoosterError `E_FILE_TOO_DEEP` when more than 1,000 are open at one place
 */
export function refuseDeepBrackets(text: string): void {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // ( [ {
    if (code === 40 || code === 91 || code === 123) depth += 1;
    // ) ] }
    else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth -= 1;
    if (depth > maximumDepth)
      throw new BoosterError('E_FILE_TOO_DEEP', 'brackets are nested too deeply', { maximumDepth });
  }
}
