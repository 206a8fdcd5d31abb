import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'values one by one',
    source: `export function run(lines: string[]): string[] {
  let kept: string[] = [];
  for (const line of lines) {
    if (line !== '') kept = kept.concat(line);
  }
  return kept;
}`,
    input: (size) => Array.from({ length: size }, (_, i) => (i % 10 === 0 ? '' : `line ${String(i)}`)),
    sizes: [10, 1000, 10_000],
  },
  {
    name: 'short arrays',
    source: `export function run(groups: { items: number[] }[]): number[] {
  return groups.reduce<number[]>((all, group) => all.concat(group.items), []);
}`,
    input: (size) => Array.from({ length: size }, (_, i) => ({ items: [i, i + 1, i + 2] })),
    sizes: [10, 100, 3000],
  },
] satisfies readonly RuleBench[];
