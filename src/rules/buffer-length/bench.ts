import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'lengths of message bodies',
    source: `export function run(bodies: string[]): number {
  let bytes = 0;
  for (const body of bodies) bytes += Buffer.from(body).length;
  return bytes;
}
`,
    input: (size) => Array.from({ length: 100 }, (_, index) => `${'é, 1 '.repeat(size / 5)}${String(index)}`),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
