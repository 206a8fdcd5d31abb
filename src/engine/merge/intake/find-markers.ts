import { refuse } from '../refuse.ts';
import type { Refusal } from '../merge.ts';
import type { SourceLanguage } from '../source-language.ts';
import { readInlineMarker } from './inline-marker.ts';
import { readMarkerLine } from './marker-line.ts';
import { openTexts } from './open-text.ts';
import { isPlaceholder } from './placeholder.ts';
import { definesName, directedRemoval } from './remove-directive.ts';

/** Lines of a snippet, each known to be a marker or content. */
export interface MarkedLines {
  readonly lines: readonly string[];
  /** Line of the edit (from 1) of each. */
  readonly editLines: readonly number[];
  readonly isMarker: readonly boolean[];
  readonly removes: readonly string[];
}

interface Collected {
  readonly lines: string[];
  readonly editLines: number[];
  readonly isMarker: boolean[];
  readonly removes: string[];
}

interface Intake {
  readonly source: readonly string[];
  readonly offset: number;
  readonly file: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly language: SourceLanguage;
  readonly isKnown: (line: string) => boolean;
}

/** Finds markers and directives. A line that the file has is content, whatever it says. */
export function findMarkers(
  source: readonly string[],
  offset: number,
  file: readonly string[],
  known: ReadonlySet<string>,
  language: SourceLanguage,
): MarkedLines | Refusal {
  const isKnown = (line: string): boolean => known.has(line.trim());
  const intake: Intake = { source, offset, file, known, language, isKnown };
  const found: Collected = { lines: [], editLines: [], isMarker: [], removes: [] };
  for (let at = 0; at < source.length; at += 1) {
    const refusal = readLine(intake, at, found);
    if (refusal !== undefined) return refusal;
  }
  return inNewString(found, intake) ?? found;
}

function readLine(intake: Intake, at: number, found: Collected): Refusal | undefined {
  const line = intake.source[at] ?? '';
  const push = (text: string, isMarker: boolean): undefined => {
    found.lines.push(text);
    found.editLines.push(intake.offset + at + 1);
    found.isMarker.push(isMarker);
  };
  if (line.trim() === '') return push(line, false);
  const reading = readMarkerLine(line);
  if (reading === 'ellipsis') return readEllipsis(intake, at, push);
  if (intake.isKnown(line)) return push(line, false);
  if (isPlaceholder(line)) return refusePlaceholder(line, intake.offset + at);
  if (reading === 'marker') return push(line, true);
  if (reading === 'unclear') return refuseUnclear(line, intake.offset + at);
  if (framesMarker(intake, at)) return push(line, true);
  const removed = directedRemoval(line);
  if (removed !== undefined && definesName(intake.file, removed) && !definesName(intake.source, removed)) {
    found.removes.push(removed);
    return undefined;
  }
  const inline = readInlineMarker(line, intake.isKnown, indentUnit(intake.file));
  if (inline === undefined) return push(line, false);
  if (inline.lines === undefined) {
    return refuse(
      'E_APPLY_UNCLEAR',
      `The marker in line ${String(intake.offset + at + 1)} shares its line with code.`,
      {
        editLine: intake.offset + at + 1,
        advice: 'Put each marker on a line of its own.',
      },
    );
  }
  inline.lines.forEach((text, index) => push(text, index === inline.marker));
  return undefined;
}

