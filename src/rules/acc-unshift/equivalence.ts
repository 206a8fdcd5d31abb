import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const values = fc.array(fc.constantFrom<unknown>(undefined, null, Number.NaN, -0, 0, 1, 2, 3, 'a', [1], '__proto__'));
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
    name: 'loops of every kind, behind conditions and jumps',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  const first: unknown[] = [];
  for (const x of xs) {
    if (x === null) continue;
    if (x === 2) break;
    first.unshift(f(x));
  }
  const second: unknown[] = [];
  for (let i = 0; i < xs.length; i++) if (f(i)) second.unshift(xs[i]); else second.unshift(i);
  const third: unknown[] = [];
  let n = 0;
  do third.unshift(n); while (n++ < xs.length);
  third.unshift('last');
  return { first, second, third };
}`,
    args: fc.tuple(values, callback),
  },
  {
    name: 'an array of its own in every round, and loops in loops',
    source: `export function subject(groups: unknown[][], f: (x: unknown) => unknown) {
  const all: unknown[] = [];
  for (const group of groups) {
    const part: unknown[] = [];
    for (const x of group) part.unshift(f(x));
    f(part);
  }
  for (const group of groups) for (const x of group) all.unshift(x);
  return all;
}`,
    args: fc.tuple(fc.array(values), callback),
  },
  {
    name: 'an async function, with errors that are caught within the loop',
    source: `export async function subject(xs: unknown[], f: (x: unknown) => unknown) {
  let all: unknown[] = [];
  for (const x of xs) {
    try {
      all.unshift(await f(x));
    } catch {
      continue;
    }
  }
  return all;
}`,
    args: fc.tuple(values, callback),
    isAsync: true,
  },
] satisfies readonly EquivalenceSubject[];
