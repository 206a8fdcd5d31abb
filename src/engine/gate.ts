import { applyEdits, areDisjoint, type Edit } from './edit.ts';
import type { SyntaxTree } from './syntax-tree.ts';

/**
 * Checks a rewritten text against the original, whoever made the edits. Gives the first reason to refuse, or `undefined`.
 * The remaining law, that a second run changes nothing, is the end condition of the optimise loop itself.
 */
export function gateReason(before: SyntaxTree, after: SyntaxTree, edits: readonly Edit[]): string | undefined {
  if (after.problems.length > before.problems.length)
    return `the result has a syntax error: ${after.problems[0]?.message ?? ''}`;
  if (!areDisjoint(edits) || edits.some((edit) => edit.start > edit.end || edit.end > before.text.length))
    return 'edits overlap';
  if (applyEdits(before.text, edits) !== after.text) return 'the edits do not give the result';
  const lost = lostComment(before, after);
  if (lost !== undefined) return `a comment would be lost: ${lost.slice(0, 60)}`;
  // code that became part of a comment, or a comment that came twice
  if (after.comments.length > before.comments.length) return 'a comment would be added';
  if (hashbang(before.text) !== hashbang(after.text)) return 'the #! line would change';
  if (/[\n\r]$/.test(before.text) !== /[\n\r]$/.test(after.text)) return 'the final newline would change';
  return undefined;
}

function lostComment(before: SyntaxTree, after: SyntaxTree): string | undefined {
  const kept = new Map<string, number>();
  for (const text of commentTexts(after)) kept.set(text, (kept.get(text) ?? 0) + 1);
  return commentTexts(before).find((text) => {
    const count = kept.get(text) ?? 0;
    kept.set(text, count - 1);
    return count === 0;
  });
}

function commentTexts(tree: SyntaxTree): string[] {
  return tree.comments.map((comment) => tree.text.slice(comment.start, comment.end).trimEnd());
}

function hashbang(text: string): string | undefined {
  return /^#!.*/.exec(text)?.[0];
}
