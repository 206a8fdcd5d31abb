import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.constantFrom('', 'a', 'b', 'NaN', 'undefined', '__proto__', 'é', '😀');
const anything = fc.constantFrom<unknown>(Number.NaN, undefined, null, 0, -0, 1, 2, '', 'a', '0');
// eslint-disable-next-line no-sparse-arrays
const sparse = fc.oneof(fc.array(anything), fc.constantFrom<unknown[]>([1, , 'a'], [, ,], [Number.NaN, undefined]));

export default [
  {
    name: 'texts in callbacks and loops, in every form of the question',
    source: `export function subject(xs: string[], known: unknown[], more: string[]) {
  const seen: unknown[] = [];
  const inside = xs.filter((x) => known.indexOf(x) !== -1 || more.indexOf(x) > -1);
  for (const x of xs) {
    if (known.indexOf(x) === -1) seen.push(x, known.indexOf(x + 'a') >= 0);
    if (!(known.indexOf(x) < 0)) seen.push('in');
  }
  return [inside, seen, xs.map((x) => known.indexOf(x) != -1), xs.some((x) => known.indexOf(x) == -1)];
}`,
    args: fc.tuple(fc.array(text), sparse, fc.array(text)),
  },
  {
    name: 'whole numbers, and lists with zeros of both kinds',
    source: `export function subject(xs: string[], known: unknown[]) {
  let found = 0;
  for (let i = 0; i < xs.length; i += 1) if (known.indexOf(i) !== -1) found += i;
  for (const x of xs) if (known.indexOf(x.length) >= 0) found += 100;
  return found;
}`,
    args: fc.tuple(fc.array(text), sparse),
  },
] satisfies readonly EquivalenceSubject[];
