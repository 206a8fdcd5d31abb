import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc
    .array(fc.constantFrom('.ts', 'a', "'", '"', '\\', '/', '\n', '\u{1F680}', '\ude80', '-'))
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

export default [
  {
    name: 'plain texts at the end',
    source:
      "export function subject(s: string) { return [/a$/.test(s), /\\.ts$/.test(s), /'$/.test(s), /\"'$/.test(s), /\\\\$/.test(s), /\\/a\\/$/.test(s), /\u{1F680}$/.test(s), /\\-a$/.test(s), /ts\\.$/.test(s + '.'), /a a$/.test(`${s} a`)]; }\n",
    args: fc.tuple(text),
  },
] satisfies readonly EquivalenceSubject[];
