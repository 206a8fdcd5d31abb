import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'batches of ten',
    source: `export function run(items: number[]) {
  const rest = [...items];
  const batches: number[][] = [];
  while (rest.length > 0) {
    batches.push(rest.splice(0, 10));
  }
  return batches.length;
}`,
    input: (size) => Array.from({ length: size }, (_, i) => i),
    sizes: [10, 100, 1000, 50_000],
  },
] satisfies readonly RuleBench[];
