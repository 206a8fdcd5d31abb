import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'the last entry of a log',
    source: `export function run(entries: string[]): string | undefined {
  return entries.slice(-1)[0];
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => `entry ${String(index)}`),
    sizes: [10, 10_000],
  },
  {
    name: 'the third column',
    source: `export function run(columns: string[]): string | undefined {
  return columns.slice(2)[0];
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => `column ${String(index)}`),
    sizes: [10, 10_000],
  },
  {
    name: 'the newest of a history',
    source: `export function run(history: number[]): number | undefined {
  return [...history].reverse()[0];
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => index),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
