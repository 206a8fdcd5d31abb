import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'every second of n elements',
    source: `export function run(xs: number[]): number[] {
  return xs.flatMap((x) => (x % 2 > 0 ? [x * 2] : []));
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => index),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
