import type { Snippet } from '../snippet.ts';
import { indentOf } from './line-strength.ts';

/** Lines of the snippet that must stand together in the result. */
export interface Piece {
  readonly segment: number;
  /** Of the edit, from 0. */
  readonly firstLine: number;
  /** Without blank lines. */
  readonly lines: readonly string[];
  /** Blank lines of the snippet before each of `lines`. */
  readonly blanksBefore: readonly number[];
  /** Blank lines between it and the piece before it in its segment. */
  readonly blanksAbove: number;
  /** A statement that brings names in: it may stand anywhere among its like. */
  readonly isImport: boolean;
  readonly markerBefore: boolean;
  readonly markerAfter: boolean;
  /** Of the marker behind it, where there is one. */
  readonly markerAfterIndent: string;
}

const importLine =
  /^(?:import\b|from\s+\S+\s+import\b|(?:pub\s+)?use\s|#\s*include\b|using\s|(?:const|let|var)\s[^=]+=\s*require\()/;

/**
 * A segment is one piece, but for two things that people leave unsaid: definitions one after the other, set apart by blank lines,
 * may be further apart in the file; so may import lines, in any order.
 */
export function piecesOf(snippet: Snippet): Piece[] {
  return snippet.segments.flatMap((segment, index) => {
    const starts = pieceStarts(segment.lines);
    return starts.map((start, position): Piece => {
      const end = starts[position + 1] ?? segment.lines.length;
      const lines: string[] = [];
      const blanksBefore: number[] = [];
      let blanks = 0;
      for (const line of segment.lines.slice(start, end)) {
        if (line.trim() === '') {
          blanks += 1;
          continue;
        }
        lines.push(line);
        blanksBefore.push(blanks);
        blanks = 0;
      }
      return {
        segment: index,
        firstLine: segment.firstLine + start,
        lines,
        blanksBefore,
        blanksAbove: blankRun(segment.lines, start),
        isImport: importLine.test(lines[0] ?? ''),
        markerBefore: segment.markerBefore && position === 0,
        markerAfter: segment.markerAfter && position === starts.length - 1,
        markerAfterIndent: segment.markerAfterIndent ?? '',
      };
    });
  });
}

/** A statement of its own that brings names in. */
export function isImportLine(line: string): boolean {
  return importLine.test(line);
}

/** Blank lines right before a line. */
function blankRun(lines: readonly string[], before: number): number {
  let count = 0;
  while (lines[before - count - 1]?.trim() === '') count += 1;
  return count;
}

/** A new piece begins at a line of the outermost level behind a blank line, and at and behind each import statement. */
function pieceStarts(lines: readonly string[]): number[] {
  const outermost = outermostIndent(lines);
  const starts = [0];
  let afterImport = importLine.test(lines[0] ?? '');
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '' || indentOf(line) !== outermost || /^\s*[)\]}]/.test(line)) continue;
    const isImport = importLine.test(line);
    if (isImport || afterImport || lines[index - 1]?.trim() === '') starts.push(index);
    afterImport = isImport;
  }
  return starts;
}

function outermostIndent(lines: readonly string[]): string {
  let outermost: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    if (outermost === undefined || indent.length < outermost.length) outermost = indent;
  }
  return outermost ?? '';
}
