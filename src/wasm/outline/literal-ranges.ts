import type { Ranges } from '../../engine/merge/outline.ts';
import { names } from '../../engine/syntax-tree.ts';
import type { SyntaxTree } from '../../engine/syntax-tree.ts';

/** Strings, regular expressions, the fixed parts of templates, and text between JSX tags. */
export function literalRanges(tree: SyntaxTree): Ranges {
  const whole = new Set(['StringLiteral', 'RegExpLiteral', 'JSXText'].map((kind) => names.find(kind)));
  const templatePart = names.find('TemplateElement');
  const ranges: number[] = [];
  for (let node = 0; node < tree.count; node += 1) {
    const kind = tree.kind[node] ?? 0;
    let start = tree.start[node] ?? 0;
    let end = tree.end[node] ?? 0;
    if (kind === templatePart) {
      // with its back-tick where it has one; `${` and `}` are code
      if (tree.text.charAt(start - 1) === '`') start -= 1;
      if (tree.text.charAt(end) === '`') end += 1;
    } else if (!whole.has(kind)) continue;
    if (start < end) ranges.push(start, end);
  }
  return Int32Array.from(ranges);
}
