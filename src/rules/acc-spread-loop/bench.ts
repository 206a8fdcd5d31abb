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
    source: `interface TreeNode { name: string; parent: TreeNode | undefined }

export function run(leaf: TreeNode) {
  let path: string[] = [];
  for (let at: TreeNode | undefined = leaf; at !== undefined; at = at.parent) path = [at.name, ...path];
  return path;
}`,
    input: (size) => {
      let node: { name: string; parent: unknown } | undefined;
      for (let i = 0; i < size; i += 1) node = { name: `node ${String(i)}`, parent: node };
      return node;
    },
    sizes: [10, 1000, 10_000],
  },
] satisfies readonly RuleBench[];
