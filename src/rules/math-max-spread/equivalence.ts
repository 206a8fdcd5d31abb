import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const odd = fc.constantFrom(Number.NaN, -0, 0, Infinity, -Infinity, '7', '', 'x', null, undefined, true, ['3'], {});
const values = fc.array(fc.record({ v: fc.oneof(fc.double(), odd) }));
/** Coercion throws for these, in both at the same element. */
const refused = fc.array(fc.record({ v: fc.oneof(fc.double(), fc.constantFrom(1n, Symbol.iterator)) }), {
  maxLength: 4,
});

export default [
  {
    name: 'the greatest and the least of anything',
    source:
      'export function subject(xs: { v: number }[]) { return [Math.max(...xs.map((x) => x.v)), Math.min(...xs.map(({ v }) => v))]; }\n',
    args: fc.tuple(fc.oneof(values, refused)),
  },
  {
    name: 'with a start value',
    source:
      'export function subject(xs: { v: number }[]) { return [Math.max(0, ...xs.map((x) => x.v)), Math.max(-0, ...xs.map((x) => x.v)), Math.min(...xs.map((x) => x.v), 0)]; }\n',
    args: fc.tuple(values),
  },
  {
    name: 'a destructured property, of null too',
    source:
      'export function subject(xs: { value: number }[]) { return 1 + Math.max(...xs.map(({ value }) => value)); }\n',
    args: fc.tuple(fc.array(fc.oneof(fc.record({ value: fc.double() }), fc.constantFrom(null, {})))),
  },
  {
    name: 'a table in a table',
    source:
      'export function subject(rows: { cells: string[] }[]) { return Math.max(0, ...rows.map((row) => Math.max(...row.cells.map((cell) => cell.length)))); }\n',
    args: fc.tuple(fc.array(fc.record({ cells: fc.array(fc.string()) }))),
  },
] satisfies readonly EquivalenceSubject[];
