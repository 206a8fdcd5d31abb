import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'count rows of groups',
    source: `export function run(groups: number[][]): number {
  let rows = 0;
  for (const group of groups as readonly number[][]) {
    const members: number[] = Array.from(group);
    rows += [...members].length;
  }
  return rows;
}
`,
    input: (size) => Array.from({ length: 10 }, () => Array.from({ length: size }, (_, index) => index)),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
