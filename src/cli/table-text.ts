import { wrapLine } from './visible-text.ts';

export interface TableOptions {
  readonly paintHeader: (text: string) => string;
  /** Wrap the last column so that rows fit; without it rows are as long as they are. */
  readonly columns?: number;
}

/** Below this many characters a wrapped column is no longer readable: the text goes under its row instead. */
const minimumLastColumn = 24;
const gap = '  ';

/** Rows (the first is the header) in aligned columns. */
export function tableText(rows: readonly (readonly string[])[], options: TableOptions): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  const head = widths.slice(0, -1).reduce((sum, width) => sum + width + gap.length, 0);
  return rows
    .map((row, index) => {
      const line = rowText(row, widths, head, options.columns);
      return index === 0 ? options.paintHeader(line) : line;
    })
    .join('\n');
}

function rowText(row: readonly string[], widths: readonly number[], head: number, columns?: number): string {
  const leading = row.slice(0, -1).map((cell, index) => cell.padEnd(widths[index] ?? 0) + gap);
  const final = row.at(-1) ?? '';
  if (columns === undefined) return leading.join('') + final;
  if (columns - head >= minimumLastColumn) {
    return leading.join('') + wrapLine(final, columns - head, '').replaceAll('\n', `\n${' '.repeat(head)}`);
  }
  return `${leading.join('').trimEnd()}\n    ${wrapLine(final, columns - 4, '').replaceAll('\n', '\n    ')}`;
}
