import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

// What the clock says differs from call to call; what kind of number it is does not.
export default [
  {
    name: 'a whole number of milliseconds, by every spelling',
    source:
      'export function subject() { return [new Date().getTime(), new Date().valueOf(), +new Date(), Number(new Date())].map((now) => Number.isInteger(now) && now > 1.6e12); }\n',
    args: fc.constant([]),
  },
  {
    name: 'readings that follow each other',
    source:
      'export function subject(n: number) { const start = new Date().getTime(); return [+new Date() - start >= 0, typeof (n +new Date().valueOf()), -new Date().getTime() < n]; }\n',
    args: fc.tuple(fc.integer({ min: 0 })),
  },
] satisfies readonly EquivalenceSubject[];
