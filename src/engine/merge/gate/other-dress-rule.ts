import { lineOfRow, type Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import type { Hunk } from './merged-rows.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import { shown } from './text-rules.ts';

/** So many lines of code that follow each other are the same code, commented out or in. */
const fewestLines = 2;
/** So many words of a comment are the same comment, and so near it is about the same code. */
const fewestWords = 4;
const nearLines = 12;

const dress = /^(?:\/\/+|\/\*+|\*+(?!\/)|#+(?!\[)|--|"""|''')\s*|\s*(?:\*+\/|"""|''')$/g;

/**
 * G7: lines come in as a comment that stay as code, or the other way round; or the text of a comment stays in another form right
 * beside it: the old one was meant to go.
 */
export function otherDressFailures(assembled: Assembled): GateFailure[] {
  const { merged } = assembled;
  let kept: ReadonlyMap<string, readonly number[]> | undefined;
  for (const hunk of merged.hunks) {
    const fresh = freshRows(assembled, hunk);
    if (!fresh.some(({ plain, line }) => plain !== line)) {
      if (fresh.filter(({ line }) => isStrong(line)).length < fewestLines) continue;
    }
    kept ??= keptRows(assembled);
    const twin = twinOf(assembled, fresh, kept);
    if (twin === undefined) continue;
    const at = lineOfRow(merged, twin.row);
    const message = `\`${shown(twin.line)}\` comes in, and stands at line ${at} already in another form`;
    return [{ gate: 'G7', code: 'E_APPLY_DUPLICATE', message, lines: [at] }];
  }
  return [];
}

interface FreshRow {
  readonly row: number;
  readonly line: string;
  /** Without the signs of a comment. */
  readonly plain: string;
}

function freshRows({ merged }: Assembled, { rowStart, rowEnd }: Hunk): FreshRow[] {
  return merged.rows.slice(rowStart, rowEnd).flatMap(({ line }, index) => {
    const trimmed = line.trim();
    return trimmed === '' ? [] : [{ row: rowStart + index, line: trimmed, plain: plainOf(trimmed) }];
  });
}

/** What a comment can begin and end with. */
const firstSigns = `/*#-"'`;
const lastSigns = `/"'`;

function plainOf(trimmed: string): string {
  if (!firstSigns.includes(trimmed.charAt(0)) && !lastSigns.includes(trimmed.charAt(trimmed.length - 1)))
    return trimmed;
  return trimmed.replace(dress, '').trim();
}

/** Code in the comment of a definition is an example, and no code that was commented out. */
const documents = /^(?:\/\/[/!]|\/?\*)/;

/** Rows that stay, by their text without the signs of a comment; only those that have the text of a row that comes in. */
function keptRows(assembled: Assembled): ReadonlyMap<string, readonly number[]> {
  const { merged, input } = assembled;
  const fresh = merged.hunks.flatMap((hunk) => freshRows(assembled, hunk));
  const rows = new Map<string, number[]>(fresh.map(({ plain }) => [plain, []]));
  const trimmed = trimmedLines(input.text.lines);
  merged.rows.forEach(({ origin }, row) => {
    if (origin >= 0) rows.get(plainOf(trimmed[origin] ?? ''))?.push(row);
  });
  return rows;
}

/** A line that comes in, with the row that has it in another form. */
function twinOf(
  { merged }: Assembled,
  fresh: readonly FreshRow[],
  kept: ReadonlyMap<string, readonly number[]>,
): { readonly line: string; readonly row: number } | undefined {
  const inOtherForm = ({ line, plain }: FreshRow, row: number): boolean => {
    const other = merged.rows[row];
    return (
      other !== undefined && other.origin >= 0 && other.line.trim() !== line && plainOf(other.line.trim()) === plain
    );
  };
  for (const [index, one] of fresh.entries()) {
    if (!isStrong(one.plain)) continue;
    for (const row of kept.get(one.plain) ?? []) {
      if (!inOtherForm(one, row)) continue;
      const isComment = one.plain !== one.line && one.plain.split(/\s+/).length >= fewestWords;
      if (isComment && Math.abs(row - one.row) <= nearLines) return { line: one.line, row };
      if (documents.test(one.line) || documents.test(merged.rows[row]?.line.trim() ?? '')) continue;
      let length = 1;
      let strong = 1;
      for (; index + length < fresh.length; length += 1) {
        const next = fresh[index + length];
        if (next === undefined || !inOtherForm(next, row + length)) break;
        if (isStrong(next.plain)) strong += 1;
      }
      if (strong >= fewestLines) return { line: one.line, row };
    }
  }
  return undefined;
}
