import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'texts that do not begin so',
    source: `export function run(texts: string[]): number {
  let count = 0;
  for (const text of texts) if (text.indexOf('##') === 0) count += 1;
  return count;
}
`,
    input: (size) => Array.from({ length: 100 }, (_, index) => `${'lorem ipsum '.repeat(size / 10)}${String(index)}`),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
