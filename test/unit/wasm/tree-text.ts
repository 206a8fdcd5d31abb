import type { SyntaxTree } from '../../../src/engine/syntax-tree.ts';
import { Flag } from '../../../src/engine/syntax-tree.ts';

/** One row as text: kind, source text, value and flags. */
export function describeRow(tree: SyntaxTree, row: number): string {
  const value = tree.value[row] ?? -1;
  const flags = Object.entries(Flag).filter(([, bit]) => ((tree.flags[row] ?? 0) & bit) !== 0);
  return [
    kindOf(tree, row),
    JSON.stringify(tree.text.slice(tree.start[row], tree.end[row])),
    ...(value < 0 ? [] : [`=${JSON.stringify(tree.strings[value])}`]),
    ...flags.map(([name]) => `+${name}`),
  ].join(' ');
}

export function kindOf(tree: SyntaxTree, row: number): string {
  return tree.names.name(tree.kind[row] ?? 0);
}

/** Rows of one kind, in order. */
export function rowsOfKind(tree: SyntaxTree, kind: string): number[] {
  return Array.from({ length: tree.count }, (_, row) => row).filter((row) => kindOf(tree, row) === kind);
}

export function describeKind(tree: SyntaxTree, kind: string): string[] {
  return rowsOfKind(tree, kind).map((row) => describeRow(tree, row));
}

/** What is wrong with the links of a table; empty when it keeps its contract. */
export function findBrokenLinks(tree: SyntaxTree): string[] {
  const broken: string[] = [];
  const end: number[] = [];
  for (let row = tree.count - 1; row >= 0; row -= 1) {
    const children: number[] = [];
    for (let child = tree.first[row] ?? -1; child >= 0; child = tree.next[child] ?? -1) children.push(child);
    end[row] = Math.max(row, ...children.map((child) => end[child] ?? 0));
    if (tree.last[row] !== end[row]) broken.push(`last of ${describeRow(tree, row)}`);
    if (children.length > 0 && children[0] !== row + 1) broken.push(`first of ${describeRow(tree, row)}`);
    children.forEach((child, index) => {
      const before = children[index - 1];
      if (tree.parent[child] !== row) broken.push(`parent of ${describeRow(tree, child)}`);
      if ((tree.start[child] ?? 0) < (tree.start[row] ?? 0) || (tree.end[child] ?? 0) > (tree.end[row] ?? 0))
        broken.push(`span of ${describeRow(tree, child)}`);
      if (before !== undefined && (tree.start[child] ?? 0) < (tree.start[before] ?? 0))
        broken.push(`order of ${describeRow(tree, child)}`);
    });
  }
  return broken;
}
