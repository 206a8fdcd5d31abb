import type { ReportedFinding } from '../../app/analyzed-file.ts';
import type { Paint } from '../terminal.ts';
import { visibleText } from '../visible-text.ts';

/** The lines around a finding, with its first line marked; lines that do not fit are cut, so that the mark stays below its code. */
export function codeFrame(
  { frame, line, column, endLine, endColumn }: ReportedFinding,
  columns: number,
  paint: Paint,
): string {
  const last = frame.firstLine + frame.lines.length - 1;
  const gutter = String(last).length;
  const room = Math.max(20, columns - gutter - 6);
  // of a line that is too long, the part with the finding is shown
  const shift = column > room - 10 ? column - 10 : 0;
  const rows: string[] = [];
  frame.lines.forEach((text, index) => {
    const number = frame.firstLine + index;
    const isMarked = number >= line && number <= endLine;
    const shown = expandTabs(text.slice(shift, shift + room));
    const mark = isMarked ? paint.red('>') : ' ';
    rows.push(`${mark} ${paint.dim(`${String(number).padStart(gutter)} |`)} ${visibleText(shown)}`);
    if (number !== line) return;
    const before = expandTabs(text.slice(shift, column - 1)).length;
    const end = endLine === line ? endColumn - 1 : text.length;
    const width = Math.max(1, Math.min(expandTabs(text.slice(column - 1, end)).length, room - before));
    rows.push(`  ${' '.repeat(gutter)} ${paint.dim('|')} ${' '.repeat(before)}${paint.red('^'.repeat(width))}`);
  });
  return rows.join('\n');
}

function expandTabs(text: string): string {
  return text.replaceAll('\t', '  ');
}
