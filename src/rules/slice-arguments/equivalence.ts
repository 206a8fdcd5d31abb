import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const args = fc.array(fc.anything(), { maxLength: 5 });

export default [
  {
    name: 'functions of every kind, and what they give away',
    source: `export function subject(xs: unknown[], f: (...all: unknown[]) => unknown) {
  function all() {
    var args = Array.prototype.slice.call(arguments);
    args.push('end');
    return args;
  }
  const rest = function (a: unknown, b: unknown) {
    a = b;
    return [a, [].slice.call(arguments, 2), b];
  } as (...all: unknown[]) => unknown;
  const holder = {
    method() {
      return f.apply(this, Array.from(arguments));
    },
    *lazy() {
      const late = Array.from(arguments);
      yield* late;
    },
  } as unknown as Record<'method' | 'lazy', (...all: unknown[]) => any>;
  class Kept {
    readonly kept: unknown[];
    constructor() {
      this.kept = [].slice.call(arguments, 0);
    }
  }
  return [
    all(...(xs as [])),
    rest(...xs),
    holder.method(...xs),
    [...holder.lazy(...xs)],
    new Kept(...(xs as [])).kept,
    all.length,
    rest.length,
    holder.method.length,
    Kept.length,
  ];
}`,
    args: fc.tuple(
      args,
      fc.constantFrom<(...all: unknown[]) => unknown>(
        (...all) => all.length,
        (x) => {
          if (x === undefined) return BigInt(0.5); // a RangeError
          return [x];
        },
      ),
    ),
  },
] satisfies readonly EquivalenceSubject[];
