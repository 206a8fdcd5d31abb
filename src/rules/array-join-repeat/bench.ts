import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'rules as wide as their titles',
    source: `export function run(titles: string[]): number {
  let length = 0;
  for (const title of titles) length += new Array(title.length + 1).join('=').length;
  return length;
}
`,
    input: (size) => Array.from({ length: 50 }, (_, index) => 'x'.repeat(size) + String(index)),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
