import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const values = fc.oneof(fc.constantFrom(1, 'a', undefined, Number.NaN), fc.integer({ max: 3, min: 0 }));
// eslint-disable-next-line no-sparse-arrays
const sparse = fc.oneof(fc.array(values), fc.constantFrom([1, , 2], [, , 'a'], [1, undefined, ,]));

export default [
  {
    name: 'a spread before methods that see holes, and a slice before any',
    source:
      'export function subject(xs: unknown[], x: unknown) { return [[...xs].join(), [...xs].includes(x), [...xs].find((y) => y === x), [...xs].findIndex((y) => y === undefined), xs.slice().map((y) => typeof y), xs.slice().filter((y) => y !== x), xs.slice().some((y) => y === undefined), xs.slice().indexOf(x), xs.slice().reduce((n: number, y, i) => n + i, 0)]; }\n',
    args: fc.tuple(sparse, values),
    level: 'safe',
  },
  {
    name: 'a spread before methods that skip holes, where there are none',
    source:
      'export function subject(xs: unknown[], x: unknown) { return [[...xs].map((y) => [y]), Array.from(xs).filter((y) => y === x), [...xs].every((y) => y === x), [...xs].flatMap((y) => [y, x]), [...xs].lastIndexOf(x), [...xs].map(Boolean)]; }\n',
    args: fc.tuple(fc.array(values), values),
  },
] satisfies readonly EquivalenceSubject[];
