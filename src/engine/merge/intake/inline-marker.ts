import { readMarkerLine } from './marker-line.ts';

/** A marker that shares its line with code. */
export interface InlineMarker {
  /** The lines that the one line stands for, the marker among them. */
  readonly lines: readonly string[];
  /** Index of the marker in `lines`; -1 when the comment only said that the code before it stays as it is. */
  readonly marker: number;
}

const blockTail =
  /^(?<code>.*\S)\s*(?<comment>\/\*(?:(?!\*\/).)*\*\/|<!--(?:(?!-->).)*-->|\{\/\*(?:(?!\*\/).)*\*\/\})(?<rest>.*)$/u;
const lineTail = /^(?<code>.*?\S)\s*(?<comment>(?:\/\/|(?<=\s)(?:#|--|;))\s*\S.*)$/u;

/** Says of the code before it that it did not change; with dots it would be a marker. */
const annotation =
  /^(?:\/\/|#|--|\/\*)\s*(?:unchanged|existing|same|no changes?|keep|kept|as before|existing (?:code|line))\s*(?:\*\/)?$/iu;

const longestLine = 400;

/**
 * Reads `foo(); // ... existing code ...` and `f() { /* ... *\/ }`. `undefined` when the line has no marker behind code,
 * `null` when it has one that allows more than one reading.
 * @param isKnown whether the file has a line
 */
export function readInlineMarker(
  line: string,
  isKnown: (line: string) => boolean,
  indentUnit: string,
): InlineMarker | null | undefined {
  if (line.length > longestLine || !/\.{3}|…|unchanged|existing|same|no change|keep|kept|as before/iu.test(line)) {
    return undefined;
  }
  const parts = (blockTail.exec(line) ?? lineTail.exec(line))?.groups;
  if (parts === undefined) return undefined;
  const code = parts['code'] ?? '';
  const comment = parts['comment'] ?? '';
  const rest = (parts['rest'] ?? '').trim();
  const isAnnotation = annotation.test(comment);
  if (!isAnnotation && (readMarkerLine(comment) !== 'marker' || !/\.{3}|…/u.test(comment))) return undefined;
  if (endsInString(code)) return undefined;
  if (isAnnotation && rest === '' && isKnown(code)) return { lines: [code], marker: -1 };
  return splitAround(code, comment, rest, isKnown, indentUnit);
}

function splitAround(
  code: string,
  comment: string,
  rest: string,
  isKnown: (line: string) => boolean,
  indentUnit: string,
): InlineMarker | null {
  const indent = /^\s*/u.exec(code)?.[0] ?? '';
  const opens = /[{([:]$|=>$/u.test(code);
  if (opens && /^[)}\]]+[;,]?$/u.test(rest)) {
    return { lines: [code, indent + indentUnit + comment, indent + rest], marker: 1 };
  }
  if (opens && rest === '') return { lines: [code, indent + indentUnit + comment], marker: 1 };
  if (rest === '' && isKnown(code)) return { lines: [code, indent + comment], marker: 1 };
  return null;
}

/** An odd number of quotes of one kind: what looks like a comment is the inside of a string. */
function endsInString(code: string): boolean {
  return ['"', "'", '`'].some((quote) => (code.split(quote).length - 1) % 2 === 1);
}
