import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.constantFrom<unknown>(
  undefined,
  null,
  NaN,
  -0,
  0,
  1,
  2,
  3,
  '',
  'a',
  'é😀',
  '__proto__',
  'constructor',
);

/** Arrays as they come: empty, with duplicates, with holes. */
const list = fc.array(fc.option(value, { nil: 'hole' })).map((items) => {
  const array: unknown[] = [];
  array.length = items.length;
  for (const [index, item] of items.entries()) if (item !== 'hole') array[index] = item;
  return array;
});

/** Callbacks that answer by their argument, or throw at one. */
const callback = fc.constantFrom<(x: unknown) => unknown>(
  (x) => x,
  (x) => typeof x === 'number',
  (x) => String(x).length > 1,
  (x) => {
    if (x === 3) return BigInt(0.5); // a RangeError
    return [x];
  },
);

const lists = fc.array(
  fc.oneof(fc.array(value), fc.string({ unit: 'binary' }), fc.constant(new Set([1, NaN])), fc.constant(7)),
);

export default [
  {
    name: 'every element is transformed',
    source: `export function subject(xs: unknown[], f: (x: unknown, i: number) => unknown) {
  return xs.reduce((all: unknown[], x, i) => [...all, f(x, i), all.length], [-0]);
}`,
    args: fc.tuple(list, callback),
  },
  {
    name: 'elements are chosen by a callback',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown, g: (x: unknown) => unknown) {
  return xs.reduceRight((all: unknown[], x) => (f(x) ? [...all, x] : g(x) ? all : [...all, g(x), all[0]]), []);
}`,
    args: fc.tuple(list, callback, callback),
  },
  {
    name: 'the accumulator is read before it grows',
    source: `export function subject(xs: unknown[]) {
  return xs.reduce((all: unknown[], x) => {
    if (all.includes(x)) return all;
    const last = all[all.length - 1];
    return [...all, last, x];
  }, []);
}`,
    args: fc.tuple(list),
  },
  {
    name: 'parts are flattened, and some cannot be iterated',
    source: `export function subject(xs: Iterable<unknown>[]) {
  return xs.reduce((all: unknown[], part) => [...all, ...part], []);
}`,
    args: fc.tuple(lists as fc.Arbitrary<Iterable<unknown>[]>),
  },
  {
    name: 'the callback changes the array that it walks over',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  return xs.reduce((all: unknown[], x, i, whole) => {
    if (f(x)) whole.pop();
    if (i < 3) whole.push(x);
    return [...all, x];
  }, []);
}`,
    args: fc.tuple(list, callback),
  },
] satisfies readonly EquivalenceSubject[];
