import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc.array(fc.constantFrom('a', 'aa', '-', '\\', '\u{1F680}', '\ud83d', '$')).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

export default [
  {
    name: 'characters, words, and what is put in again',
    source:
      "export function subject(s: string) { return [s.split('a').join('b'), s.split('aa').join('a'), s.split('\\\\').join('/'), s.split('-').join(''), s.split('\\ud83d').join('x'), s.split('$').join('aa').split('a').join(`\\n`)]; }\n",
    args: fc.tuple(text),
  },
] satisfies readonly EquivalenceSubject[];
