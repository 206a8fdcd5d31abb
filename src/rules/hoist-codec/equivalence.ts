import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const chunks = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 6 });

export default [
  {
    name: 'chunks that end within a character',
    source: `export function subject(chunks: Uint8Array[]) {
  const texts: string[] = [];
  for (const chunk of chunks) texts.push(new TextDecoder().decode(chunk));
  return [texts, chunks.map((chunk) => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(chunk))];
}
`,
    args: fc.tuple(chunks),
  },
  {
    name: 'bytes that are refused, and an encoding that does not exist',
    source: `export function subject(chunks: Uint8Array[]) {
  const texts: unknown[] = [];
  for (const chunk of chunks) {
    try {
      texts.push(new TextDecoder('utf-8', { fatal: true }).decode(chunk));
    } catch (error) {
      texts.push((error as Error).name);
    }
  }
  for (const chunk of chunks) texts.push(new TextDecoder('none').decode(chunk));
  return texts;
}
`,
    args: fc.tuple(chunks),
  },
] satisfies readonly EquivalenceSubject[];
