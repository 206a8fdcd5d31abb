import { refuse, isRefusal } from '../refuse.ts';
import type { EditForm, Refusal } from '../merge.ts';
import type { Snippet } from '../snippet.ts';
import type { SourceLanguage } from '../source-language.ts';
import { splitLines, type TextLines } from '../text-lines.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import { explicitForm } from './explicit-form.ts';
import { fenceInProse } from './fence-in-prose.ts';
import { findMarkers, type MarkedLines } from './find-markers.ts';
import { isFullFile } from './full-file.ts';
import { openTexts } from './open-text.ts';
import { readSigns } from './signed-lines.ts';
import { splitSegments } from './split-segments.ts';
import { unwrapFence } from './unwrap-fence.ts';

/** NUL, or half of a surrogate pair. */
const notText = /\0|\p{Surrogate}/u;

/** Reads an edit for the file `text`: takes its fence off, tells its form and finds its markers. */
export function readSnippet(edit: string, text: TextLines, language: SourceLanguage): Snippet | Refusal {
  if (notText.test(edit)) return refuse('E_APPLY_NOT_TEXT', 'The edit has a NUL or half of a surrogate pair.');
  if (notText.test(text.lines.join('\n'))) {
    const broken = text.lines.findIndex((line) => notText.test(line));
    return refuse('E_APPLY_NOT_TEXT', `Line ${String(broken + 1)} of the file has a NUL or half of a surrogate pair.`);
  }
  const lines = splitLines(edit.startsWith('\uFEFF') ? edit.slice(1) : edit).lines;
  if (lines.every((line) => line.trim() === '')) return refuse('E_APPLY_EMPTY', 'The edit is empty.');
  const known = new Set(trimmedLines(text.lines));
  if (explicitForm(lines, known) === 'search-replace') return explicitSnippet('search-replace', lines, 1);
  const unwrapped = fenceInProse(lines, known, language) ?? unwrapFence(lines, known, language);
  if (isRefusal(unwrapped)) return unwrapped;
  const form = explicitForm(unwrapped.lines, known);
  if (form !== undefined) return explicitSnippet(form, unwrapped.lines, unwrapped.offset + 1);
  const { lines: source, offset } = unwrapped;
  const marked = findMarkers({ source, offset, file: text.lines, known, language });
  return isRefusal(marked) ? marked : snippetOf(marked, text, known, language);
}

function explicitSnippet(form: EditForm, lines: readonly string[], firstEditLine: number): Snippet {
  return {
    form,
    lines,
    isMarker: lines.map(() => false),
    editLines: lines.map((_, index) => index + firstEditLine),
    segments: [],
    removes: [],
  };
}

function snippetOf(
  marked: MarkedLines,
  text: TextLines,
  known: ReadonlySet<string>,
  language: SourceLanguage,
): Snippet | Refusal {
  const segments = splitSegments(marked.lines, marked.isMarker);
  if (segments.length === 0 && marked.removes.length === 0) {
    return marked.isMarker.includes(true)
      ? refuse('E_APPLY_MARKERS_ONLY', 'The edit has markers and nothing else.')
      : refuse('E_APPLY_EMPTY', 'The edit is empty.');
  }
  const signs = readSigns(marked.lines, marked.isMarker, openTexts(marked.lines, language), known, language);
  if (signs.kind === 'unclear') {
    const editLine = marked.editLines[signs.line] ?? 1;
    return refuse(
      'E_APPLY_UNCLEAR',
      `Line ${String(editLine)} of the edit begins with a sign that may belong to a diff or to the content.`,
      { editLine, advice: 'Send a unified diff, or the new code without signs.' },
    );
  }
  const form = formOf(marked, signs.kind === 'signs', text, language);
  return { form, segments, ...marked };
}

function formOf(marked: MarkedLines, hasSigns: boolean, text: TextLines, language: SourceLanguage): EditForm {
  if (hasSigns) return 'hybrid';
  if (marked.isMarker.includes(true)) return 'lazy';
  return isFullFile(marked.lines, text.lines, language) ? 'full' : 'definition';
}
