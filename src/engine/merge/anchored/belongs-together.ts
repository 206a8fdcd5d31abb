import { isImportLine } from '../gate/pieces.ts';
import { isStructural } from './line-table.ts';

/** What a file begins with, comments too. */
export const fileHead = /^(?:\/[/*]|#(?!\[)|(?:package|module|library)\b|["']use strict["'])/;

const declaration =
  /^(?:export\s+)?(?:const|let|var|static|final|type|#\s*define)\s+(?:mut\s+)?([\p{L}_$][\p{L}\p{N}_$]*)|^([\p{L}_$][\p{L}\p{N}_$]*)\s*:?=/u;

/**
 * Whether lines of the file before or behind definitions go with them: the head of the file, imports, what the definitions use,
 * or what uses them. Nobody who sends these definitions as they are means such lines to go.
 */
export function belongsTogether(
  beyond: readonly string[],
  definitions: { readonly names: readonly string[]; readonly lines: readonly string[] },
): boolean {
  const names = new Set(definitions.names);
  // without whole definitions nothing says what belongs to the edit
  if (names.size === 0) return false;
  const used = wordsOf(definitions.lines);
  const solid = beyond.filter((line) => !isStructural(line.trim()));
  if ([...wordsOf(solid)].some((word) => names.has(word))) return true;
  return solid.every((line) => {
    const [, declared, assigned] = declaration.exec(line) ?? [];
    const name = declared ?? assigned;
    return fileHead.test(line) || isImportLine(line) || (name !== undefined && used.has(name));
  });
}

function wordsOf(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []));
}
