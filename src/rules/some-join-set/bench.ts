import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'rows that are new, of two tables of as many',
    source: `interface Row {
  id: string;
}
export function run({ rows, known }: { rows: Row[]; known: Row[] }): number {
  return rows.filter((row) => !known.some((other) => other.id === row.id)).length;
}
`,
    input: (size) => ({
      rows: Array.from({ length: size }, (_, index) => ({ id: `row ${String(index * 2)}` })),
      known: Array.from({ length: size }, (_, index) => ({ id: `row ${String(index)}` })),
    }),
    sizes: [10, 40, 100, 3000],
  },
] satisfies readonly RuleBench[];
