import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', 'b', '.', "'", '"', '\\', '/', '$', 'é', '😀', '\ud83d') }),
);
const replacement = fc.oneof(
  fc.constantFrom<unknown>('$&$&', "$'", '$`', '$1', '$<a>', '$$', '', undefined, null, 5, ['a']),
  fc.constant((...args: unknown[]) => `<${args.map(String).join()}>`),
  fc.constant(() => BigInt(0.5)),
);

export default [
  {
    name: 'texts of every kind, and everything that a replacement can be',
    source: `export function subject(s: string, by: any) {
  return [s.replace(/a/, by), s.replace(/ab/, by), s.replace(/\\./, by), s.replace(/a\\/b/, by), s.replace(/'/, by), s.replace(/"'/, by), s.replace(/\\\\/, by), s.replace(/\\$/, by), s.replace(/é/, by), s.replace(/😀/, by), \`\${s}.\`.replace(/b\\./, by)];
}`,
    args: fc.tuple(text, replacement),
  },
] satisfies readonly EquivalenceSubject[];
