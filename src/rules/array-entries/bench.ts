import type { RuleBench } from '../proof.ts';

const numbers = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

export default [
  {
    name: 'index and element',
    source: `export function run(xs: number[]): number {
  let sum = 0;
  for (const [index, x] of xs.entries()) {
    sum += index * x;
  }
  return sum;
}
`,
    input: numbers,
    sizes: [10, 10_000],
  },
  {
    name: 'the element alone',
    source: `export function run(xs: number[]): number {
  let sum = 0;
  for (const [, x] of xs.entries()) sum += x;
  return sum;
}
`,
    input: numbers,
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
