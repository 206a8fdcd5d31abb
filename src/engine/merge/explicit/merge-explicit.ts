import type { LineChange, MergeCandidate } from '../candidate.ts';
import { readMarkerLine } from '../intake/marker-line.ts';
import { isPlaceholder } from '../intake/placeholder.ts';
import type { Place, Refusal } from '../merge.ts';
import { isRefusal, refuse } from '../refuse.ts';
import type { Snippet } from '../snippet.ts';
import type { SourceLanguage } from '../source-language.ts';
import type { TextLines } from '../text-lines.ts';
import { uniqueContext } from '../unique-context.ts';
import { changesOf } from './changes-of.ts';
import type { Hunk, HunkList } from './hunk.ts';
import { nearestDifference } from './nearest-difference.ts';
import { parseHybrid } from './parse-hybrid.ts';
import { parsePatch } from './parse-patch.ts';
import { parseSearchReplace } from './parse-search-replace.ts';
import { parseUnifiedDiff } from './parse-unified-diff.ts';
import { groundOf, type Ground, type Placing } from './place-hunk.ts';
import { placeHunks } from './place-hunks.ts';

const maximumPlaces = 10;

/**
 * Merges a snippet that says which lines go and which come (search-replace, unified diff, patch, hybrid). Every hunk has one
 * place, or nothing is merged; a candidate without changes says that the file has all of it.
 */
export function mergeExplicit(snippet: Snippet, text: TextLines, language: SourceLanguage): MergeCandidate | Refusal {
  const list = parse(snippet);
  if (isRefusal(list)) return list;
  const refusal = checkAdded(list, snippet, text, language);
  if (refusal !== undefined) return refusal;
  if (text.lines.length === 0) return fillEmpty(list, snippet);
  const ground = groundOf(text.lines);
  const placings = placeHunks(ground, list);
  if (ground.isSpent()) {
    return refuse('E_APPLY_BUDGET', 'The edit has too many parts for a file whose lines are so much alike.', {
      form: snippet.form,
      advice: 'Send it in several smaller edits.',
    });
  }
  for (const [at, placing] of placings.entries()) {
    const hunk = list.hunks[at];
    const failed = hunk === undefined ? undefined : refusePlacing(hunk, placing, ground, snippet);
    if (failed !== undefined) return failed;
  }
  const changes = changesOf(list.hunks, placings, text.lines);
  return isRefusal(changes) ? { ...changes, form: snippet.form } : candidateOf(changes, list);
}

function parse(snippet: Snippet): HunkList | Refusal {
  if (snippet.form === 'search-replace') return parseSearchReplace(snippet.lines);
  if (snippet.form === 'unified-diff') return parseUnifiedDiff(snippet.lines);
  return snippet.form === 'patch' ? parsePatch(snippet.lines) : parseHybrid(snippet);
}

function candidateOf(changes: readonly LineChange[], { finalLineEnd }: HunkList): MergeCandidate {
  return { engine: 'patch', changes, ...(finalLineEnd !== undefined && { finalLineEnd }) };
}

/** Explicit forms take every line at its word, so that a marker among the new lines would reach the file. */
function checkAdded(
  { hunks }: HunkList,
  { form }: Snippet,
  { lines }: TextLines,
  language: SourceLanguage,
): Refusal | undefined {
  const known = new Set(lines.map((line) => line.trim()));
  for (const hunk of hunks) {
    const added = (hunk.readings[0] ?? []).filter(({ kind }) => kind === 'add').map((line) => line.text);
    const bad = added.find(
      (line) => !known.has(line.trim()) && (readMarkerLine(line) === 'marker' || isPlaceholder(line, language)),
    );
    if (bad === undefined) continue;
    return refuse('E_APPLY_PLACEHOLDER', `A new line is a placeholder: \`${bad.trim().slice(0, 60)}\`.`, {
      form,
      editLine: hunk.editLine,
      advice: 'Write the new lines out: this form has no markers.',
    });
  }
  return undefined;
}

/** An empty file has nothing to find; what comes is its content. */
function fillEmpty(list: HunkList, { form }: Snippet): MergeCandidate | Refusal {
  const [hunk, second] = list.hunks;
  const lines = hunk?.readings[0] ?? [];
  if (hunk === undefined || second !== undefined || lines.some(({ kind, text }) => kind !== 'add' && text !== '')) {
    return refuse('E_APPLY_NOT_FOUND', 'The file is empty, and the edit takes lines of it as given.', { form });
  }
  const fresh = lines.filter(({ kind }) => kind === 'add').map((line) => line.text);
  return candidateOf([{ start: 0, end: 0, lines: fresh, segment: 0 }], list);
}

function refusePlacing(hunk: Hunk, placing: Placing, ground: Ground, { form }: Snippet): Refusal | undefined {
  if (placing.kind === 'placed' || placing.kind === 'done') return undefined;
  const lines = hunk.readings[0] ?? [];
  const isContext = lines.every(({ kind }) => kind === 'keep');
  const at = { form, editLine: hunk.editLine };
  if (placing.kind === 'ambiguous') {
    if (isContext) return undefined;
    const count = placing.starts.length;
    const candidates = placing.starts.slice(0, maximumPlaces).map((start) => placeOf(ground, start, placing.length));
    return refuse('E_APPLY_AMBIGUOUS', `The lines to change stand in ${String(count)} places of the file.`, {
      ...at,
      candidates,
      advice: uniqueContext(ground.index.lines, candidates),
    });
  }
  return refuseMissing(hunk, placing.reason, ground, at);
}

function refuseMissing(
  hunk: Hunk,
  reason: Extract<Placing, { kind: 'missing' }>['reason'],
  ground: Ground,
  at: { readonly form: Snippet['form']; readonly editLine: number },
): Refusal {
  const near = nearestDifference(ground.index, hunk.readings[0] ?? []);
  const details = { ...at, ...(near !== undefined && { difference: near.difference, candidates: [near.place] }) };
  if (reason === 'no-context') {
    return refuse('E_APPLY_NOT_FOUND', 'This part of the edit has no line that tells where it belongs.', {
      ...at,
      advice: 'Add unchanged lines before and behind the change.',
    });
  }
  if (reason === 'perhaps-done') {
    return refuse('E_APPLY_AMBIGUOUS', 'The new lines stand there already, or are meant a second time.', {
      ...at,
      advice: 'Add the unchanged lines on both sides of the change.',
    });
  }
  if (reason === 'indentation') {
    return refuse(
      'E_APPLY_NOT_FOUND',
      'The lines to change stand in the file with an indentation that differs unevenly.',
      {
        ...details,
        advice: 'Repeat the lines with the indentation that they have in the file.',
      },
    );
  }
  const inHeaders = hunk.headers.length > 0 ? ` behind \`${hunk.headers.join('`, `')}\`` : '';
  return refuse('E_APPLY_NOT_FOUND', `The lines to change do not stand in the file${inHeaders}.`, {
    ...details,
    advice: 'Read the file again and repeat its lines exactly.',
  });
}

function placeOf({ index: { lines } }: Ground, start: number, length: number): Place {
  return { startLine: start + 1, endLine: start + length, text: lines[start] ?? '' };
}
