import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.oneof(fc.integer({ max: 6, min: -1 }), fc.constantFrom(undefined, null, 'a', Number.NaN));
// eslint-disable-next-line no-sparse-arrays
const lists = fc.oneof(fc.array(value), fc.constantFrom<unknown[]>([1, , 2], [, ,], [undefined, , 5]));
const callback = fc.constantFrom<(...args: unknown[]) => unknown>(
  (x) => x,
  (_, x) => typeof x === 'number',
  (x) => {
    if (x === 3) return BigInt(0.5); // a RangeError
    return [x];
  },
);

export default [
  {
    name: 'index and element, jumps, and functions that are kept for later',
    source: `export function subject(xs: unknown[], f: (...args: unknown[]) => unknown) {
  const later: (() => unknown)[] = [];
  const seen: unknown[] = [];
  for (const [i, x] of xs.entries()) {
    if (x === null) continue;
    if (x === 6) break;
    later.push(() => [i, x]);
    seen.push(f(i, x));
  }
  for (const [i] of xs.entries()) seen.push(i);
  for (let [at, x] of xs.entries()) { x = f(x, at); seen.push(x); }
  return [seen, later.map((one) => one()), xs];
}`,
    args: fc.tuple(lists, callback),
  },
  {
    name: 'an array that grows and shrinks in the loop',
    source: `export function subject(xs: unknown[], ys: unknown[]) {
  const seen: unknown[] = [];
  for (const [i, x] of xs.entries()) {
    seen.push(i, x);
    if (seen.length > 40) return seen;
    if (typeof x === 'number' && x > 2) xs.push(x - 1);
    if (x === undefined) xs.pop();
    if (x === 'a') xs.splice(0, 1);
    if (x === 0) xs.length = 1;
  }
  for (const [, y] of ys.entries()) {
    seen.push(y);
    if (typeof y === 'number' && y > 2) ys.push(y - 1);
    if (y === undefined) ys.pop();
  }
  for (const [unused, y] of ys.entries()) seen.push(y);
  return seen;
}`,
    args: fc.tuple(lists, lists),
  },
  {
    name: 'elements that are taken apart',
    source: `export function subject(rows: { a: unknown; b: unknown }[], pairs: unknown[][]) {
  const seen: unknown[] = [];
  for (const [i, { a, b: c }] of rows.entries()) seen.push(i, a, c);
  for (const [j, [first, , third = j]] of pairs.entries()) {
    seen.push(first, third);
  }
  return seen;
}`,
    args: fc.tuple(
      fc.array(fc.oneof(fc.record({ a: value, b: value }), fc.constant(undefined as unknown as { a: 1; b: 2 }))),
      fc.array(fc.array(value)),
    ),
  },
  {
    name: 'an async function during which the array changes',
    source: `export async function subject(xs: unknown[], f: (...args: unknown[]) => unknown) {
  const seen: unknown[] = [];
  queueMicrotask(() => xs.pop());
  for (const [i, x] of xs.entries()) seen.push(await f(i, x));
  return seen;
}`,
    args: fc.tuple(lists, callback),
    isAsync: true,
  },
] satisfies readonly EquivalenceSubject[];
