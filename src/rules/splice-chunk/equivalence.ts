import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.constantFrom<unknown>(undefined, null, NaN, -0, 0, 1, 2, 3, '', 'a', 'é😀', '__proto__');

/** Arrays as they come: empty, with duplicates, with holes. */
const list = fc.array(fc.option(value, { nil: 'hole' })).map((items) => {
  const array: unknown[] = [];
  array.length = items.length;
  for (const [index, item] of items.entries()) if (item !== 'hole') array[index] = item;
  return array;
});

/** The rewrite assumes a positive integer; it may exceed the length. */
const size = fc.integer({ min: 1, max: 12 });

const callback = fc.constantFrom<(x: unknown) => unknown>(
  (x) => x,
  (x) => Array.isArray(x) && x.includes(2),
  (x) => {
    if (Array.isArray(x) && x[0] === 3) return BigInt(0.5); // a RangeError
    return false;
  },
);

export default [
  {
    name: 'chunks of a copy',
    source: `export function subject(xs: unknown[], size: number) {
  const rest = xs.slice();
  const out: unknown[][] = [];
  while (rest.length) out.push(rest.splice(0, size));
  return out;
}`,
    args: fc.tuple(list, size),
  },
  {
    name: 'chunks of a fixed size, with a callback that may end the loop',
    source: `export function subject(xs: unknown[], f: (chunk: unknown[]) => unknown) {
  const rest = [...xs].reverse();
  rest.push('end');
  while (rest.length > 0) {
    const chunk = rest.splice(0, 3);
    if (f(chunk)) break;
  }
}`,
    args: fc.tuple(list, callback),
    level: 'safe',
  },
  {
    name: 'chunks that are changed afterwards',
    source: `export function subject(xs: unknown[], size: number) {
  const rest = xs.filter((x) => x !== null);
  const out: unknown[] = [];
  while (rest.length !== 0) {
    const [first, ...others] = rest.splice(0, size);
    out.push(others, first, others.push('more'));
  }
  return out;
}`,
    args: fc.tuple(list, size),
  },
  {
    name: 'an async loop',
    source: `export async function subject(xs: unknown[], size: number, f: (chunk: unknown[]) => unknown) {
  const rest = Array.from(xs);
  const seen: unknown[] = [];
  while (rest.length >= 1) {
    const batch = rest.splice(0, size);
    if (await f(batch)) continue;
    seen.push(batch);
  }
  return seen;
}`,
    args: fc.tuple(list, size, callback),
    isAsync: true,
  },
] satisfies readonly EquivalenceSubject[];
