import { bracketRest } from './bracket-rest.ts';

/** Whether lines could stand anywhere by themselves: brackets and comments that they open they close, and no others. */
export function isWholeCode(lines: readonly string[]): boolean {
  return bracketRest(lines) === '';
}
