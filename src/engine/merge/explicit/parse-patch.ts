import type { Refusal } from '../merge.ts';
import { refuse } from '../refuse.ts';
import type { Hunk, HunkList } from './hunk.ts';
import { readMarkedLines } from './marked-lines.ts';

const directive =
  /^\*\*\* (?<what>Begin Patch|End Patch|End of File|(?:Update|Add|Delete) File|Move to)(?:: (?<path>.+))?$/u;

/** Reads `*** Begin Patch` with one `*** Update File`. */
export function parsePatch(lines: readonly string[]): HunkList | Refusal {
  const hunks: Hunk[] = [];
  let [files, start, headers] = [0, 0, [] as string[]];
  let body: string[] = [];
  const close = (atEnd: boolean): void => {
    if (body.some((line) => line.trim() !== '')) {
      hunks.push({ readings: readMarkedLines(withoutEmptyEnd(body)), editLine: start + 1, headers, atEnd });
      headers = [];
    }
    body = [];
  };
  for (const [at, line] of lines.entries()) {
    const found = directive.exec(line.trimEnd())?.groups;
    if (found === undefined && !line.startsWith('@@')) {
      if (body.length === 0) start = at;
      body.push(line);
      continue;
    }
    close(found?.['what'] === 'End of File');
    const what = found?.['what'];
    if (what === 'Add File' || what === 'Delete File' || what === 'Move to') return fileOperation(at, what);
    if (what === 'Update File') files += 1;
    const header = line.replace(/^@@+\s?|\s*@@+$/gu, '').trim();
    if (found === undefined && header !== '' && !/^-\d+(?:,\d+)? \+\d/u.test(header)) headers = [...headers, header];
  }
  close(false);
  if (files > 1) return refuse('E_APPLY_SEVERAL_FILES', 'The patch is for several files.', { form: 'patch' });
  const stray = hunks.find(({ readings }) => !readings.some((lines) => lines.some(({ kind }) => kind !== 'keep')));
  if (hunks.length > 0 && stray === undefined) return { hunks, inOrder: true, soundNumbers: false };
  return refuse('E_APPLY_MALFORMED', 'The patch has a hunk that changes nothing, or none at all.', {
    form: 'patch',
    ...(stray !== undefined && { editLine: stray.editLine }),
    advice: 'Begin each line of a hunk with a space, `+` or `-`.',
  });
}

function withoutEmptyEnd(body: readonly string[]): readonly string[] {
  return body.slice(0, body.findLastIndex((line) => line !== '') + 1);
}

function fileOperation(at: number, what: string): Refusal {
  return refuse('E_APPLY_FILE_OPERATION', `The patch has \`*** ${what}\`, and only the text of files is edited.`, {
    form: 'patch',
    editLine: at + 1,
    advice: 'Add, delete and move files by other means, and send the rest of the patch.',
  });
}
