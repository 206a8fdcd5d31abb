import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

/** Names that plain objects have or that assignments treat in their own way, integer keys, duplicates. */
const name = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'a',
  'b',
  '',
  '1',
  '01',
  '-1',
  '4294967295',
  'é😀',
  'hasOwnProperty',
);
const number = fc.constantFrom(NaN, -0, 0, 1, 1.5, 2, -1, 1e21, Infinity);
const value = fc.constantFrom<unknown>(undefined, null, NaN, -0, 'v', { nested: true }, 7);

const callback = fc.constantFrom<(x: unknown) => unknown>(
  (x) => x,
  (x) => [x],
  (x) => {
    if (x === 'b' || x === 1.5) return BigInt(0.5); // a RangeError
    return null;
  },
);

export default [
  {
    name: 'number keys are assigned',
    source: `export function subject(ids: number[], f: (x: unknown) => unknown) {
  return ids.reduce<Record<number, unknown>>((all, id) => ({ ...all, [id]: f(id), [-id]: id }), { 1: 'start', b: 2 });
}`,
    args: fc.tuple(fc.array(number), callback),
    level: 'safe',
  },
  {
    name: 'prefixed keys are assigned where a condition holds, reading what is there',
    source: `export function subject(names: string[], f: (x: unknown) => unknown) {
  return names.reduceRight<Record<string, unknown>>((all, name, i) => {
    if (\`k:\${name}\` in all) return all;
    return f(name) ? { ...all, [\`k:\${name}\`]: [Object.keys(all), all.constructor === Object, i] } : all;
  }, {});
}`,
    args: fc.tuple(fc.array(name), callback),
    level: 'safe',
  },
  {
    name: 'counts in a loop',
    source: `export function subject(names: string[], f: (x: unknown) => unknown) {
  let counts: Record<string, any> = {};
  for (const name of names) {
    try {
      counts = { ...counts, ['#' + name]: (counts['#' + name] ?? 0) + 1 + String(f(name)) };
    } catch {
      if (Object.keys(counts).length > 3) break;
    }
  }
  return { counts };
}`,
    args: fc.tuple(fc.array(name), callback),
    level: 'safe',
  },
  {
    name: 'any key, by entries',
    source: `export function subject(pairs: [string, unknown][], f: (x: unknown) => unknown) {
  return pairs.reduce((all, [key, value], i) => ({ ...all, [key]: [value, f(key), i] }), {});
}`,
    args: fc.tuple(fc.array(fc.tuple(name, value)), callback),
  },
  {
    name: 'any key, by entries of a list that has no holes',
    source: `export function subject(source: Record<string, unknown>) {
  return Object.keys(source).reduce((all, key) => ({ ...all, [key]: source[key] }), {});
}`,
    args: fc.tuple(fc.dictionary(name, value, { noNullPrototype: true })),
    level: 'safe',
  },
  {
    name: 'symbols and numbers as keys, by entries',
    source: `export function subject(list: (symbol | number)[]) {
  const result = [...list].reduce((all, key) => ({ ...all, [key]: typeof key }), {});
  return [result, Object.getOwnPropertySymbols(result).length, Object.getPrototypeOf(result) === Object.prototype];
}`,
    args: fc.tuple(fc.array(fc.oneof(number, fc.constantFrom(Symbol.iterator, Symbol.for('x'))))),
  },
] satisfies readonly EquivalenceSubject[];
