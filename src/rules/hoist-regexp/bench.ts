import type { RuleBench } from '../proof.ts';

const lines = (size: number): string[] =>
  Array.from(
    { length: size },
    (_, index) => `${String(index)} GET /items/${String(index * 7919)} ${index % 5 === 0 ? 'error' : 'ok'}`,
  );

export default [
  {
    name: 'a constant pattern for each line of a log',
    source:
      "export function run(lines: string[]): number { let n = 0; for (const line of lines) { if (new RegExp('^[0-9]+ GET ').test(line)) n += 1; } return n; }\n",
    input: lines,
    sizes: [10, 1_000],
  },
  {
    name: 'the same word searched in each line',
    source:
      "export function run({ lines, word }: { lines: string[]; word: string }): number { return count(lines, word); }\nfunction count(lines: string[], word: string): number { return lines.filter((line) => { const re = new RegExp(`\\\\b${word}\\\\b`, 'i'); return re.test(line); }).length; }\n",
    input: (size) => ({ lines: lines(size), word: 'error' }),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
