import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'cells of a table',
    source: `export function run(cells: string[]): number {
  let length = 0;
  for (const cell of cells) length += cell.replace(/^\\s+|\\s+$/g, '').length;
  return length;
}
`,
    input: (size) => Array.from({ length: 100 }, (_, index) => `  ${'word '.repeat(size)}${String(index)}  `),
    sizes: [2, 100],
  },
  {
    name: 'the end of lines with long runs of blanks',
    source: `export function run(lines: string[]): number {
  let length = 0;
  for (const line of lines) length += line.replace(/\\s+$/, '').length;
  return length;
}
`,
    input: (size) => Array.from({ length: 20 }, (_, index) => `a${' '.repeat(size)}b${String(index)}  `),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
