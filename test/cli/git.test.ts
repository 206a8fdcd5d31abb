import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, after, before, ruleId } from './project.ts';

let project: Project;

beforeEach(async () => {
  project = new Project();
  await project.git('init', '-q', '-b', 'main');
  project.write('.gitignore', '.home/\nignored.ts\n');
  for (const name of ['old.ts', 'staged.ts', 'edited.ts', 'mixed.ts']) project.write(name, after);
  await project.git('add', '.');
  await project.git('commit', '-q', '-m', 'first');
  project.write('staged.ts', before);
  project.write('mixed.ts', before);
  await project.git('add', '.');
  project.write('mixed.ts', `${before}\n// not staged\n`);
  project.write('edited.ts', before);
  project.write('new.ts', before);
  project.write('ignored.ts', before);
  project.write('README.md', 'staged, but no code\n');
  await project.git('add', 'README.md');
});
afterEach(() => {
  project.remove();
});

const only = ['--rule', ruleId];
const listed = async (...args: string[]): Promise<string[]> =>
  (await project.run(['optimize', '--check', ...only, ...args])).stdout.trimEnd().split('\n');

describe('files by git', () => {
  it('are the staged ones, whatever else is in the folder', async () => {
    expect(await listed('--staged')).toEqual(['mixed.ts', 'staged.ts']);
  });

  it('are the uncommitted ones, untracked but not ignored ones included', async () => {
    expect(await listed('--changed')).toEqual(['edited.ts', 'mixed.ts', 'new.ts', 'staged.ts']);
  });

  it('are those that differ from a ref', async () => {
    await project.git('commit', '-q', '-m', 'second');
    expect(await listed('--since', 'HEAD~1')).toEqual(['edited.ts', 'mixed.ts', 'new.ts', 'staged.ts']);
  });

  it('are narrowed by paths', async () => {
    expect(await listed('--changed', 'new.ts', 'old.ts')).toEqual(['new.ts']);
  });

  it('are written, except a partially staged one, which is refused and says why', async () => {
    const { stdout, stderr, exitCode } = await project.run(['optimize', '--staged', '--write', ...only]);
    expect([stdout, exitCode]).toEqual(['staged.ts\n', 2]);
    expect(stderr).toMatch(
      /^error: mixed\.ts: has staged and unstaged changes.* \(E_GIT_PARTIALLY_STAGED\)\n {2}help: /m,
    );
    expect(project.read('staged.ts')).toBe(after);
    expect(project.read('mixed.ts')).toBe(`${before}\n// not staged\n`);
  });

  it('are checked as they are staged, whatever the file has become since', async () => {
    project.write('mixed.ts', `${after}\n// mended, but not staged\n`);
    project.write('staged.ts', after);
    await project.git('add', 'staged.ts');
    project.write('staged.ts', `${before}\n// slow again, but not staged\n`);
    expect(await listed('--staged')).toEqual(['mixed.ts']);
    expect(project.read('mixed.ts')).toBe(`${after}\n// mended, but not staged\n`);
  });

  it('are none when nothing is staged, which is no error', async () => {
    await project.git('reset', '-q');
    const { stdout, stderr, exitCode } = await project.run(['optimize', '--staged']);
    expect([stdout, exitCode]).toEqual(['', 0]);
    expect(stderr).toContain('Checked 0 files');
  });

  it('are an error for a ref that does not exist and for a path that does not exist', async () => {
    const ref = await project.run(['optimize', '--since', 'nonsense']);
    expect([ref.exitCode, ref.stderr]).toEqual([2, expect.stringContaining('E_GIT_REF')]);
    const path = await project.run(['optimize', '--staged', 'nowhere']);
    expect([path.exitCode, path.stderr]).toEqual([2, expect.stringContaining('error: nowhere: does not exist')]);
  });
});
