import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../../src/files/find-files.ts';
import type { FindOptions, FoundFiles } from '../../../src/files/find-files.ts';
import { tempFolder } from './temp-folder.ts';

const extensions = ['js', 'mjs', 'ts', 'tsx'];

async function find(cwd: string, patterns: readonly string[], options: Partial<FindOptions> = {}): Promise<FoundFiles> {
  return findFiles(patterns, { cwd, extensions, ...options });
}

async function names(cwd: string, patterns: readonly string[], options: Partial<FindOptions> = {}): Promise<string[]> {
  return (await find(cwd, patterns, options)).files.map(({ name }) => name);
}

describe('explicit paths', () => {
  it('are taken whatever they are called and even when ignored', async () => {
    const folder = tempFolder({
      '.gitignore': '*',
      'a.min.js': '',
      'b.css': '',
      'c.d.ts': '',
      'node_modules/d/d.js': '',
    });
    const { files, problems } = await find(folder, ['a.min.js', 'b.css', 'c.d.ts', 'node_modules/d/d.js']);
    expect(files.map(({ name }) => name)).toEqual(['a.min.js', 'b.css', 'c.d.ts', 'node_modules/d/d.js']);
    expect(files.every(({ explicit }) => explicit)).toBe(true);
    expect(problems).toEqual([]);
  });

  it('are left out under forceExclude by the rules of files found in folders', async () => {
    const folder = tempFolder({ '.gitignore': 'gen/\n', 'a.min.js': '', 'b.ts': '', 'gen/c.ts': '' });
    const { files, skipped } = await find(folder, ['a.min.js', 'b.ts', 'gen/c.ts', 'gen'], { forceExclude: true });
    expect(files.map(({ name }) => name)).toEqual(['b.ts']);
    expect(skipped.ignored).toBe(3);
  });

  it('with glob characters in their name are taken literally', async () => {
    const folder = tempFolder({ 'app/[id]/page.tsx': '', 'app/i/page.tsx': '' });
    expect(await names(folder, ['app/[id]/page.tsx'])).toEqual(['app/[id]/page.tsx']);
    expect(await names(folder, ['app/[id]'])).toEqual(['app/[id]/page.tsx']);
  });

  it('that do not exist are reported while the rest goes on', async () => {
    const folder = tempFolder({ 'a.ts': '' });
    const { files, problems } = await find(folder, ['nope.ts', 'a.ts', 'nul\0.ts', '']);
    expect(files.map(({ name }) => name)).toEqual(['a.ts']);
    expect(problems.map(({ code }) => code)).toEqual(['E_FILE_NOT_FOUND', 'E_FILE_NOT_FOUND', 'E_FILE_NOT_FOUND']);
    expect(problems[0]?.message).toBe('nope.ts: does not exist');
  });

  it('that are empty do not mean the whole working directory', async () => {
    const { files, problems } = await find(tempFolder({ 'a.ts': '' }), ['']);
    expect(files).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual(['an empty path names no file']);
  });

  it('outside the working directory keep a name that leads there', async () => {
    const folder = tempFolder({ 'a/x.ts': '', 'b/y.ts': '' });
    expect(await names(join(folder, 'a'), ['../b', 'x.ts'])).toEqual(['../b/y.ts', 'x.ts']);
  });

  it('name a file once, however often and by whatever way it is reached', async () => {
    const folder = tempFolder({ 'src/a.ts': '' });
    symlinkSync('src/a.ts', join(folder, 'link.ts'));
    const { files } = await find(folder, ['src', 'src/a.ts', './src/../src/a.ts', 'src/*.ts', 'link.ts']);
    expect(files).toEqual([{ path: join(folder, 'src/a.ts'), name: 'src/a.ts', explicit: true }]);
  });
});

