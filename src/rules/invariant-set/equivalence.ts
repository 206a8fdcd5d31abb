import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.constantFrom<unknown>(Number.NaN, undefined, null, 0, -0, 1, '', 'a', '0', '__proto__');
// eslint-disable-next-line no-sparse-arrays
const lists = fc.oneof(fc.array(value), fc.constantFrom<unknown[]>([1, , 'a'], [, ,]));

export default [
  {
    name: 'sets that are asked at once, and sets that are kept for a round',
    source: `export function subject(xs: unknown[], ys: readonly unknown[], zs: unknown[]) {
  const inside = xs.filter((x) => new Set(ys).has(x));
  const seen: unknown[] = [];
  for (const x of xs) {
    const known = new Set(ys);
    if (known.has(x)) continue;
    seen.push(x, known.size, new Set<unknown>(zs).has(x) || new Set(zs).size > 2);
  }
  return { inside, seen, sizes: xs.map((x) => new Set(xs).size + (new Set(xs).has(x) ? 1 : 0)) };
}`,
    args: fc.tuple(lists, lists, lists),
  },
  {
    name: 'an array that changes between two loops',
    source: `export function subject(xs: unknown[], ys: unknown[]) {
  const first = xs.map((x) => new Set(ys).has(x));
  ys.push(...xs);
  const second = xs.map((x) => new Set(ys).has(x));
  return [first, second];
}`,
    args: fc.tuple(lists, lists),
  },
] satisfies readonly EquivalenceSubject[];
