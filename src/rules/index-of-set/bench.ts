import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'words that are in a list of as many',
    source: `export function run({ words, known }: { words: string[]; known: string[] }): number {
  return words.filter((word) => known.indexOf(word) !== -1).length;
}
`,
    input: (size) => ({
      words: Array.from({ length: size }, (_, index) => `word ${String(index * 2)}`),
      known: Array.from({ length: size }, (_, index) => `word ${String(index)}`),
    }),
    sizes: [10, 40, 100, 3000],
  },
] satisfies readonly RuleBench[];
