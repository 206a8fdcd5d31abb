import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { GitContext } from './git-files.ts';

/** What git holds of a file. */
export interface GitBlob {
  readonly bytes: Buffer;
  /** The staged version, or that of the last commit when none is staged. */
  readonly from: 'index' | 'HEAD';
}

/**
 * The version of a file that git has; `undefined` outside of a repository, without git, for an untracked file, and for one
 * above the limit. Not by execa as the other calls of git: loading that takes 26 ms, most of what a hook has for all.
 */
export async function gitBlob(
  path: string,
  { env, signal, maximumBytes }: Pick<GitContext, 'env' | 'signal'> & { readonly maximumBytes: number },
): Promise<GitBlob | undefined> {
  for (const from of ['index', 'HEAD'] as const) {
    const revision = `${from === 'index' ? '' : 'HEAD'}:./${basename(path)}`;
    const bytes = await readObject(revision, dirname(path), { env, maximumBytes, ...(signal && { signal }) });
    if (bytes !== undefined) return { bytes, from };
  }
  return undefined;
}

function readObject(
  revision: string,
  cwd: string,
  { env, signal, maximumBytes }: Parameters<typeof gitBlob>[1],
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', 'cat-file', 'blob', revision],
      {
        cwd,
        env: { ...env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
        encoding: 'buffer',
        maxBuffer: maximumBytes,
        windowsHide: true,
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout) => {
        resolve(error === null ? stdout : undefined);
      },
    );
  });
}
