import { supportedExtensions } from '../engine/language.ts';
import type { FindOptions, FoundFiles } from '../files/find-files.ts';
import { findFiles } from '../files/find-files.ts';
import type { GitContext } from '../files/git-files.ts';
import { BoosterError } from '../shared/errors.ts';
import type { FileTarget } from './optimize-files.ts';

/** Which of the files under the patterns are meant. */
export type FileSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'staged' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'since'; readonly ref: string };

/** More than `maxBytes` allows; what is larger is refused as the file is. */
const largestStagedBytes = 2 ** 30;

export interface FindTargetsOptions extends Omit<FindOptions, 'extensions' | 'among'> {
  readonly env: GitContext['env'];
  readonly selection: FileSelection;
  /** Files are going to be written: a partially staged one must then not be touched. Else its staged version is meant. */
  readonly write: boolean;
  /** `false`: patterns that match nothing are no problem. */
  readonly errorsOnUnmatched: boolean;
  /** Told how many files were left out by their name, and why. */
  readonly onSkipped?: (skipped: FoundFiles['skipped']) => void;
}

/**
 * The files to work on, sorted by path. Patterns that match nothing and folders that cannot be read are targets with a
 * problem, so that they are reported like a file that fails.
 * @throws BoosterError E_GIT_UNAVAILABLE, E_GIT_REF, E_TASK_ABORTED
 */
export async function findTargets(patterns: readonly string[], options: FindTargetsOptions): Promise<FileTarget[]> {
  const { selection, env, write, errorsOnUnmatched, onSkipped, ...find } = options;
  const git: GitContext = {
    cwd: options.cwd,
    env,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const among = await filesOfSelection(selection, git);
  const found = await findFiles(patterns, {
    ...find,
    extensions: supportedExtensions,
    ...(among === undefined ? {} : { among }),
  });
  onSkipped?.(found.skipped);
  const partial = await partiallyStaged(selection, git);
  const files = await Promise.all(
    found.files.map(async ({ path, name, explicit }): Promise<FileTarget> => {
      const target = { path: name, named: explicit };
      if (!partial.has(path)) return target;
      return write
        ? { ...target, problem: partiallyStagedProblem(name) }
        : { ...target, ...(await stagedPart(path, git)) };
    }),
  );
  return [...files, ...problemTargets(found.problems, errorsOnUnmatched)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether the ignore rules leave a file out that was named; a path where nothing is cannot be excluded. */
export async function isExcluded(
  path: string,
  options: Pick<FindOptions, 'cwd' | 'ignore' | 'noIgnore' | 'signal'>,
): Promise<boolean> {
  const { files, problems } = await findFiles([path], {
    ...options,
    extensions: supportedExtensions,
    forceExclude: true,
  });
  return files.length === 0 && problems.length === 0;
}

async function filesOfSelection(selection: FileSelection, git: GitContext): Promise<string[] | undefined> {
  if (selection.kind === 'all') return undefined;
  const { stagedFiles, changedFiles, changedSince } = await import('../files/git-files.ts');
  if (selection.kind === 'staged') return stagedFiles(git);
  return selection.kind === 'changed' ? changedFiles(git) : changedSince(selection.ref, git);
}

/** What is going to be committed of a file, however that went on meanwhile. */
async function stagedPart(path: string, git: GitContext): Promise<Pick<FileTarget, 'staged'>> {
  const { gitBlob } = await import('../files/git-blob.ts');
  const blob = await gitBlob(path, { ...git, maximumBytes: largestStagedBytes });
  return blob === undefined ? {} : { staged: blob.bytes };
}

async function partiallyStaged(selection: FileSelection, git: GitContext): Promise<Set<string>> {
  if (selection.kind !== 'staged') return new Set();
  const { partiallyStagedFiles } = await import('../files/git-files.ts');
  return new Set(await partiallyStagedFiles(git));
}

function partiallyStagedProblem(path: string): BoosterError {
  const message = 'has staged and unstaged changes; a rewrite would mix them, so nothing was written';
  return new BoosterError('E_GIT_PARTIALLY_STAGED', message, { path });
}

function problemTargets(problems: readonly BoosterError[], errorsOnUnmatched: boolean): FileTarget[] {
  return problems
    .filter(({ code }) => errorsOnUnmatched || code !== 'E_FILE_NOT_FOUND')
    .map((problem) => {
      const path = problem.data['path'];
      return { path: typeof path === 'string' ? path : '', named: true, problem };
    });
}
