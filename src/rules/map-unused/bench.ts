import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'a sum by calls',
    source: `export function run(xs: number[]): number {
  let sum = 0;
  xs.map((x) => {
    sum += x;
  });
  return sum;
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => index),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
