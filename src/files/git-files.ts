import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { BoosterError } from '../shared/errors.ts';

/** Where git is asked, and with which environment (a hook's GIT_INDEX_FILE must reach git). */
export interface GitContext {
  /** Absolute. Only files below it are listed, as `git ls-files` does. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * Files whose staged content differs from the last commit; renamed files under their new name, deleted ones left out.
 * Like all lists here: absolute paths of regular files that exist, sorted.
 *
 * @throws BoosterError `E_GIT_UNAVAILABLE` (no git, or not in a repository's work tree)
 */
export async function stagedFiles(context: GitContext): Promise<string[]> {
  await requireWorkTree(context);
  return diffedFiles(context, ['--cached']);
}

/**
 * Those of the staged files that have further, unstaged changes: rewriting them would mix the two.
 *
 * @throws BoosterError `E_GIT_UNAVAILABLE`
 */
export async function partiallyStagedFiles(context: GitContext): Promise<string[]> {
  const staged = new Set(await stagedFiles(context));
  return (await diffedFiles(context, [])).filter((path) => staged.has(path));
}

/**
 * Uncommitted files: staged, unstaged and untracked (but not ignored) ones. In a repository without a commit, all files.
 *
 * @throws BoosterError `E_GIT_UNAVAILABLE`
 */
export async function changedFiles(context: GitContext): Promise<string[]> {
  await requireWorkTree(context);
  const head = await resolveCommit(context, 'HEAD');
  const tracked = head === undefined ? await listedFiles(context, ['--cached']) : await diffedFiles(context, [head]);
  return merge(tracked, await untrackedFiles(context));
}

/**
 * Files that differ from the point where the work left `ref` (the merge base; without a common ancestor, `ref` itself),
 * with uncommitted and untracked ones.
 *
 * @throws BoosterError `E_GIT_UNAVAILABLE`, `E_GIT_REF` (no such commit, or not a name of one)
 */
export async function changedSince(ref: string, context: GitContext): Promise<string[]> {
  const since = await mergeBase(ref, context);
  return merge(await diffedFiles(context, [since]), await untrackedFiles(context));
}

/**
 * The commit that work is compared with: the point where it left `ref` (the merge base; without a common ancestor, `ref` itself), or the last
 * commit without one. `undefined` in a repository without any commit.
 *
 * @throws BoosterError `E_GIT_UNAVAILABLE`, `E_GIT_REF`
 */
export async function baseCommit(ref: string | undefined, context: GitContext): Promise<string | undefined> {
  if (ref !== undefined) return mergeBase(ref, context);
  await requireWorkTree(context);
  return resolveCommit(context, 'HEAD');
}

/**
 * Files that had another name at a commit, and that name; both relative to `cwd`. Git must know the new name (staged or committed).
 *
 * @throws BoosterError `E_GIT_UNAVAILABLE`
 */
export async function renamedSince(commit: string, context: GitContext): Promise<ReadonlyMap<string, string>> {
  const wanted = ['diff', '--name-status', '-z', '--relative', '--find-renames', '--no-ext-diff', '--diff-filter=R'];
  const answer = await run(context, [...wanted, commit, '--']);
  const parts = answer.toString('utf8').split('\0');
  const names = new Map<string, string>();
  for (let at = 0; at + 2 < parts.length; at += 3) names.set(parts[at + 2] ?? '', parts[at + 1] ?? '');
  return names;
}

/** Content of a file (relative to `cwd`) at a commit; `undefined` when the commit does not have it. */
export async function readAtCommit(commit: string, path: string, context: GitContext): Promise<Uint8Array | undefined> {
  return attempt(context, ['cat-file', 'blob', `${commit}:./${path}`]);
}

/**
 * The hash of the commit that a branch, a tag or another name stands for.
 *
 * @throws BoosterError `E_GIT_UNAVAILABLE`, `E_GIT_REF`
 */
export async function requireCommit(ref: string, context: GitContext): Promise<string> {
  // A leading dash would be an option to git, whatever it is quoted with in a shell.
  if (ref === '' || ref.startsWith('-') || ref.includes('\0')) throw badRef(ref, 'is not the name of a commit');
  await requireWorkTree(context);
  const commit = await resolveCommit(context, ref);
  if (commit === undefined) throw badRef(ref, 'no such branch, tag or commit here');
  return commit;
}

async function mergeBase(ref: string, context: GitContext): Promise<string> {
  const commit = await requireCommit(ref, context);
  const base = await attempt(context, ['merge-base', 'HEAD', commit]);
  return base?.toString('latin1').trim() ?? commit;
}

function badRef(ref: string, why: string): BoosterError {
  return new BoosterError('E_GIT_REF', `${JSON.stringify(ref)}: ${why}`, { ref });
}

/** Commit of a name, or `undefined`. */
async function resolveCommit(context: GitContext, ref: string): Promise<string | undefined> {
  const answer = await attempt(context, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  return answer?.toString('latin1').trim();
}

async function requireWorkTree(context: GitContext): Promise<void> {
  const answer = await attempt(context, ['rev-parse', '--is-inside-work-tree']);
  if (answer?.toString('latin1').trim() !== 'true') {
    throw new BoosterError('E_GIT_UNAVAILABLE', `${context.cwd}: not inside the work tree of a git repository`, {
      path: context.cwd,
    });
  }
}

/** Without rename detection a rename is a deletion and an addition, and only the new name passes the filter. */
async function diffedFiles(context: GitContext, what: readonly string[]): Promise<string[]> {
  const fixed = [
    'diff',
    '--name-only',
    '-z',
    '--relative',
    '--no-renames',
    '--no-ext-diff',
    '--diff-filter=d',
    '--ignore-submodules',
  ];
  return paths(context, await run(context, [...fixed, ...what, '--']));
}

async function untrackedFiles(context: GitContext): Promise<string[]> {
  return listedFiles(context, ['--others', '--exclude-standard']);
}

async function listedFiles(context: GitContext, what: readonly string[]): Promise<string[]> {
  return paths(context, await run(context, ['ls-files', '-z', ...what]));
}

/** Git's NUL-separated answer as absolute paths; names that are no UTF-8 lead nowhere and drop out with the deleted ones. */
function paths({ cwd }: GitContext, answer: Buffer): string[] {
  const names = new Set(answer.toString('utf8').split('\0'));
  names.delete('');
  return [...names]
    .map((name) => resolve(cwd, name))
    .filter(isRegularFile)
    .sort();
}

function isRegularFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function merge(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

/** Standard output of git, or `undefined` when git says no. */
async function attempt(context: GitContext, args: readonly string[]): Promise<Buffer | undefined> {
  const answer = await execute(context, args);
  return answer.exitCode === 0 ? answer.stdout : undefined;
}

async function run(context: GitContext, args: readonly string[]): Promise<Buffer> {
  const answer = await execute(context, args);
  if (answer.exitCode === 0) return answer.stdout;
  const said = answer.stderr.toString('utf8').trim().split('\n')[0] ?? '';
  throw new BoosterError('E_GIT_UNAVAILABLE', `git ${args[0] ?? ''} failed: ${said}`, { exitCode: answer.exitCode });
}

interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

async function execute({ cwd, env, signal }: GitContext, args: readonly string[]): Promise<GitAnswer> {
  const { execa } = await import('execa');
  // A repository can name a program as its file-system monitor; listing files must not start it.
  const result = await execa('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd,
    env: { ...env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    extendEnv: false,
    encoding: 'buffer',
    stdin: 'ignore',
    maxBuffer: 1_000_000_000,
    reject: false,
    stripFinalNewline: false,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  if (result.isCanceled) throw new BoosterError('E_TASK_ABORTED', 'interrupted while asking git');
  if (result.exitCode === undefined) {
    throw new BoosterError(
      'E_GIT_UNAVAILABLE',
      `git cannot be started: ${result.originalMessage ?? 'it was ended by a signal'}`,
    );
  }
  return { exitCode: result.exitCode, stdout: Buffer.from(result.stdout), stderr: Buffer.from(result.stderr) };
}
