import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'words of one list that are in another',
    source: `export function run({ words, known }: { words: string[]; known: string[] }): number {
  return words.filter((word) => new Set(known).has(word)).length;
}
`,
    input: (size) => ({
      words: Array.from({ length: size }, (_, index) => `word ${String(index * 2)}`),
      known: Array.from({ length: size }, (_, index) => `word ${String(index)}`),
    }),
    sizes: [10, 1000],
  },
] satisfies readonly RuleBench[];
