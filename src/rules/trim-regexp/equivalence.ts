import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const blank = fc.constantFrom(
  ...' \t\n\r\v\f\u00a0\u1680\u2000\u2009\u2028\u2029\u202f\u205f\u3000\ufeff\u180e\u200b\u0085\0a\u{1F680}'.split(''),
);
const text = fc.oneof(
  fc.array(blank).map((parts) => parts.join('')),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

export default [
  {
    name: 'both ends, and each alone',
    source:
      "export function subject(s: string) { return [s.replace(/^\\s+|\\s+$/g, ''), s.replace(/\\s+$|^\\s+/gu, ''), s.replace(/^\\s+/, ''), s.replace(/\\s+$/, ''), s.replace(/\\s*$/g, ''), s.replaceAll(/^\\s*/g, '')]; }\n",
    args: fc.tuple(text),
    level: 'safe',
  },
  {
    name: 'a text that nothing is known about',
    source: "export function subject(record: any) { return record.text.replace(/^\\s+|\\s+$/g, '').length; }\n",
    args: fc.tuple(fc.record({ text: text })),
  },
] satisfies readonly EquivalenceSubject[];
