import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'path from a leaf to the root',
    source: `export function run({ names, parents }: { names: string[]; parents: number[] }) {
  const path: string[] = [];
  for (let at = names.length - 1; at >= 0; at = parents[at]!) path.unshift(names[at]!);
  return path;
}`,
    input: (size) => ({
      names: Array.from({ length: size }, (_, i) => `node ${String(i)}`),
      parents: Array.from({ length: size }, (_, i) => i - 1),
    }),
    sizes: [10, 1000, 10_000],
  },
] satisfies readonly RuleBench[];
