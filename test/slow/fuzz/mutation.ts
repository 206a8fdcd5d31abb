import type { Random } from './random.ts';

/** Changes a text at random; `donor` is another text to take pieces from. */
export type Mutation = (text: string, random: Random, donor: string) => string;

/** A random range of a text, of any order of magnitude. */
export function pickRange(text: string, random: Random): readonly [start: number, end: number] {
  const start = random.below(text.length + 1);
  return [start, Math.min(text.length, start + random.size(Math.max(1, text.length)))];
}
