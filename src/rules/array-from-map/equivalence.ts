import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

// eslint-disable-next-line no-sparse-arrays
const lists = fc.oneof(fc.array(fc.anything()), fc.constant([1, , Number.NaN]));

export default [
  {
    name: 'element and index',
    source:
      "export function subject(s: string, xs: readonly unknown[]) { return [Array.from(s.split(''), (c, i) => c + i), Array.from([...xs], (x) => [x]), Array.from([...xs], Boolean), Array.from(s.split(','), Number)]; }\n",
    args: fc.tuple(fc.string(), lists),
    level: 'safe',
  },
  {
    name: 'an annotated array, of which it is assumed that it has no holes',
    source: 'export function subject(xs: readonly unknown[]) { return Array.from(xs, (x) => typeof x).join(); }\n',
    args: fc.tuple(fc.array(fc.anything())),
  },
] satisfies readonly EquivalenceSubject[];
