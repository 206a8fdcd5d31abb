import type { RuleBench } from '../proof.ts';

/** Lines that are all different: V8 remembers how it split the same text. */
function lines(columns: number): string[] {
  return Array.from({ length: 200 }, (_, row) =>
    Array.from({ length: columns }, (_, column) => `cell ${String(row)}:${String(column)}`).join(','),
  );
}

export default [
  {
    name: 'the first column of CSV lines',
    source: `export function run(lines: string[]): number {
  let length = 0;
  for (const line of lines) length += line.split(',')[0].length;
  return length;
}
`,
    input: lines,
    sizes: [2, 10, 1_000],
  },
  {
    name: 'the second column of CSV lines, by a regular expression',
    source: `export function run(lines: string[]): number {
  let length = 0;
  for (const line of lines) {
    const [, second] = line.split(/\\s*,\\s*/);
    length += second.length;
  }
  return length;
}
`,
    input: lines,
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
