import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', '\udc00a', 'é\u{1F680}', ''),
);

export default [
  {
    name: 'every encoding that is counted',
    source:
      "export function subject(s: string) { return [Buffer.from(s).length, Buffer.from(s, 'utf8').byteLength, Buffer.from(s, 'UTF-8').length, Buffer.from(s, 'utf16le').length, Buffer.from(s, 'ucs2').length, Buffer.from(s, 'latin1').length, Buffer.from(s, 'ascii').length, Buffer.from(s, 'binary').length]; }\n",
    args: fc.tuple(text),
  },
  {
    name: 'computed texts',
    source:
      'export function subject(a: string, n: number) { return Buffer.from(`${a}:${n}`).length + Buffer.from(a.trim() + n).length; }\n',
    args: fc.tuple(text, fc.integer()),
  },
] satisfies readonly EquivalenceSubject[];
