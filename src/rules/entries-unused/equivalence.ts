import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const records = fc.oneof(
  fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('1', '0', 'length', '__proto__')), fc.anything()),
  fc.array(fc.anything()),
  fc.string(),
  fc.constantFrom(null, undefined, 1),
);

export default [
  {
    name: 'loops over one half',
    source: `export function subject(o: any) {
  const seen: unknown[] = [];
  for (const [key] of Object.entries(o)) seen.push(key);
  for (const [, value] of Object.entries<any>(o)) seen.push(value);
  for (let [key] of Object.entries(o)) { key += '!'; seen.push(key); }
  return seen;
}
`,
    args: fc.tuple(records),
  },
  {
    name: 'callbacks that take one half',
    source:
      'export function subject(o: any, f: any) { return [Object.entries(o).map(([key], index) => f(key, index)), Object.entries(o).some(([, value]) => f(value)), Object.entries(o).flatMap(function ([key]) { return [key, key]; })]; }\n',
    args: fc.tuple(records, fc.func(fc.boolean())),
  },
  {
    name: 'numbers of properties, and properties that come while they are visited',
    source: `export function subject(o: any) {
  for (const [key] of Object.entries(o)) if (!key.endsWith('+')) o[key + '+'] = 1;
  return [Object.entries(o).length, Object.values(o).length];
}
`,
    args: fc.tuple(fc.dictionary(fc.string(), fc.anything())),
  },
] satisfies readonly EquivalenceSubject[];
