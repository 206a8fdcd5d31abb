import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.oneof(fc.anything(), fc.constantFrom(Number.NaN, -0, 0, undefined, '__proto__', 'constructor'));
const sets = fc.array(value).map((values) => new Set(values));
const maps = fc.array(fc.tuple(value, value)).map((entries) => new Map(entries));

export default [
  {
    name: 'values of a Set by every spelling',
    source:
      'export function subject(s: Set<unknown>, x: unknown) { return [[...s].includes(x), Array.from(s).includes(x), [...s.values()].includes(x), Array.from(s.keys()).includes(x)]; }\n',
    args: fc.tuple(sets, value),
  },
  {
    name: 'keys of a Map',
    source:
      'export function subject(m: Map<unknown, unknown>, x: unknown) { return [[...m.keys()].includes(x), !Array.from(m.keys()).includes(x)]; }\n',
    args: fc.tuple(maps, value),
  },
  {
    name: 'a value that certainly occurs',
    source:
      'export function subject(xs: unknown[]) { const s = new Set(xs); return xs.map((x) => [...s].includes(x)); }\n',
    // eslint-disable-next-line no-sparse-arrays
    args: fc.tuple(fc.oneof(fc.array(value), fc.constant([, -0, Number.NaN]))),
  },
  {
    name: 'sizes',
    source:
      'export function subject(s: Set<unknown>, m: Map<unknown, unknown>, xs: unknown[]) { return [[...s].length, [...m].length, [...m.keys()].length, Array.from(m.values()).length, [...m.entries()].length, 3 - [...new Set(xs)].length ** 2]; }\n',
    args: fc.tuple(sets, maps, fc.array(value)),
  },
  {
    name: 'a collection that changes between two questions',
    source:
      'export function subject(s: Set<unknown>, x: unknown) { const before = [...s].includes(x); s.add(x); const size = [...s].length; s.clear(); return [before, size, [...s].includes(x), [...s].length]; }\n',
    args: fc.tuple(sets, value),
  },
  {
    name: 'a collection that may be absent, and one that only a guard knows',
    source: `export function subject(s: Set<unknown> | undefined, m: unknown, x: unknown) {
  const size = s === undefined ? 0 : [...s!].length;
  return m instanceof Map ? [...m.keys()].includes(x) : size;
}
`,
    args: fc.tuple(fc.option(sets, { nil: undefined }), fc.oneof(maps, fc.anything()), value),
  },
] satisfies readonly EquivalenceSubject[];
