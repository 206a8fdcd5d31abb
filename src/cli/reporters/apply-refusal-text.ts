import type { ApplyResult } from '../../app/apply-result.ts';
import type { Place, Refusal } from '../../engine/merge/merge.ts';
import type { Terminal } from '../terminal.ts';
import { visibleLine, wrapLine } from '../visible-text.ts';
import { fallbackText } from './fallback-text.ts';
import { refusalAdvice } from './refusal-advice.ts';

/** Longer lines of code say no more; in a pipe there is no width to go by. */
const pipeColumns = 160;

/**
 * A refusal: which file, why, what to look at, and what would make it work.
 *
 *     refused: src/a.ts (E_APPLY_AMBIGUOUS)
 *       The edit fits two places.
 *       edit line 2    | return total;
 *       places it could mean, by line of the file:
 *         12-14        | return total;
 *         40-42        | return total;
 *       help: Repeat the line above the change.
 */
export function refusalText({ path = '', edit }: ApplyResult, refusal: Refusal, terminal: Terminal): string {
  const { paint, isTTY, columns } = terminal;
  const say = (line: string): string => `  ${isTTY ? wrapLine(line, columns - 2, '    ') : line}`;
  const rows: string[] = [];
  const { message, code, editLine, candidates, difference, fellBack } = refusal;
  rows.push(`${paint.red('refused:')} ${paint.bold(visibleLine(path))} (${code})`, say(visibleLine(message)));
  const line = editLine === undefined ? undefined : edit.split(/\r\n|\n|\r/)[editLine - 1];
  if (editLine !== undefined && line !== undefined) {
    rows.push(codeRow(`edit line ${String(editLine)}`, line, terminal));
  }
  rows.push(...placeRows(candidates, terminal));
  if (difference !== undefined) {
    rows.push(`  first difference, line ${String(difference.line)} of the file:`);
    rows.push(codeRow('  file has', difference.found, terminal), codeRow('  edit has', difference.expected, terminal));
  }
  if (fellBack !== undefined) rows.push(fallbackText(fellBack, paint));
  rows.push(say(`${paint.cyan('help:')} ${visibleLine(refusalAdvice(refusal))}`));
  return `${rows.join('\n')}\n`;
}

function placeRows(places: readonly Place[], terminal: Terminal): string[] {
  if (places.length === 0) return [];
  const rows = places.map((place) => codeRow(`  ${rangeText(place)}`, place.text, terminal));
  return [`  ${places.length === 1 ? 'nearest place' : 'places it could mean'}, by line of the file:`, ...rows];
}

function rangeText({ startLine, endLine }: Place): string {
  return startLine === endLine ? String(startLine) : `${String(startLine)}-${String(endLine)}`;
}

const labelWidth = 14;

/** A label and a line of code, which is cut rather than wrapped. */
function codeRow(label: string, line: string, { isTTY, columns, paint }: Terminal): string {
  const head = `  ${label.padEnd(labelWidth)} `;
  const room = Math.max(20, (isTTY ? columns : pipeColumns) - head.length - 2);
  return `${paint.dim(head)}| ${cut(visibleLine(line), room)}`;
}

function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  return `${text.slice(0, room - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
