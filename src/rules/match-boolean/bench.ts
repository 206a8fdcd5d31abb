import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'lines with a number in them, by an expression for all of them',
    source: `export function run(lines: string[]): number {
  let count = 0;
  for (const line of lines) if (line.match(/\\d+/g)) count += 1;
  return count;
}
`,
    input: (size) => Array.from({ length: 100 }, (_, index) => '12 a 3 '.repeat(size) + String(index)),
    sizes: [1, 1_000],
  },
  {
    name: 'words with a capital',
    source: `export function run(words: string[]): number {
  let count = 0;
  for (const word of words) if (/[A-Z]/.exec(word) !== null) count += 1;
  return count;
}
`,
    input: (size) =>
      Array.from({ length: size }, (_, index) => (index % 3 === 0 ? `word${String(index)}` : `Word${String(index)}`)),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
