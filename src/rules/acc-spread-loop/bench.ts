import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'collect the lines that are no comments',
    source: `export function run(lines: string[]) {
  let kept: string[] = [];
  for (const line of lines) {
    if (line.startsWith('#')) continue;
    kept = [...kept, line];
  }
  return kept;
}`,
    input: (size) => Array.from({ length: size }, (_, i) => (i % 10 === 0 ? '# comment' : `line ${String(i)}`)),
    sizes: [10, 1000, 10_000],
  },
  {
    name: 'path from a leaf to the root',
    source: `export function run({ names, parents }: { names: string[]; parents: number[] }) {
  let path: string[] = [];
  for (let at = names.length - 1; at >= 0; at = parents[at]!) path = [names[at]!, ...path];
  return path;
}`,
    input: (size) => ({
      names: Array.from({ length: size }, (_, i) => `node ${String(i)}`),
      parents: Array.from({ length: size }, (_, i) => i - 1),
    }),
    sizes: [10, 1000, 10_000],
  },
] satisfies readonly RuleBench[];
