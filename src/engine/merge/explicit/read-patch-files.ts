import type { Refusal } from '../merge.ts';
import { refuse } from '../refuse.ts';
import { explicitForm } from '../intake/explicit-form.ts';
import { isFence } from '../intake/unwrap-fence.ts';
import { splitLines } from '../text-lines.ts';
import { readSearchBlocks } from './parse-search-replace.ts';
import { isFileHeader } from './parse-unified-diff.ts';
import { diffPath } from './diff-path.ts';

/** The part of an edit for one file. */
export interface PatchFile {
  /** As the edit spells it, without the `a/` and `b/` of diffs; not checked against anything. */
  readonly path: string;
  /** The same form as the whole edit. */
  readonly edit: string;
}

/**
 * Splits an edit that names its files (unified diff, `*** Begin Patch`, SEARCH/REPLACE blocks with file names). Empty when it
 * names none. An edit that adds, deletes, renames or is binary is refused: only the text of files is edited.
 */
export function readPatchFiles(edit: string): PatchFile[] | Refusal {
  const all = splitLines(edit.startsWith('\uFEFF') ? edit.slice(1) : edit).lines;
  const none = new Set<string>();
  const lines = explicitForm(all, none) === undefined ? withoutFence(all) : all;
  const form = explicitForm(lines, none);
  if (form === 'patch') return readPatch(lines);
  if (form === 'unified-diff') return readDiff(lines);
  return form === 'search-replace' ? readBlocks(lines) : [];
}

function withoutFence(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < last && isFence(lines[first] ?? '') && isFence(lines[last] ?? '')
    ? lines.slice(first + 1, last)
    : lines;
}

function readPatch(lines: readonly string[]): PatchFile[] | Refusal {
  const files: { path: string; lines: string[] }[] = [];
  for (const [at, line] of lines.entries()) {
    const found = /^\*\*\* (?<what>(?:Update|Add|Delete) File|Move to): (?<path>.+)$/u.exec(line.trimEnd())?.groups;
    const what = found?.['what'];
    if (what !== undefined && what !== 'Update File') return fileOperation(at, `\`*** ${what}\``);
    if (what === 'Update File') files.push({ path: (found?.['path'] ?? '').trim(), lines: [] });
    if (/^\*\*\* (?:Begin|End) Patch\s*$/u.test(line)) continue;
    files.at(-1)?.lines.push(line);
  }
  return joinByPath(files.map(({ path, lines: own }) => ({ path, lines: own.slice(1) }))).map(
    ({ path, lines: own }) => ({
      path,
      edit: `${['*** Begin Patch', `*** Update File: ${path}`, ...own, '*** End Patch'].join('\n')}\n`,
    }),
  );
}

function readDiff(lines: readonly string[]): PatchFile[] | Refusal {
  const files: { path: string; lines: string[] }[] = [];
  let header = 0;
  let between = false;
  for (const [at, line] of lines.entries()) {
    const operation =
      /^(?:new file mode|deleted file mode|old mode|rename (?:from|to)|copy (?:from|to)|Binary files|GIT binary)/u;
    const mentioned = operation.exec(line)?.[0];
    if (mentioned !== undefined) return fileOperation(at, `\`${mentioned}\``);
    if (line.startsWith('diff --git ')) between = true;
    if (isFileHeader(lines, at)) {
      const path = pathOf(lines, at);
      if (typeof path !== 'string') return path;
      files.push({ path, lines: [] });
      header = at + 2;
      between = false;
    }
    if (!between && at >= header) files.at(-1)?.lines.push(line);
  }
  return joinByPath(files).map(({ path, lines: own }) => ({
    path,
    edit: `${[`--- a/${path}`, `+++ b/${path}`, ...own].join('\n')}\n`,
  }));
}

/** Of `--- a/path` and `+++ b/path`. */
function pathOf(lines: readonly string[], at: number): string | Refusal {
  const before = diffPath(lines[at] ?? '');
  const after = diffPath(lines[at + 1] ?? '');
  if (before === undefined || after === undefined) return fileOperation(at, '`/dev/null`');
  if (before.startsWith('a/') && after.startsWith('b/') && before.slice(2) === after.slice(2)) return after.slice(2);
  return before === after ? after : fileOperation(at, 'two file names');
}

function readBlocks(lines: readonly string[]): PatchFile[] | Refusal {
  const blocks = readSearchBlocks(lines);
  if (!Array.isArray(blocks)) return blocks;
  const named = blocks.flatMap(({ path, start, end }) =>
    path === undefined ? [] : [{ path, lines: lines.slice(start, end) }],
  );
  if (named.length === 0) return [];
  const [first] = blocks.filter(({ path }) => path === undefined);
  if (first !== undefined) {
    return refuse('E_APPLY_MALFORMED', `The block in line ${String(first.start + 1)} of the edit has no file name.`, {
      form: 'search-replace',
      editLine: first.start + 1,
      advice: 'Write the file name above each block.',
    });
  }
  return joinByPath(named).map(({ path, lines: own }) => ({ path, edit: `${own.join('\n')}\n` }));
}

/** Several parts for one file are one edit: they all speak of the file as it was. */
function joinByPath(files: readonly { readonly path: string; readonly lines: readonly string[] }[]): {
  path: string;
  lines: string[];
}[] {
  const joined = new Map<string, string[]>();
  for (const { path, lines } of files) joined.set(path, [...(joined.get(path) ?? []), ...lines]);
  return [...joined].map(([path, lines]) => ({ path, lines }));
}

function fileOperation(at: number, what: string): Refusal {
  return refuse('E_APPLY_FILE_OPERATION', `Line ${String(at + 1)} of the edit has ${what}: only text is edited.`, {
    editLine: at + 1,
    advice: 'Add, delete and rename files by other means, and send the rest of the edit.',
  });
}