/** Three dots alone: the body of a Python stub, the end of a C parameter list, or a marker. */
function readEllipsis(
  intake: Intake,
  at: number,
  push: (text: string, isMarker: boolean) => undefined,
): Refusal | undefined {
  const { source, language } = intake;
  const line = source[at] ?? '';
  const before = source.slice(0, at).findLast((text) => text.trim() !== '') ?? '';
  const after = source.slice(at + 1).find((text) => text.trim() !== '') ?? '';
  if (language === 'python' && /:\s*(?:#.*)?$/u.test(before) && indentWidth(before) < indentWidth(line)) {
    if (indentWidth(after) < indentWidth(line) || after === '') return push(line, false);
    return refuseUnclear(line, intake.offset + at);
  }
  if (language === 'python' && /["']{1,3}$/u.test(before.trim()) && indentWidth(before) === indentWidth(line)) {
    return intake.isKnown(line) ? push(line, false) : refuseUnclear(line, intake.offset + at);
  }
  if ((language === 'c' || language === 'cpp') && after.trim().startsWith(')')) return push(line, false);
  if (standsInFile(intake.file, before, line, after)) return push(line, false);
  const clearer = source.some(
    (text, index) => index !== at && readMarkerLine(text) === 'marker' && !intake.isKnown(text),
  );
  if (language === 'text' ? clearer : !intake.isKnown(line)) return push(line, true);
  return refuseUnclear(line, intake.offset + at);
}

/** The file has the same line beside one of the same neighbours. */
function standsInFile(file: readonly string[], before: string, line: string, after: string): boolean {
  const filled = file.map((text) => text.trim()).filter((text) => text !== '');
  const [previous, own, next] = [before.trim(), line.trim(), after.trim()];
  return filled.some(
    (text, index) =>
      text === own &&
      ((previous !== '' && filled[index - 1] === previous) || (next !== '' && filled[index + 1] === next)),
  );
}

/** `/*` or `*\/` alone around a marker of several lines. */
function framesMarker({ source, isKnown }: Intake, at: number): boolean {
  const trimmed = (source[at] ?? '').trim();
  const marks = (index: number): boolean => {
    const line = source[index] ?? '';
    return readMarkerLine(line) === 'marker' && !isKnown(line);
  };
  if (/^(?:\/\*\*?|<!--)$/u.test(trimmed))
    return marks(at + 1) && /^(?:\*\/|-->)$/u.test((source[at + 2] ?? '').trim());
  if (/^(?:\*\/|-->)$/u.test(trimmed))
    return marks(at - 1) && /^(?:\/\*\*?|<!--)$/u.test((source[at - 2] ?? '').trim());
  return false;
}

/** A marker inside a string that the edit brings new cannot speak of code that exists; but the string's head may have changed. */
function inNewString(found: Collected, { language, known }: Intake): Refusal | undefined {
  if (!found.isMarker.includes(true)) return undefined;
  const open = openTexts(found.lines, language);
  for (const [index, isMarker] of found.isMarker.entries()) {
    const text = open[index];
    if (!isMarker || text?.isString !== true || text.closer === undefined) continue;
    const between = found.isMarker.slice(text.opener, index).includes(true);
    if (!between && !known.has((found.lines[text.opener] ?? '').trim())) {
      return refuseUnclear(found.lines[index] ?? '', (found.editLines[index] ?? 1) - 1);
    }
  }
  return undefined;
}

function indentUnit(file: readonly string[]): string {
  const indented = file.find((line) => /^[ \t]+\S/u.test(line) && !/^\s+\*/u.test(line));
  return indented?.startsWith('\t') === true ? '\t' : (/^ +/u.exec(indented ?? '')?.[0] ?? '  ');
}

function indentWidth(line: string): number {
  return line.length - line.trimStart().length;
}

function refusePlaceholder(line: string, index: number): Refusal {
  return refuse('E_APPLY_PLACEHOLDER', `Line ${String(index + 1)} of the edit is a placeholder: ${quote(line)}.`, {
    editLine: index + 1,
    advice: 'Send the code itself, and `... existing code ...` in a comment where code stays.',
  });
}

function refuseUnclear(line: string, index: number): Refusal {
  return refuse(
    'E_APPLY_UNCLEAR',
    `Line ${String(index + 1)} of the edit may be a marker or content: ${quote(line)}.`,
    {
      editLine: index + 1,
      advice: 'Write markers as `... existing code ...` in a comment of their own.',
    },
  );
}

function quote(line: string): string {
  const trimmed = line.trim();
  return `\`${trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed}\``;
}
