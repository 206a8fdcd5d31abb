import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc.array(fc.constantFrom('a', 'b', '\u{1F680}', '\ud83d', '')).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

export default [
  {
    name: 'every comparison with 0',
    source:
      "export function subject(s: string, x: string) { return [s.indexOf(x) === 0, s.indexOf(x) == 0, s.indexOf(x) !== 0, 0 != s.indexOf(x), s.indexOf('a') === -0, `${x}b`.indexOf('') === 0]; }\n",
    args: fc.tuple(text, text),
  },
  {
    name: 'in conditions',
    source:
      "export function subject(s: string, n: number) { if (s.indexOf('ab') !== 0 && n > 0) return 1; return s.trim().indexOf(s) === 0 ? 2 : !(s.indexOf('b') === 0); }\n",
    args: fc.tuple(text, fc.integer({ min: -1, max: 1 })),
  },
] satisfies readonly EquivalenceSubject[];
