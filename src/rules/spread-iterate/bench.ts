import type { RuleBench } from '../proof.ts';

const numbers = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

export default [
  {
    name: 'a copy before map()',
    source: `export function run(xs: number[]): number {
  return [...xs].map((x) => x * 2).length;
}
`,
    input: numbers,
    sizes: [10, 10_000],
  },
  {
    name: 'a copy before a search that ends soon',
    source: `export function run(xs: number[]): number {
  return xs.slice().find((x) => x > 2) ?? -1;
}
`,
    input: numbers,
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
