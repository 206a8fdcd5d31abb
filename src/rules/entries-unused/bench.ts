import type { RuleBench } from '../proof.ts';

const records = (size: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: size }, (_, index) => [`key ${String(index)}`, index]));

export default [
  {
    name: 'sum of the values',
    source: `export function run(o: Record<string, number>): number {
  let sum = 0;
  for (const [, value] of Object.entries(o)) sum += value;
  return sum;
}
`,
    input: records,
    sizes: [10, 10_000],
  },
  {
    name: 'length of the keys',
    source: `export function run(o: Record<string, number>): number {
  let length = 0;
  Object.entries(o).forEach(([key]) => {
    length += key.length;
  });
  return length;
}
`,
    input: records,
    sizes: [10, 10_000],
  },
  {
    name: 'number of properties',
    source: `export function run(o: Record<string, number>): number {
  return Object.entries(o).length;
}
`,
    input: records,
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
