import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

// eslint-disable-next-line no-sparse-arrays
const lists = fc.oneof(fc.array(fc.anything()), fc.constant([1, , Number.NaN]));

export default [
  {
    name: 'callbacks with effects, of which one throws',
    source: `export function subject(xs: unknown[], f: any) {
  const seen: unknown[] = [];
  xs.map((x, i) => { seen.push(i); return f(x, i); });
  xs.map(function (this: any, x, i, all) { if (i > 3) throw new RangeError('far'); if (all.length < 8) all.push(x); return this.n; }, { n: 1 });
  return seen;
}
`,
    args: fc.tuple(lists, fc.func(fc.anything())),
  },
] satisfies readonly EquivalenceSubject[];
