import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const key = fc.oneof(
  fc.string({ maxLength: 2 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '1', 'length'),
);

export default [
  {
    name: 'keys of records',
    source:
      "export function subject(o: Record<string, unknown>, key: string) { return [Object.keys(o).includes(key), !Object.keys(o).includes(`${key}1`), Object.keys({ [key]: 1, a: 2 }).includes('a')]; }\n",
    args: fc.tuple(fc.dictionary(key, fc.anything()), key),
  },
] satisfies readonly EquivalenceSubject[];
