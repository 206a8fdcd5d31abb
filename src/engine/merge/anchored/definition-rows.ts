import type { DefinitionKind, Outline } from '../outline.ts';
import { lineStarts, type TextLines } from '../text-lines.ts';
import type { LineTable } from './line-table.ts';

const unnamed: ReadonlySet<DefinitionKind> = new Set(['variable', 'signature', 'macro']);

/** Names of the definitions whose headers stand on each row of the file. */
export function definitionRows(outline: Outline | undefined, text: TextLines, table: LineTable): Map<number, string> {
  const names = new Map<number, string>();
  if (outline === undefined) return names;
  const starts = lineStarts(text);
  const rowOfLine = new Map<number, number>();
  table.lineOfRow.forEach((line, row) => rowOfLine.set(line, row));
  for (const { name, kind, headerStart } of outline.definitions) {
    if (unnamed.has(kind)) continue;
    const row = rowOfLine.get(lineOfOffset(starts, headerStart));
    if (row !== undefined) names.set(row, name);
  }
  return names;
}

/** The line (from 0) that an offset lies in. */
export function lineOfOffset(starts: Int32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
