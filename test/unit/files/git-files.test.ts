import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedFiles, changedSince, partiallyStagedFiles, stagedFiles } from '../../../src/files/git-files.ts';
import { tempFolder } from './temp-folder.ts';

const env = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.invalid',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.invalid',
};

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', args, { cwd, env, stdio: 'ignore' });
}

function repository(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder(files);
  git(folder, 'init', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '--allow-empty', '-m', 'first');
  return folder;
}

function below(folder: string, paths: readonly string[]): string[] {
  return paths.map((path) => relative(folder, path));
}

describe('stagedFiles', () => {
  it('lists added, changed and renamed files by their new names, and no deleted or unstaged ones', async () => {
    const folder = repository({
      'a.ts': '1',
      'b.ts': '1',
      'c.ts': 'a long enough content to be seen as a rename\n',
      'd.ts': '1',
    });
    writeFileSync(join(folder, 'a.ts'), '2');
    rmSync(join(folder, 'b.ts'));
    renameSync(join(folder, 'c.ts'), join(folder, 'new name ü\n.ts'));
    git(folder, 'add', '-A');
    writeFileSync(join(folder, 'd.ts'), '2');
    expect(below(folder, await stagedFiles({ cwd: folder, env }))).toEqual(['a.ts', 'new name ü\n.ts']);
  });

  it('lists the files below a sub-folder when asked there', async () => {
    const folder = repository({});
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'a.ts'), '');
    writeFileSync(join(folder, 'sub/b.ts'), '');
    git(folder, 'add', '-A');
    expect(below(folder, await stagedFiles({ cwd: join(folder, 'sub'), env }))).toEqual(['sub/b.ts']);
  });

  it('works before the first commit and leaves out links and files deleted after staging', async () => {
    const folder = tempFolder({ 'a.ts': '', 'b.ts': '' });
    git(folder, 'init');
    symlinkSync('a.ts', join(folder, 'link.ts'));
    git(folder, 'add', '-A');
    rmSync(join(folder, 'b.ts'));
    expect(below(folder, await stagedFiles({ cwd: folder, env }))).toEqual(['a.ts']);
  });
});

describe('partiallyStagedFiles', () => {
  it('lists staged files that have further changes', async () => {
    const folder = repository({ 'a.ts': '1', 'b.ts': '1', 'c.ts': '1' });
    for (const name of ['a.ts', 'b.ts']) writeFileSync(join(folder, name), '2');
    git(folder, 'add', '-A');
    for (const name of ['b.ts', 'c.ts']) writeFileSync(join(folder, name), '3');
    expect(below(folder, await partiallyStagedFiles({ cwd: folder, env }))).toEqual(['b.ts']);
  });
});

describe('changedFiles', () => {
  it('lists staged, unstaged and untracked files, but no ignored ones', async () => {
    const folder = repository({ 'a.ts': '1', 'b.ts': '1', 'c.ts': '1', '.gitignore': 'x.ts' });
    for (const name of ['a.ts', 'b.ts', 'new.ts', 'x.ts']) writeFileSync(join(folder, name), '2');
    git(folder, 'add', 'a.ts');
    expect(below(folder, await changedFiles({ cwd: folder, env }))).toEqual(['a.ts', 'b.ts', 'new.ts']);
  });

  it('lists everything in a repository without a commit', async () => {
    const folder = tempFolder({ 'a.ts': '', 'b.ts': '' });
    git(folder, 'init');
    git(folder, 'add', 'a.ts');
    expect(below(folder, await changedFiles({ cwd: folder, env }))).toEqual(['a.ts', 'b.ts']);
  });
});

describe('changedSince', () => {
  it('compares with the point where the branch began, not with what the other branch did since', async () => {
    const folder = repository({ 'a.ts': '1', 'b.ts': '1' });
    git(folder, 'checkout', '-b', 'work');
    writeFileSync(join(folder, 'a.ts'), '2');
    git(folder, 'commit', '-am', 'work');
    git(folder, 'checkout', 'main');
    writeFileSync(join(folder, 'b.ts'), '2');
    git(folder, 'commit', '-am', 'main went on');
    git(folder, 'checkout', 'work');
    writeFileSync(join(folder, 'new.ts'), '');
    expect(below(folder, await changedSince('main', { cwd: folder, env }))).toEqual(['a.ts', 'new.ts']);
  });

  it('compares with the commit itself when there is no common ancestor', async () => {
    const folder = repository({ 'a.ts': '1', 'b.ts': '1' });
    git(folder, 'checkout', '--orphan', 'other');
    writeFileSync(join(folder, 'a.ts'), '2');
    git(folder, 'commit', '-am', 'other');
    expect(below(folder, await changedSince('main', { cwd: folder, env }))).toEqual(['a.ts']);
  });

  it.each(['-c', '--output=x', '', 'no-such-branch', 'HEAD^{tree}', 'a\0b', 'main..HEAD'])(
    'refuses the reference %j',
    async (ref) => {
      const folder = repository({ 'a.ts': '1' });
      await expect(changedSince(ref, { cwd: folder, env })).rejects.toMatchObject({ code: 'E_GIT_REF' });
    },
  );
});

describe('git itself', () => {
  it('must find a work tree', async () => {
    const folder = tempFolder();
    const outside = { cwd: folder, env: { ...env, GIT_CEILING_DIRECTORIES: folder } };
    await expect(stagedFiles(outside)).rejects.toMatchObject({ code: 'E_GIT_UNAVAILABLE' });
    git(folder, 'init', '--bare');
    await expect(changedFiles({ cwd: folder, env })).rejects.toMatchObject({ code: 'E_GIT_UNAVAILABLE' });
  });

  it('must be installed', async () => {
    const context = { cwd: tempFolder(), env: { PATH: '/nowhere' } };
    await expect(changedFiles(context)).rejects.toMatchObject({ code: 'E_GIT_UNAVAILABLE' });
  });

  it('is not asked once the signal is aborted', async () => {
    const context = { cwd: repository({}), env, signal: AbortSignal.abort() };
    await expect(changedFiles(context)).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
  });

  it('does not start the file-system monitor that a repository names', async () => {
    const folder = repository({ 'a.ts': '1' });
    git(folder, 'config', 'core.fsmonitor', `touch ${join(folder, 'started')}; false`);
    await changedFiles({ cwd: folder, env });
    expect(await changedFiles({ cwd: folder, env })).toEqual([]);
  });
});
