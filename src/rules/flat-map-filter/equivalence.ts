import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.oneof(fc.integer({ max: 5, min: -2 }), fc.constantFrom(undefined, 'a', '', Number.NaN, -0));
// eslint-disable-next-line no-sparse-arrays
const lists = fc.oneof(fc.array(value), fc.constantFrom<unknown[]>([1, , 2], [, ,], [undefined, , 5]));
const rows = fc.array(fc.record({ n: fc.integer({ max: 9, min: 0 }), name: fc.string() }));

export default [
  {
    name: 'conditions and results that cannot throw, also over holes',
    source: `export function subject(xs: any[], rows: { n: number; name: string }[]) {
  return [
    xs.flatMap((x) => (x > 1 ? [[x, typeof x]] : [])),
    xs.flatMap((x) => (x < 3 || x >= 5 ? [] : [{ x }])),
    rows.flatMap((row) => (row.name.includes('a') || row.n > 4 ? [row.n * 2] : [])),
    rows.flatMap((row) => (!(row.n < 4) ? [row] : [])).length,
  ];
}`,
    args: fc.tuple(lists, rows),
    level: 'safe',
  },
  {
    name: 'elements that are taken apart',
    source: `export function subject(rows: { n: number; name: string }[], deep: { a: { b: number } }[]) {
  return [rows.flatMap(({ n, name: text }) => (n > 4 ? [text.trim() + n] : [])), deep.flatMap((one) => (one.a.b > 0 ? [one.a.b] : []))];
}`,
    args: fc.tuple(
      rows,
      fc.array(fc.oneof(fc.record({ a: fc.record({ b: fc.integer({ max: 1, min: 0 }) }) }), fc.constant({} as never))),
    ),
  },
] satisfies readonly EquivalenceSubject[];
