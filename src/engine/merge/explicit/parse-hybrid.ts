import type { Snippet } from '../snippet.ts';
import type { Hunk, HunkList } from './hunk.ts';
import { readSignedSnippet } from './marked-lines.ts';

/** Each segment of a snippet with signs is a hunk; one without signs must stand in the file as it is. */
export function parseHybrid({ segments, editLines }: Snippet): HunkList {
  const hunks = segments.map(({ lines, firstLine }): Hunk => ({
    readings: readSignedSnippet(lines),
    editLine: editLines?.[firstLine] ?? firstLine + 1,
    headers: [],
    atEnd: false,
  }));
  return { hunks, inOrder: true, soundNumbers: false };
}
