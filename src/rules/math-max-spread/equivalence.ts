import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const odd = fc.constantFrom(Number.NaN, -0, 0, Infinity, -Infinity, '7', '', 'x', null, undefined, true, ['3'], {});
const values = fc.array(fc.oneof(fc.double(), odd));
/** Coercion throws for these, in both at the same element. */
const refused = fc.array(fc.oneof(fc.double(), fc.constantFrom(1n, Symbol.iterator)), { maxLength: 4 });

export default [
  {
    name: 'the greatest and the least of anything',
    source: 'export function subject(xs: number[]) { return [Math.max(...xs), Math.min(...xs)]; }\n',
    args: fc.tuple(fc.oneof(values, refused)),
  },
  {
    name: 'with a start value',
    source:
      'export function subject(xs: number[]) { return [Math.max(0, ...xs), Math.max(-0, ...xs), Math.min(...xs, 0)]; }\n',
    args: fc.tuple(values),
  },
  {
    name: 'a mapping function that may throw',
    source:
      'export function subject(xs: unknown[], f: (x: unknown) => number) { return Math.max(...xs.map((x) => f(x))); }\n',
    args: fc.tuple(
      fc.array(fc.anything()),
      fc.oneof(
        fc.func(fc.double()),
        fc.constant((x: unknown) => (x as string).length),
      ),
    ),
  },
  {
    name: 'a destructured property, of null too',
    source:
      'export function subject(xs: { value: number }[]) { return 1 + Math.max(...xs.map(({ value }) => value)); }\n',
    args: fc.tuple(fc.array(fc.oneof(fc.record({ value: fc.double() }), fc.constantFrom(null, {})))),
  },
  {
    name: 'a mapping function that also takes the index',
    source: 'export function subject(xs: number[]) { return Math.min(...xs.map((x, index) => x * index), 5); }\n',
    args: fc.tuple(fc.array(fc.double())),
  },
  {
    name: 'a table in a table',
    source:
      'export function subject(rows: { cells: string[] }[]) { return Math.max(0, ...rows.map((row) => Math.max(...row.cells.map((cell) => cell.length)))); }\n',
    args: fc.tuple(fc.array(fc.record({ cells: fc.array(fc.string()) }))),
  },
] satisfies readonly EquivalenceSubject[];
