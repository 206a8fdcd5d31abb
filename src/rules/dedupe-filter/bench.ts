import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'texts of which a third occurs once',
    source: `export function run(texts: string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) === index);
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => `name ${String(index % Math.ceil(size / 3))}`),
    sizes: [10, 100, 10_000],
  },
] satisfies readonly RuleBench[];
