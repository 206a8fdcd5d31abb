import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const list = fc.array(fc.anything());

export default [
  {
    name: 'copies of parameters and of what a function made',
    source: `export function subject(xs: readonly unknown[], line: string, x: unknown) {
  const all: unknown[] = [];
  for (const item of xs) {
    all.push(item);
  }
  let words: unknown[] = [];
  for (const word of line.split(' ')) words.push(word);
  words.push(x);
  const again: unknown[] = [];
  for (let item of all) again.push(item);
  again.reverse();
  return { all, words, again };
}`,
    args: fc.tuple(list, fc.string(), fc.anything()),
  },
  {
    name: 'holes that a spread has filled',
    source: `export function subject(xs: readonly unknown[]) {
  const dense = [...xs];
  const copy: unknown[] = [];
  for (const item of dense) copy.push(item);
  copy.length += 1;
  return copy;
}`,
    // eslint-disable-next-line no-sparse-arrays
    args: fc.tuple(fc.oneof(list, fc.constantFrom<unknown[]>([1, , 2], [, ,]))),
    level: 'safe',
  },
] satisfies readonly EquivalenceSubject[];
