import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc.array(fc.constantFrom('.', '/', 'a', '\u{1F680}', '\ud83d')).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

export default [
  {
    name: 'last parts of variables and properties',
    source:
      "export function subject(s: string, o: { path: string }) { return [s.split('.').pop(), s.split('/').at(-1), o.path.split('.').pop()!.length, `${s.split(' ').pop()}!`, s.split('\\ud83d').pop()]; }\n",
    args: fc.tuple(text, fc.record({ path: text })),
  },
] satisfies readonly EquivalenceSubject[];
