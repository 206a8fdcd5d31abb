import { Buffer } from 'node:buffer';
import { BoosterError } from '../shared/errors.ts';

const maximumReadBytes = 2 * 1024 * 1024;
/** Twice that many are in 2 MB of lists of digits; 2 MB of ordinary code have fewer. A tree has a node for each. */
const maximumTokens = 500_000;

/** @throws BoosterError `E_FILE_TOO_LARGE` above 2 MB or 500,000 words and signs: to read them takes more than a second */
export function refuseTooLarge(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumReadBytes)
    throw new BoosterError('E_FILE_TOO_LARGE', `${String(bytes)} bytes are more than the tolerant reader takes`, {
      bytes,
      maximumReadBytes,
    });
  if (text.length > maximumTokens && hasMoreTokens(text))
    throw new BoosterError('E_FILE_TOO_LARGE', 'there are more words and signs than the tolerant reader takes', {
      maximumTokens,
    });
}

function hasMoreTokens(text: string): boolean {
  const token = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
  let count = 0;
  while (count <= maximumTokens && token.test(text)) count += 1;
  return count > maximumTokens;
}

/**
 * Steps of a parser, each some 25 µs. Code has 4 to 8 for 1,000 characters, with errors everywhere up to 21; text that has many
 * readings at once, such as lists of comparisons that could be type arguments, has 50 and more, and takes seconds.
 */
const stepsPerThousand = 40;
const stepsOfAny = 2_000;
const stepsAtMost = 20_000;

/** How many steps reading a text may take, which unlike time is the same on every machine. */
export function mostSteps(text: string): number {
  return Math.min(stepsAtMost, stepsOfAny + Math.ceil((text.length / 1_000) * stepsPerThousand));
}

/**
 * Rounds of the loops that make steps dear: through all readings that are open, and copies of their lists. Code has up to 5 for each
 * character; with errors, in the files of twenty repositories, up to 230, and at most 73 % of what is allowed here. Garbage that would
 * take seconds has 300 to 3,000; 50,000,000 take 0.3 to 2 s.
 */
const roundsPerCharacter = 60;
const roundsOfAny = 20_000_000;
const roundsAtMost = 50_000_000;

/** How many such rounds reading a text may take, the same on every machine. */
export function mostRounds(text: string): number {
  return Math.min(roundsAtMost, roundsOfAny + roundsPerCharacter * text.length);
}

export function tooManyWays(most: number): BoosterError {
  return new BoosterError('E_FILE_TOO_LARGE', 'the tolerant reader has too many ways to read this text', {
    maximumSteps: most,
  });
}