describe('folders', () => {
  it('are searched recursively in sorted order, hidden folders included, by extension', async () => {
    const folder = tempFolder({ 'b.ts': '', 'a/z.JS': '', 'a/y.css': '', '.hidden/x.mjs': '', README: '' });
    const { files, skipped } = await find(folder, ['.']);
    expect(files.map(({ name }) => name)).toEqual(['.hidden/x.mjs', 'a/z.JS', 'b.ts']);
    expect(files.some(({ explicit }) => explicit)).toBe(false);
    expect(skipped.unsupported).toBe(2);
  });

  it('count what they skip by reason', async () => {
    const folder = tempFolder({
      'a.ts': '',
      'a.min.js': '',
      'b.d.ts': '',
      'c.d.mts': '',
      '.gitignore': 'out/\nd.ts',
      'out/e.ts': '',
      'd.ts': '',
    });
    symlinkSync('a.ts', join(folder, 'f.ts'));
    const { files, skipped } = await find(folder, ['.'], { extensions: [...extensions, 'mts', 'gitignore'] });
    expect(files.map(({ name }) => name)).toEqual(['.gitignore', 'a.ts']);
    expect(skipped).toMatchObject({ minified: 1, declaration: 2, ignored: 2, link: 1 });
  });

  it('never enter node_modules and .git below themselves, not even with noIgnore', async () => {
    const folder = tempFolder({ 'a.ts': '', 'node_modules/b.ts': '', 'x/node_modules/c.ts': '', '.git/d.ts': '' });
    expect(await names(folder, ['.'], { noIgnore: true })).toEqual(['a.ts']);
    expect(await names(folder, ['node_modules'])).toEqual(['node_modules/b.ts']);
  });

  it('do not follow linked folders, so that cycles end', async () => {
    const folder = tempFolder({ 'a/b/c.ts': '' });
    symlinkSync('..', join(folder, 'a/b/up'));
    symlinkSync('b', join(folder, 'a/again'));
    expect(await names(folder, ['a'])).toEqual(['a/b/c.ts']);
  });

  it('that are links themselves are searched under the name that was given', async () => {
    const folder = tempFolder({ 'real/a.ts': '' });
    symlinkSync('real', join(folder, 'link'));
    expect(await names(folder, ['link'])).toEqual(['link/a.ts']);
  });

  it('without any matching file are reported, with the number of skipped ones', async () => {
    const folder = tempFolder({ 'docs/a.md': '', 'docs/b.css': '', 'a.ts': '' });
    const { files, problems } = await find(folder, ['docs', 'a.ts']);
    expect(files).toHaveLength(1);
    expect(problems.map(({ message }) => message)).toEqual(['docs: no .js, .mjs, .ts, .tsx file found (2 skipped)']);
    expect(problems[0]?.code).toBe('E_FILE_NOT_FOUND');
  });

  it.skipIf(process.platform === 'win32')('pass over FIFOs and names that are no UTF-8', async () => {
    const folder = tempFolder({ 'a.ts': '' });
    spawnSync('mkfifo', [join(folder, 'fifo.ts')]);
    const odd = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.ts')]);
    writeFileSync(odd, '');
    writeFileSync(join(folder, '\ufffd.ts'), '');
    const { files, skipped } = await find(folder, ['.']);
    expect(files.map(({ name }) => name)).toEqual(['a.ts', '\ufffd.ts']);
    expect(skipped).toMatchObject({ special: 1, 'odd-name': 1 });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'that cannot be read are reported and the rest goes on',
    async () => {
      const folder = tempFolder({ 'a.ts': '', 'shut/b.ts': '' });
      chmodSync(join(folder, 'shut'), 0);
      const { files, problems } = await find(folder, ['.']);
      chmodSync(join(folder, 'shut'), 0o700);
      expect(files.map(({ name }) => name)).toEqual(['a.ts']);
      expect(problems.map(({ code }) => code)).toEqual(['E_FILE_NOT_READABLE']);
    },
  );

  it('stop when the signal is aborted', async () => {
    const folder = tempFolder({ 'a.ts': '' });
    await expect(find(folder, ['.'], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'E_TASK_ABORTED',
    });
  });

  it('of 5,000 files are found completely', async () => {
    const folder = tempFolder({ '.gitignore': 'skip-*\n' });
    for (let each = 0; each < 100; each += 1) {
      mkdirSync(join(folder, `d${each}/e`), { recursive: true });
      for (let file = 0; file < 50; file += 1) writeFileSync(join(folder, `d${each}/e/f${file}.ts`), '');
      writeFileSync(join(folder, `d${each}/skip-me.ts`), '');
    }
    const { files, skipped } = await find(folder, ['.']);
    expect(files).toHaveLength(5000);
    expect(skipped.ignored).toBe(100);
  });
});

describe('globs', () => {
  const tree = { 'src/a.ts': '', 'src/b/c.ts': '', 'src/b/d.js': '', 'src/.e.ts': '', 'lib/f.ts': '', 'src/g.css': '' };

  it.each([
    ['src/*.ts', ['src/.e.ts', 'src/a.ts']],
    ['src/**/*.ts', ['src/.e.ts', 'src/a.ts', 'src/b/c.ts']],
    ['**/*.{js,tsx}', ['src/b/d.js']],
    ['src/*/*', ['src/b/c.ts', 'src/b/d.js']],
    ['{src/b,lib}/*.ts', ['lib/f.ts', 'src/b/c.ts']],
    ['./src/?.ts', ['src/a.ts']],
    ['src/[ab].ts', ['src/a.ts']],
  ])('%s', async (pattern, expected) => {
    expect(await names(tempFolder(tree), [pattern])).toEqual(expected);
  });

  it('may be absolute or lead upward', async () => {
    const folder = tempFolder(tree);
    expect(await names(join(folder, 'lib'), ['../src/b/*.ts', `${folder}/lib/*`])).toEqual(['../src/b/c.ts', 'f.ts']);
  });

  it('skip ignored files', async () => {
    expect(await names(tempFolder({ ...tree, '.gitignore': 'b/' }), ['src/**/*.ts'])).toEqual([
      'src/.e.ts',
      'src/a.ts',
    ]);
  });

  it('that match nothing are reported', async () => {
    const { problems } = await find(tempFolder(tree), ['src/**/*.vue', 'nope/*.ts', '!src/a.ts']);
    expect(problems.map(({ code }) => code)).toEqual(['E_FILE_NOT_FOUND', 'E_FILE_NOT_FOUND', 'E_FILE_NOT_FOUND']);
  });
});

describe('ignore files', () => {
  it('hold at every level, and a deeper one may take files back in', async () => {
    const folder = tempFolder({
      '.gitignore': '*.gen.ts\n/root.ts\n',
      'root.ts': '',
      'a.gen.ts': '',
      'in/root.ts': '',
      'in/.gitignore': '!keep.gen.ts\nlocal.ts\n',
      'in/keep.gen.ts': '',
      'in/lose.gen.ts': '',
      'in/local.ts': '',
      'local.ts': '',
    });
    expect(await names(folder, ['.'])).toEqual(['in/keep.gen.ts', 'in/root.ts', 'local.ts']);
  });

  it('of the repository above the working directory count; those above the repository do not', async () => {
    const folder = tempFolder({
      '.gitignore': '*.ts',
      'r/.git/HEAD': '',
      'r/.git/info/exclude': 'c.ts',
      'r/.gitignore': 'b.ts',
      'r/s/a.ts': '',
      'r/s/b.ts': '',
      'r/s/c.ts': '',
    });
    expect(await names(join(folder, 'r/s'), ['.'])).toEqual(['a.ts']);
    expect(await names(folder, ['r/s'])).toEqual(['r/s/a.ts']);
  });

  it('called .boosterignore add to .gitignore and may take back', async () => {
    const folder = tempFolder({
      '.gitignore': 'a.ts\nb.ts',
      '.boosterignore': '!b.ts\nc.ts',
      'a.ts': '',
      'b.ts': '',
      'c.ts': '',
      'd.ts': '',
    });
    expect(await names(folder, ['.'])).toEqual(['b.ts', 'd.ts']);
  });

  it('do not speak for the content of a folder that is ignored but named explicitly', async () => {
    const folder = tempFolder({
      '.git/HEAD': '',
      '.gitignore': 'dist/',
      'dist/a.ts': '',
      'dist/.gitignore': 'b.ts',
      'dist/b.ts': '',
    });
    expect(await names(folder, ['dist'])).toEqual(['dist/a.ts']);
    expect((await find(folder, ['.'])).files).toEqual([]);
  });

  it('are not read with noIgnore, while given patterns still hold', async () => {
    const folder = tempFolder({ '.gitignore': 'a.ts', 'a.ts': '', 'b.ts': '' });
    expect(await names(folder, ['.'], { noIgnore: true, ignore: [{ base: folder, patterns: ['b.ts'] }] })).toEqual([
      'a.ts',
    ]);
  });

  it('that are folders, FIFOs, huge or full of nonsense do no harm', async () => {
    const folder = tempFolder({
      'a/.gitignore/x.ts': '',
      'b/.gitignore': '[\n\\\n!!\n/\n..\n*/../*\n(\n',
      'b/y.ts': '',
      'c/.gitignore': Buffer.from([0xff, 0, 0x0a]),
      'c/z.ts': '',
    });
    expect(await names(folder, ['.'])).toEqual(['a/.gitignore/x.ts', 'b/y.ts', 'c/z.ts']);
  });

  it('given as patterns are relative to their own folder and stronger than ignore files', async () => {
    const folder = tempFolder({ '.gitignore': 'b.ts', 'a.ts': '', 'b.ts': '', 'sub/a.ts': '', 'sub/c.ts': '' });
    const ignore = [
      { base: folder, patterns: ['/a.ts', '!b.ts'] },
      { base: join(folder, 'sub'), patterns: ['/c.ts'] },
    ];
    expect(await names(folder, ['.'], { ignore })).toEqual(['b.ts', 'sub/a.ts']);
  });
});

describe('a list to choose among', () => {
  it('is narrowed by patterns and by the rules for files found in folders', async () => {
    const folder = tempFolder({
      '.gitignore': 'gen/',
      'src/a.ts': '',
      'src/b.md': '',
      'src/c.min.js': '',
      'gen/d.ts': '',
      'e.ts': '',
      'node_modules/x/f.ts': '',
    });
    const among = ['src/a.ts', 'src/b.md', 'src/c.min.js', 'gen/d.ts', 'e.ts'].map((name) => join(folder, name));
    expect(await names(folder, [], { among })).toEqual(['e.ts', 'src/a.ts']);
    expect(await names(folder, ['src'], { among })).toEqual(['src/a.ts']);
    expect(await names(folder, ['*.ts'], { among })).toEqual(['e.ts']);
    expect(await names(folder, ['e.ts'], { among })).toEqual(['e.ts']);
  });

  it('reports a pattern that leads nowhere, but not one that selects nothing', async () => {
    const folder = tempFolder({ 'a.ts': '', 'b.ts': '' });
    const { files, problems } = await find(folder, ['b.ts', 'nope.ts'], { among: [join(folder, 'a.ts')] });
    expect(files).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual(['nope.ts: does not exist']);
  });
});
