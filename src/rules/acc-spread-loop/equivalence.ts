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

const callback = fc.constantFrom<(x: unknown) => unknown>(
  (x) => x,
  (x) => typeof x === 'number',
  (x) => {
    if (x === 3) return BigInt(0.5); // a RangeError
    return [x, x];
  },
);

export default [
  {
    name: 'append in every kind of loop',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  let all: unknown[] = [1];
  for (const x of xs) all = [...all, f(x), all.length];
  for (let i = 0; i < xs.length; i++) all = [...all, i];
  for (const key in xs) all = [...all, key];
  let n = 0;
  while (n++ < 3) all = [...all, all[n]];
  return all;
}`,
    args: fc.tuple(list, callback),
  },
  {
    name: 'append behind conditions, with an early return and a reset',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  let kept: unknown[] = [];
  for (const x of xs) {
    if (kept.includes(x)) continue;
    if (kept.length > 4) kept = [];
    if (x === 2) return kept;
    if (f(x)) kept = [...kept, x];
    else kept = [...kept, ...String(x)];
  }
  return { kept };
}`,
    args: fc.tuple(list, callback),
  },
  {
    name: 'a throw that is caught leaves the array as it was',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  let all: unknown[] = [];
  for (const x of xs) {
    try {
      all = [...all, x, f(x)];
    } catch {
      continue;
    }
  }
  return all;
}`,
    args: fc.tuple(list, callback),
  },
  {
    name: 'prepend',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  let stack: unknown[] = [];
  for (const x of xs) {
    if (x === null) break;
    stack = [f(x), ...stack];
  }
  return [...stack, stack.length];
}`,
    args: fc.tuple(list, callback),
  },
  {
    name: 'an array for every group',
    source: `export function subject(groups: Iterable<unknown>[], emit: (group: unknown[]) => unknown) {
  for (const group of groups) {
    let part: unknown[] = [];
    for (const x of group) part = [...part, ...[x, x]];
    emit(part);
  }
}`,
    args: fc.tuple(
      fc.array(fc.oneof(fc.array(value), fc.constant(5))) as fc.Arbitrary<Iterable<unknown>[]>,
      fc.constant((group: unknown[]) => group.push('seen')),
    ),
  },
  {
    name: 'an async function',
    source: `export async function subject(xs: unknown[], f: (x: unknown) => unknown) {
  let all: unknown[] = [];
  for (const x of xs) all = [...all, await f(x)];
  return all;
}`,
    args: fc.tuple(list, callback),
    isAsync: true,
  },
] satisfies readonly EquivalenceSubject[];
