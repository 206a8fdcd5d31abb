import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.NaN, -0, undefined, null, '__proto__', 'constructor', '\u{1F680}'),
  fc.object(),
);
// eslint-disable-next-line no-sparse-arrays
const lists = fc.oneof(fc.array(value), fc.constantFrom([, 1, ,], [-0, , Number.NaN]));
const words = fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('__proto__', 'constructor')));

export default [
  {
    name: 'a callback over another array, shared references included',
    source:
      'export function subject(xs: unknown[], ys: unknown[]) { return [xs.filter((x) => ys.includes(x)), xs.some((x) => !ys.includes(x)), xs.map((x) => ys.includes(x))]; }\n',
    args: fc.tuple(lists, lists),
  },
  {
    name: 'the same array on both sides',
    source:
      'export function subject(xs: unknown[]) { return xs.filter((x, index) => xs.includes(x) && xs.includes(xs[index + 1])); }\n',
    args: fc.tuple(lists),
  },
  {
    name: 'nested loops with labels and early exits',
    source: `export function subject(rows: string[][], names: string[]) {
  const found: string[] = [];
  outer: for (const row of rows) {
    for (const cell of row) {
      if (names.includes(cell)) continue outer;
      if (found.length > 3) break outer;
      found.push(cell);
    }
    if (row.length === 5) return names.includes('b');
  }
  return found;
}
`,
    args: fc.tuple(fc.array(words), words),
  },
  {
    name: 'an own array, filled before and changed after, with unknown calls between',
    source: `export function subject(names: string[], report: (name: string) => unknown) {
  const known = names.map((name) => name.trim());
  known.push('a');
  for (const name of names) if (known.includes(name)) report(name);
  known.length = 0;
  return known.includes('a');
}
`,
    args: fc.tuple(words, fc.func(fc.anything())),
  },
  {
    name: 'an arrow function without a block',
    source: 'export const subject = (xs: unknown[], ys: unknown[]) => xs.filter((x) => !ys.includes(x));\n',
    args: fc.tuple(lists, lists),
  },
  {
    name: 'one Set for several loops, and none after a change',
    source: `export function subject(xs: unknown[], ys: unknown[]) {
  const first = xs.filter((x) => ys.includes(x));
  let count = 0;
  while (count < xs.length && ys.includes(xs[count])) count += 1;
  ys.push(...first);
  return [first, count, xs.every((x) => ys.includes(x))];
}
`,
    args: fc.tuple(lists, lists),
  },
] satisfies readonly EquivalenceSubject[];
