import { trimmedLines } from './trimmed-lines.ts';

/** The lines of a text as integers: those that equal each other but for white space around them have the same. */
export interface LineNumbers {
  /** Of each line; -1 for a blank one. In the order in which they come first. */
  readonly numbers: Int32Array;
  /** Of a line without white space around it; `undefined` when no line of the text equals it. */
  readonly numberOf: ReadonlyMap<string, number>;
  /** Where the lines with each number stand; positions count lines that are not blank. */
  readonly places: readonly (readonly number[])[];
  /** How many lines are not blank. */
  readonly size: number;
}

const known = new WeakMap<readonly string[], LineNumbers>();

/** Made once for each list of lines: to look each of them up by its text takes longer than what is done with the numbers. */
export function numberLines(lines: readonly string[]): LineNumbers {
  const last = known.get(lines);
  if (last !== undefined) return last;
  const fresh = readNumbers(trimmedLines(lines));
  known.set(lines, fresh);
  return fresh;
}

function readNumbers(trimmed: readonly string[]): LineNumbers {
  const numbers = new Int32Array(trimmed.length);
  const numberOf = new Map<string, number>();
  const places: number[][] = [];
  let size = 0;
  for (let index = 0; index < trimmed.length; index += 1) {
    const line = trimmed[index] ?? '';
    if (line === '') {
      numbers[index] = -1;
      continue;
    }
    let number = numberOf.get(line);
    if (number === undefined) {
      // one element, and not room for more: most lines stand once
      number = places.push([size]) - 1;
      numberOf.set(line, number);
    } else places[number]?.push(size);
    numbers[index] = number;
    size += 1;
  }
  return { numbers, numberOf, places, size };
}
