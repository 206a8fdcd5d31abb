import { isRefusal, refuse } from '../refuse.ts';
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

interface Intake {
  readonly source: readonly string[];
  readonly offset: number;
  readonly file: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly language: SourceLanguage;
}

/** What a line of the edit turns out to be; a marker behind code makes several of one. */
interface ReadLine {
  readonly lines: readonly string[];
  /** Index in `lines` of the marker; -1 for none. */
  readonly marker: number;
  readonly removes?: string;
}

/** Finds markers and directives. A line that the file has is content, whatever it says. */
export function findMarkers(intake: Intake): MarkedLines | Refusal {
  const lines: string[] = [];
  const editLines: number[] = [];
  const isMarker: boolean[] = [];
  const removes: string[] = [];
  for (let at = 0; at < intake.source.length; at += 1) {
    const read = readLine(intake, at);
    if (isRefusal(read)) return read;
    if (read.removes !== undefined) removes.push(read.removes);
    read.lines.forEach((line, index) => {
      lines.push(line);
      editLines.push(intake.offset + at + 1);
      isMarker.push(index === read.marker);
    });
  }
  const found: MarkedLines = { lines, editLines, isMarker, removes };
  return inNewString(found, intake) ?? found;
}

function readLine(intake: Intake, at: number): ReadLine | Refusal {
  const line = intake.source[at] ?? '';
  const isKnown = (text: string): boolean => intake.known.has(text.trim());
  if (line.trim() === '') return content(line);
  const reading = readMarkerLine(line);
  if (reading === 'ellipsis') return readEllipsis(intake, at);
  if (isKnown(line)) return content(line);
  if (isPlaceholder(line, intake.language)) return refusePlaceholder(line, intake.offset + at);
  if (reading === 'marker' || framesMarker(intake, at)) return marker(line);
  if (reading === 'unclear') return refuseUnclear(line, intake.offset + at);
  const removes = directedRemoval(line);
  if (removes !== undefined && definesName(intake.file, removes) && !keepsName(intake.source, removes)) {
    return { lines: [], marker: -1, removes };
  }
  const inline = readInlineMarker(line, isKnown, indentUnit(intake.file));
  return inline === undefined ? content(line) : (inline ?? refuseInline(intake.offset + at));
}

/** Directives (`// remove function parse`) read like definitions themselves. */
function keepsName(source: readonly string[], name: string): boolean {
  return definesName(
    source.filter((line) => directedRemoval(line) === undefined),
    name,
  );
}

function content(line: string): ReadLine {
  return { lines: [line], marker: -1 };
}

function marker(line: string): ReadLine {
  return { lines: [line], marker: 0 };
}

/** Three dots alone: the body of a Python stub, the end of a C parameter list, or a marker. */
function readEllipsis(intake: Intake, at: number): ReadLine | Refusal {
  const { source, language, known } = intake;
  const line = source[at] ?? '';
  const before = source.slice(0, at).findLast((text) => text.trim() !== '') ?? '';
  const after = source.slice(at + 1).find((text) => text.trim() !== '') ?? '';
  const isKnown = known.has(line.trim());
  const unclear = refuseUnclear(line, intake.offset + at);
  if (language === 'python' && /:\s*(?:#.*)?$/u.test(before) && indentWidth(before) < indentWidth(line)) {
    return after === '' || indentWidth(after) < indentWidth(line) ? content(line) : unclear;
  }
  if (language === 'python' && /["']{1,3}$/u.test(before.trim()) && indentWidth(before) === indentWidth(line)) {
    return isKnown ? content(line) : unclear;
  }
  if ((language === 'c' || language === 'cpp') && after.trim().startsWith(')')) return content(line);
  if (standsInFile(intake.file, before, line, after)) return content(line);
  if (language !== 'text') return isKnown ? unclear : marker(line);
  return source.some((text) => readMarkerLine(text) === 'marker' && !known.has(text.trim())) ? marker(line) : unclear;
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
function framesMarker({ source, known }: Intake, at: number): boolean {
  const trimmed = (source[at] ?? '').trim();
  const marks = (index: number): boolean => {
    const line = source[index] ?? '';
    return readMarkerLine(line) === 'marker' && !known.has(line.trim());
  };
  if (/^(?:\/\*\*?|<!--)$/u.test(trimmed))
    return marks(at + 1) && /^(?:\*\/|-->)$/u.test((source[at + 2] ?? '').trim());
  if (/^(?:\*\/|-->)$/u.test(trimmed))
    return marks(at - 1) && /^(?:\/\*\*?|<!--)$/u.test((source[at - 2] ?? '').trim());
  return false;
}

/** A marker inside a string that the edit brings new cannot speak of code that exists; but the string's head may have changed. */
function inNewString(found: MarkedLines, { language, known }: Intake): Refusal | undefined {
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

/** Asked for at every line of the edit. */
const knownUnits = new WeakMap<readonly string[], string>();

function indentUnit(file: readonly string[]): string {
  const unit = knownUnits.get(file) ?? readIndentUnit(file);
  knownUnits.set(file, unit);
  return unit;
}

function readIndentUnit(file: readonly string[]): string {
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

function refuseInline(index: number): Refusal {
  return refuse('E_APPLY_UNCLEAR', `The marker in line ${String(index + 1)} of the edit shares its line with code.`, {
    editLine: index + 1,
    advice: 'Put each marker on a line of its own.',
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
