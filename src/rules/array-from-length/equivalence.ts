import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

export default [
  {
    name: 'functions with effects, and an element that is not there',
    source:
      'export function subject(xs: readonly unknown[], s: string, f: any) { return [Array.from({ length: xs.length }, (_, i) => f(i)), Array.from({ length: s.length }, (x) => [x]), Array.from({ length: 3 }, () => s), Array.from({ length: new Set(xs).size }, (_, i) => { if (i > 4) throw new RangeError(s); return i; })]; }\n',
    args: fc.tuple(fc.array(fc.anything()), fc.string(), fc.func(fc.anything())),
  },
  {
    name: 'one value for all',
    source:
      'export function subject(xs: readonly unknown[], x: unknown) { return [Array.from({ length: xs.length }).fill(x), Array.from({ length: 2 }).fill([x])]; }\n',
    args: fc.tuple(fc.array(fc.anything()), fc.anything()),
  },
] satisfies readonly EquivalenceSubject[];
