import { trimmedLines } from '../trimmed-lines.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { keptLines } from './kept-lines.ts';
import { isStrong } from './line-strength.ts';
import type { Hunk } from './merged-rows.ts';
import { shown } from './text-rules.ts';

/** A block that is known again has so many lines that say something. */
const fewestLines = 3;

/**
 * G7: a block comes in that stands once in the same definition and stays there, where the edit says nothing of it: most likely
 * it was moved, and the edit leaves the old copy out.
 */
export function movedFailures(assembled: Assembled, before: readonly PlacedDefinition[]): GateFailure[] {
  const { merged, input, file } = assembled;
  const inFile = file.linesWithin({ from: 0, to: input.text.lines.length });
  const inEdit = trimmedLines(input.snippet.lines).filter((line) => line !== '');
  const kept = keptLines(merged);
  const failures: GateFailure[] = [];
  for (const hunk of merged.hunks) {
    const block = blockOf(assembled, hunk);
    if (block.filter(isStrong).length < fewestLines) continue;
    const places = placesOf(block, inFile);
    const [place] = places;
    if (place === undefined || places.length > 1 || showsBoth(block, inEdit)) continue;
    const line = file.lineAt(place);
    const stays = block.every((_, offset) => kept.has(file.lineAt(place + offset)));
    if (!stays || !inOneDefinition(hunk, line, before)) continue;
    const message = `the lines from \`${shown(block[0])}\` on stand at line ${line + 1} already, and would stay there`;
    failures.push({ gate: 'G7', code: 'E_APPLY_DUPLICATE', message, lines: [line + 1] });
  }
  return failures;
}

function blockOf({ merged }: Assembled, { rowStart, rowEnd }: Hunk): string[] {
  return merged.rows
    .slice(rowStart, rowEnd)
    .map(({ line }) => line.trim())
    .filter((line) => line !== '');
}

/** The edit has the first line that says something twice: it knows of both copies. */
function showsBoth(block: readonly string[], edit: readonly string[]): boolean {
  const first = block.find(isStrong);
  return edit.filter((line) => line === first).length > 1;
}

function placesOf(block: readonly string[], lines: readonly string[]): number[] {
  const places: number[] = [];
  const [first = ''] = block;
  for (let start = lines.indexOf(first); start >= 0 && places.length < 2; start = lines.indexOf(first, start + 1))
    if (block.every((line, offset) => lines[start + offset] === line)) places.push(start);
  return places;
}

function inOneDefinition(hunk: Hunk, line: number, before: readonly PlacedDefinition[]): boolean {
  return before.some(
    ({ startLine, endLine }) => startLine < hunk.start && hunk.start <= endLine && startLine <= line && line <= endLine,
  );
}
