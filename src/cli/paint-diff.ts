import type { Paint, Terminal } from './terminal.ts';
import { visibleText } from './visible-text.ts';

/** Colours the lines of a unified diff by their kind. */
export function paintDiff(diff: string, paint: Paint): string {
  return diff
    .split('\n')
    .map((line) => {
      if (line === '') return '';
      if (/^(--- |\+\+\+ )/.test(line)) return paint.bold(line);
      if (line.startsWith('@@')) return paint.cyan(line);
      if (line.startsWith('+')) return paint.green(line);
      return line.startsWith('-') ? paint.red(line) : line;
    })
    .join('\n');
}

/**
 * A diff for standard output. In a pipe it is the patch itself; on a terminal carriage returns at line ends are dropped and
 * control characters made visible.
 */
export function shownDiff(diff: string, { isTTY, paint }: Pick<Terminal, 'isTTY' | 'paint'>): string {
  return paintDiff(isTTY ? visibleText(diff.replaceAll('\r\n', '\n')) : diff, paint);
}
