import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

// eslint-disable-next-line no-sparse-arrays
const lists = fc.oneof(fc.array(fc.anything()), fc.constant([1, , Number.NaN]));

export default [
  {
    name: 'the length of an annotated array',
    source: 'export function subject(xs: readonly unknown[]) { return [...xs].length; }\n',
    args: fc.tuple(lists),
  },
  {
    name: 'a length that is part of an expression',
    source: 'export function subject(xs: readonly unknown[], n: number) { return n - [...xs].length ** 2; }\n',
    args: fc.tuple(lists, fc.double()),
  },
] satisfies readonly EquivalenceSubject[];
