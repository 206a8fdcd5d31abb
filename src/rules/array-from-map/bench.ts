import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'doubled numbers',
    source: `export function run(xs: number[]): number {
  return Array.from(xs, (x) => x * 2).length;
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => index),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
