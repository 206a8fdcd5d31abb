import type { Snippet } from '../snippet.ts';

/** Line of the edit as it was sent (from 1) of an index into the snippet's lines. */
export function editLineOf(snippet: Snippet, index: number): number {
  return snippet.editLines?.[index] ?? index + 1;
}
