import type { RuleBench } from '../proof.ts';

const rows = (size: number): { key: string; id: number }[] =>
  Array.from({ length: size }, (_, index) => ({ key: `group ${String(index % 3)}`, id: index }));

export default [
  {
    name: 'a loop over rows of three groups',
    source: `export function run(rows: { key: string; id: number }[]): Record<string, number[]> {
  const groups: Record<string, number[]> = {};
  for (const row of rows) {
    groups[row.key] = [...(groups[row.key] ?? []), row.id];
  }
  return groups;
}
`,
    input: rows,
    sizes: [10, 1000, 10_000],
  },
  {
    name: 'reduce over rows of three groups',
    source: `export function run(rows: { key: string; id: number }[]) {
  return rows.reduce((groups: Record<string, number[]>, row) => {
    groups[row.key] = [...(groups[row.key] || []), row.id];
    return groups;
  }, {});
}
`,
    input: rows,
    sizes: [10, 1000],
  },
] satisfies readonly RuleBench[];
