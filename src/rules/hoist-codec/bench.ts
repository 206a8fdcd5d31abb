import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'short chunks',
    source: `export function run(chunks: Uint8Array[]): number {
  let length = 0;
  for (const chunk of chunks) length += new TextDecoder().decode(chunk).length;
  return length;
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => Buffer.from(`chunk ${String(index)}`)),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
