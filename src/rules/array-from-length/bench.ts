import type { RuleBench } from '../proof.ts';

const numbers = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

export default [
  {
    name: 'squares',
    source: `export function run(xs: number[]): number {
  return Array.from({ length: xs.length }, (_, index) => index * index).length;
}
`,
    input: numbers,
    sizes: [10, 10_000],
  },
  {
    name: 'zeros',
    source: `export function run(xs: number[]): number {
  return Array.from({ length: xs.length }).fill(0).length;
}
`,
    input: numbers,
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
