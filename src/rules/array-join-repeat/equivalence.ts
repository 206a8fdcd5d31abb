import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('', '\ud800', '\u{1F680}'));

export default [
  {
    name: 'lengths and literals',
    source:
      "export function subject(s: string, xs: readonly unknown[]) { return [new Array(xs.length + 1).join(s), Array(1 + s.length).join('ab'), Array(4).join(s), new Array(1).join(s), `${Array(s.length + 1).join(`${s}-`)}|`]; }\n",
    args: fc.tuple(text, fc.array(fc.anything())),
  },
] satisfies readonly EquivalenceSubject[];
