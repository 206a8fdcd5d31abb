import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

// eslint-disable-next-line no-sparse-arrays
const sparse = fc.constant([, 3, , Number.NaN, -0, , 1]);
const numbers = fc.oneof(fc.array(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }))), sparse);
const anything = fc.oneof(fc.array(fc.anything()), sparse);
const records = fc.array(
  fc.record({ id: fc.integer(), tags: fc.array(fc.string({ maxLength: 3 })), on: fc.boolean() }),
);

export default [
  {
    name: 'every comparison with zero',
    source: `export function subject(xs: number[], n: number) {
  return [
    xs.filter((x) => x > n).length > 0, xs.filter((x) => x > n).length >= 1, xs.filter((x) => x === n).length !== 0,
    xs.filter((x) => x > n).length === 0, xs.filter((x) => x < n).length < 1, 0 < xs.filter((x) => x !== n).length, xs.filter((x) => x > n).length <= 0,
  ];
}
`,
    args: fc.tuple(numbers, fc.integer({ min: -3, max: 3 })),
    level: 'safe',
  },
  {
    name: 'truth and negation of a length',
    source: `export function subject(xs: unknown[]) {
  if (!xs.filter(Boolean).length) return 'none';
  return [!!xs.filter((x) => x === undefined).length, !(xs.filter((x) => x !== x).length > 0), xs.filter(Array.isArray).length ? 1 : 2];
}
`,
    args: fc.tuple(anything),
    level: 'safe',
  },
  {
    name: 'index and array as arguments of the predicate',
    source:
      'export function subject(xs: number[]) { return xs.filter((x, index, all) => all.indexOf(x) !== index).length > 0; }\n',
    args: fc.tuple(numbers),
    level: 'safe',
  },
  {
    name: 'nested predicates on records',
    source: `interface Item { id: number; tags: string[]; on: boolean }
export function subject(items: Item[], text: string) {
  return items.filter(({ on, tags }) => on && tags.filter((tag) => tag.includes(text)).length > 0).length === 0;
}
`,
    args: fc.tuple(records, fc.string({ maxLength: 1 })),
    level: 'safe',
  },
  {
    name: 'a receiver with effects is evaluated once',
    source: `export function subject(xs: string[], next: (xs: string[]) => unknown) {
  const list = (): string[] => { next(xs); return xs; };
  return list().filter((x) => x.length > 2).length > 0 && list().filter((x) => x === '__proto__').length === 0;
}
`,
    args: fc.tuple(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor'))),
      fc.func(fc.anything()),
    ),
    level: 'safe',
  },
  {
    name: 'an array that only a guard knows, and a receiver that is none',
    source: `export function subject(xs: unknown) {
  if (!Array.isArray(xs)) return xs;
  return xs.filter((x) => typeof x === 'number').length > 0;
}
`,
    args: fc.tuple(fc.oneof(anything, fc.anything())),
    level: 'safe',
  },
] satisfies readonly EquivalenceSubject[];
