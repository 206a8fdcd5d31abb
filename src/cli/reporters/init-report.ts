import type { InitFile, InitOutcome } from '../../app/init/init-project.ts';
import { shownDiff } from '../paint-diff.ts';
import type { Terminal } from '../terminal.ts';
import { newFileDiff, unifiedDiff } from '../unified-diff.ts';
import { visibleLine } from '../visible-text.ts';
import { schemaVersion } from './json-entries.ts';

interface InitContext {
  readonly isWrite: boolean;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** What to run next to write the files. */
  readonly writeCommand: string;
}

interface Report {
  readonly out: string;
  readonly err: string;
}

/** Standard output holds the diff, with --write the files that were written, and nothing else. */
export function initText(outcome: InitOutcome, { isWrite, stdout, stderr, writeCommand }: InitContext): Report {
  const { files, tools, isInstalled } = outcome;
  const pending = files.filter(({ change }) => change !== undefined);
  const out = isWrite
    ? files.flatMap(({ path, written }) => (written ? [`${visibleLine(path)}\n`] : []))
    : pending.map((file) => shownDiff(diffOf(file), stdout));
  const { paint } = stderr;
  const found = tools.map(({ id, sign }) => (sign === undefined ? id : `${id} (${sign})`)).join(', ');
  const none = 'none found; name those to set up, e.g. booster init claude github (all of them: booster init --help)';
  const notes = [
    `tools: ${found === '' ? none : visibleLine(found)}\n`,
    ...files.map((file) => fileText(file, paint)),
    ...(isInstalled ? [] : ['booster is no dependency of this project yet: npm install --save-dev code-booster\n']),
    ...(isWrite || pending.length === 0 ? [] : [`Write: ${writeCommand}\n`]),
  ];
  return { out: out.join(''), err: notes.join('') };
}

export function initJson({ tools, files, isInstalled }: InitOutcome, { isWrite }: InitContext): Report {
  const entries = files.map((file) => {
    const { change, ...facts } = file;
    return change === undefined ? facts : { ...facts, diff: diffOf(file), output: change.after };
  });
  const mode = isWrite ? 'write' : 'preview';
  const document = { schemaVersion, mode, installed: isInstalled, tools, files: entries };
  return { out: `${JSON.stringify(document, undefined, 2)}\n`, err: '' };
}

function diffOf({ path, status, change }: InitFile): string {
  if (change === undefined) return '';
  return status === 'new' ? newFileDiff(path, change.after) : unifiedDiff(path, change);
}

const verbs = {
  new: ['would be new', 'written'],
  changed: ['would change', 'written'],
  unchanged: ['unchanged', 'unchanged'],
  refused: ['refused', 'refused'],
} as const satisfies Record<InitFile['status'], readonly [string, string]>;

function fileText(file: InitFile, paint: Terminal['paint']): string {
  const { path, what, status, written, note, problem, snippet } = file;
  const verb = verbs[status][written ? 1 : 0];
  const colour = status === 'refused' ? paint.red : paint.green;
  const more = note === undefined ? '' : `, ${note}`;
  const line = `${paint.bold(visibleLine(path))}: ${colour(verb)} (${what})${more}\n`;
  if (problem === undefined) return line;
  const byHand = (snippet ?? '').split('\n').filter((each) => each !== '');
  const lines = byHand.map((each) => `    | ${visibleLine(each)}\n`).join('');
  return `${line}  ${visibleLine(problem)}; the file stays as it is\n${lines === '' ? '' : `  to add by hand:\n${lines}`}`;
}
