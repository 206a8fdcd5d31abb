import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'a copy that is kept',
    source: `export function run(xs: readonly number[]): number[] {
  const copy: number[] = [];
  for (const x of xs) copy.push(x);
  return copy;
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => index),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
