import { createHash } from 'node:crypto';
import { chmodSync, linkSync, readdirSync, statSync, symlinkSync, truncateSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project.ts';
import type { Run } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

const before = `import { read } from './read.ts';

export function total(items: number[]): number {
  let sum = 0;
  for (const item of items) sum += item;
  return sum;
}

export function mean(items: number[]): number {
  return total(items) / items.length;
}
`;
const after = before.replace(
  'return total(items) / items.length',
  'return items.length === 0 ? 0 : total(items) / items.length',
);

/** A snippet as agents write it. */
const lazy = `// ... existing code ...

export function mean(items: number[]): number {
  return items.length === 0 ? 0 : total(items) / items.length;
}
`;
/** The same, with the sign for three dots. */
const typographic = lazy.replace('// ... existing code ...', '// \u2026');
/** Two places fit. */
const unclear = '<<<<<<< SEARCH\n}\n=======\n};\n>>>>>>> REPLACE\n';
const elsewhere = '<<<<<<< SEARCH\n  let count = 0;\n=======\n  let count = 1;\n>>>>>>> REPLACE\n';

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

async function document(args: readonly string[], input: unknown): Promise<Run & { json: Record<string, unknown> }> {
  const run = await project.run(['apply', '--stdin', ...args], { input: JSON.stringify(input) });
  return { ...run, json: JSON.parse(run.stdout) as Record<string, unknown> };
}

describe('preview', () => {
  it('prints a diff on stdout, what was done on stderr, and changes nothing', async () => {
    project.write('src/a.ts', before);
    project.write('edit.txt', lazy);
    const { stdout, stderr, exitCode } = await project.run(['apply', 'src/a.ts', '--edit', 'edit.txt']);
    expect(stdout).toMatch(/^--- a\/src\/a\.ts\n\+\+\+ b\/src\/a\.ts\n@@ /);
    expect(stderr).toMatch(
      /^src\/a\.ts: applies, 1 line added, 1 removed · snippet with markers · merged by anchors · /,
    );
    expect(stderr).toContain('\nWrite it: booster apply src/a.ts --edit edit.txt --write\n');
    expect(exitCode).toBe(0);
    expect(project.read('src/a.ts')).toBe(before);
  });

  it('reads the sign for three dots as three dots', async () => {
    project.write('a.ts', before);
    project.write('edit.txt', typographic);
    await project.run(['apply', 'a.ts', '--edit', 'edit.txt', '--write']);
    expect(project.read('a.ts')).toBe(after);
  });

  it('is a patch with which git makes the same bytes as --write', async () => {
    const files = {
      'plain.ts': before,
      'crlf.ts': crlf(before),
      'bom.ts': `\uFEFF${before}`,
      'no newline.ts': before.trimEnd(),
      'src/[id]/ü😀.ts': before,
    };
    project.write('edit.txt', lazy);
    for (const [name, text] of Object.entries(files)) {
      project.write(`patched/${name}`, text);
      project.write(`written/${name}`, text);
    }
    await project.git('init', '-q');
    for (const name of Object.keys(files)) {
      const args = ['apply', name, '--edit', '../edit.txt'];
      const { stdout } = await project.run(args, { cwd: 'patched' });
      await execa('git', ['apply'], { cwd: join(project.folder, 'patched'), input: stdout });
      await project.run([...args, '--write'], { cwd: 'written' });
      expect(project.read(`patched/${name}`)).toBe(project.read(`written/${name}`));
    }
    expect(project.read('written/plain.ts')).toBe(after);
    expect(project.read('written/bom.ts')).toBe(`\uFEFF${after}`);
    expect(project.read('written/crlf.ts')).toBe(crlf(after));
    expect(project.read('written/no newline.ts')).toBe(after.trimEnd());
  });

  it('names an absolute path as git wants it, and the same for a path with detours', async () => {
    project.write('src/a.ts', before);
    for (const path of [join(project.folder, 'src/a.ts'), './src/../src/a.ts']) {
      const { stdout } = await project.run(['apply', path, '--edit', '-'], { input: lazy });
      expect(stdout).toMatch(/^--- a\/src\/a\.ts\n/);
    }
  });

  it('takes the edit from standard input, and then offers no command to repeat', async () => {
    project.write('a.ts', before);
    const { stdout, stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', '-'], { input: lazy });
    expect([stdout.length > 0, exitCode]).toEqual([true, 0]);
    expect(stderr).not.toContain('Write it');
  });
});

describe('--write', () => {
  it('changes the file, names it on stdout, and has nothing to do a second time', async () => {
    project.write('a.ts', before);
    project.write('edit.txt', lazy);
    chmodSync(join(project.folder, 'a.ts'), 0o640);
    const args = ['apply', 'a.ts', '--edit', 'edit.txt', '--write'];
    const first = await project.run(args);
    expect([first.stdout, first.exitCode]).toEqual(['a.ts\n', 0]);
    expect(first.stderr).toMatch(/^a\.ts: written, 1 line added, 1 removed/);
    expect(project.read('a.ts')).toBe(after);
    expect(statSync(join(project.folder, 'a.ts')).mode & 0o777).toBe(0o640);
    expect(readdirSync(project.folder)).not.toContainEqual(expect.stringMatching(/tmp|lock/));
    const second = await project.run(args);
    expect([second.stdout, second.exitCode]).toEqual(['', 0]);
    expect(second.stderr).toMatch(/^a\.ts: unchanged, the file says so already\n$/);
  });

  it('follows a symbolic link and keeps it', async () => {
    project.write('real/a.ts', before);
    symlinkSync('real/a.ts', join(project.folder, 'link.ts'));
    const { exitCode } = await project.run(['apply', 'link.ts', '--edit', '-', '--write'], { input: lazy });
    expect(exitCode).toBe(0);
    expect(lstatSync(join(project.folder, 'link.ts')).isSymbolicLink()).toBe(true);
    expect(project.read('real/a.ts')).toBe(after);
  });

  it('says that other hard links of the file keep the old content', async () => {
    project.write('a.ts', before);
    linkSync(join(project.folder, 'a.ts'), join(project.folder, 'b.ts'));
    const args = ['apply', 'a.ts', '--edit', '-'];
    const preview = await project.run(args, { input: lazy });
    expect(preview.stderr).toMatch(/^ {2}note: 1 other name \(hard link\) of this file keeps the old content$/m);
    const { stdout } = await project.run([...args, '--write', '--json'], { input: lazy });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'applied', written: true, otherNames: 1 });
    expect([project.read('a.ts'), project.read('b.ts')]).toEqual([after, before]);
    const alone = await project.run([...args, '--json'], { input: lazy });
    expect(JSON.parse(alone.stdout)).not.toHaveProperty('otherNames');
  });

  it('refuses a read-only file', async () => {
    project.write('a.ts', before);
    chmodSync(join(project.folder, 'a.ts'), 0o444);
    const { stdout, stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', '-', '--write'], {
      input: lazy,
    });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toMatch(/^error: a\.ts: is read-only \(E_FILE_NOT_WRITABLE\)\n/);
    expect(project.read('a.ts')).toBe(before);
  });
});

describe('--check', () => {
  it('prints nothing but the verdict', async () => {
    project.write('a.ts', before);
    const applies = await project.run(['apply', 'a.ts', '--edit', '-', '--check'], { input: lazy });
    expect(applies).toEqual({ stdout: 'applies a.ts\n', stderr: '', exitCode: 0 });
    project.write('a.ts', after);
    const unchanged = await project.run(['apply', 'a.ts', '--edit', '-', '--check'], { input: lazy });
    expect(unchanged).toEqual({ stdout: 'unchanged a.ts\n', stderr: '', exitCode: 0 });
    const refused = await project.run(['apply', 'a.ts', '--edit', '-', '--check'], { input: unclear });
    expect([refused.stdout, refused.exitCode]).toEqual(['refused a.ts\n', 1]);
  });
});

describe('a refusal', () => {
  it('says on stderr why, which places compete, and what would help; the file is untouched and the exit code 1', async () => {
    project.write('a.ts', before);
    const args = ['apply', 'a.ts', '--edit', '-', '--write'];
    const { stdout, stderr, exitCode } = await project.run(args, { input: unclear });
    expect([stdout, exitCode]).toEqual(['', 1]);
    expect(stderr).toMatch(/^refused: a\.ts \(E_APPLY_AMBIGUOUS\)\n/);
    expect(stderr).toMatch(/^ {4}7 +\| }\n {4}11 +\| }$/m);
    expect(stderr).toMatch(/^ {2}help: .+$/m);
    expect(project.read('a.ts')).toBe(before);
  });

  it('is a document with --json, with nothing on stderr', async () => {
    project.write('a.ts', before);
    const { stdout, stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', '-', '--json'], {
      input: unclear,
    });
    expect([stderr, exitCode]).toEqual(['', 1]);
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(answer).toMatchObject({ status: 'refused', code: 'E_APPLY_AMBIGUOUS', path: 'a.ts', hash: hash(before) });
    expect(answer['candidates']).toMatchObject([{ startLine: 7 }, { startLine: 11 }]);
  });

  it('comes for a place that is not there', async () => {
    project.write('a.ts', before);
    const { stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', '-'], { input: elsewhere });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^refused: a\.ts \(E_APPLY_NOT_FOUND\)\n/);
  });
});

describe('--expect-hash', () => {
  it.each([64, 8])(
    'lets the expected content through by %i digits, and the next hash is in the answer',
    async (digits) => {
      project.write('a.ts', before);
      const expected = hash(before).slice(0, digits).toUpperCase();
      const args = ['apply', 'a.ts', '--edit', '-', '--write', '--json', '--expect-hash', expected];
      const { stdout, exitCode } = await project.run(args, { input: lazy });
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        status: 'applied',
        written: true,
        hash: hash(before),
        newHash: hash(after),
      });
      expect(project.read('a.ts')).toBe(after);
    },
  );

  it('stops the edit of another content, as a refusal', async () => {
    project.write('a.ts', before);
    const args = ['apply', 'a.ts', '--edit', '-', '--write', '--expect-hash', hash('other')];
    const { stderr, exitCode } = await project.run(args, { input: lazy });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: a\.ts: has the hash .*\(E_FILE_CHANGED\)\n/);
    expect(project.read('a.ts')).toBe(before);
  });
});

describe('--stdin', () => {
  it('merges code that lies in no file', async () => {
    const { json, stderr, exitCode } = await document([], { code: before, edit: lazy, language: 'ts' });
    expect([stderr, exitCode]).toEqual(['', 0]);
    expect(json).toMatchObject({ schemaVersion: 1, status: 'applied', output: after, written: false, engine: 'merge' });
    expect(json).not.toHaveProperty('path');
  });

  it('changes a file with --write', async () => {
    project.write('a.ts', before);
    const { json, exitCode } = await document(['--write'], { file: 'a.ts', edit: lazy, expectHash: hash(before) });
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ status: 'applied', path: 'a.ts', written: true, linesAdded: 1, linesRemoved: 1 });
    expect(project.read('a.ts')).toBe(after);
  });

  it('changes several files, or none when one edit is refused', async () => {
    for (const name of ['a.ts', 'b.ts', 'c.ts']) project.write(name, before);
    const edits = ['a.ts', 'b.ts', 'c.ts'].map((file) => ({ file, edit: lazy }));
    const refused = await document(['--write'], [...edits, { file: 'a.ts', edit: unclear }]);
    expect(refused.exitCode).toBe(1);
    expect(refused.json).toMatchObject({ status: 'refused', written: false, results: { length: 4 } });
    expect(['a.ts', 'b.ts', 'c.ts'].map((name) => project.read(name))).toEqual([before, before, before]);
    const applied = await document(['--write'], edits);
    expect(applied.exitCode).toBe(0);
    expect(applied.json).toMatchObject({ status: 'applied', written: true });
    expect(['a.ts', 'b.ts', 'c.ts'].map((name) => project.read(name))).toEqual([after, after, after]);
  });

  it.each([
    ['no JSON', '{ "file": ', 'E_APPLY_DOCUMENT'],
    ['an unknown key', '{ "path": "a.ts", "edit": "x" }', 'E_APPLY_DOCUMENT'],
    ['an unknown language', '{ "code": "a", "edit": "x", "language": "klingon" }', 'E_APPLY_LANGUAGE'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'E_FILE_NOT_TEXT'],
  ])('answers %s with a document and exit code 2', async (_what, input, code) => {
    const { stdout, exitCode } = await project.run(['apply', '--stdin'], { input });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, error: { code } });
  });
});

describe('--patch', () => {
  const hunk = (path: string): string =>
    `--- a/${path}\n+++ b/${path}\n@@ -9,3 +9,3 @@\n export function mean(items: number[]): number {\n` +
    `-  return total(items) / items.length;\n+  return items.length === 0 ? 0 : total(items) / items.length;\n }\n`;

  it.each([
    ['a unified diff', hunk('a.ts') + hunk('src/b.ts')],
    [
      'the *** Begin Patch format',
      `*** Begin Patch\n${['a.ts', 'src/b.ts'].map((path) => `*** Update File: ${path}\n${hunk(path).split('\n').slice(2).join('\n')}`).join('')}*** End Patch\n`,
    ],
  ])('changes several files by %s', async (_form, patch) => {
    for (const name of ['a.ts', 'src/b.ts']) project.write(name, before);
    project.write('changes.patch', patch);
    const { stdout, exitCode } = await project.run(['apply', '--patch', 'changes.patch', '--write']);
    expect([stdout, exitCode]).toEqual(['a.ts\nsrc/b.ts\n', 0]);
    expect([project.read('a.ts'), project.read('src/b.ts')]).toEqual([after, after]);
  });

  it('changes no file when one hunk does not fit', async () => {
    project.write('a.ts', before);
    project.write('src/b.ts', before.replaceAll('mean', 'average'));
    const args = ['apply', '--patch', '-', '--write'];
    const { stdout, stderr, exitCode } = await project.run(args, { input: hunk('a.ts') + hunk('src/b.ts') });
    expect([stdout, exitCode]).toEqual(['', 1]);
    expect(stderr).toMatch(/^refused: src\/b\.ts \(E_APPLY_NOT_FOUND\)$/m);
    expect(stderr).toMatch(/\n2 edits, 1 refused: nothing was written\n$/);
    expect(project.read('a.ts')).toBe(before);
  });

  it.each([
    ['adds a file', hunk('a.ts') + '--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1 @@\n+x\n', 'E_APPLY_FILE_OPERATION'],
    [
      'changes a mode',
      `diff --git a/b.ts b/b.ts\nold mode 100644\nnew mode 100755\n${hunk('a.ts')}`,
      'E_APPLY_FILE_OPERATION',
    ],
    ['names no file', 'export const a = 1;\n', 'E_APPLY_MALFORMED'],
  ])('is refused as a whole when it %s', async (_what, patch, code) => {
    project.write('a.ts', before);
    const { stdout, exitCode } = await project.run(['apply', '--patch', '-', '--write', '--json'], { input: patch });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'refused', written: false, results: [{ path: '-', code }] });
    expect(project.read('a.ts')).toBe(before);
  });

  it('never leads out of the working directory', async () => {
    project.write('out/a.ts', before);
    project.write('in/a.ts', before);
    symlinkSync('../out', join(project.folder, 'in/link'));
    for (const path of ['../out/a.ts', 'x/../../out/a.ts', 'link/a.ts', join(project.folder, 'in/a.ts')]) {
      const run = await project.run(['apply', '--patch', '-', '--write'], { cwd: 'in', input: hunk(path) });
      expect([path, run.stdout, run.exitCode]).toEqual([path, '', 2]);
      expect(run.stderr).toContain('(E_APPLY_OUTSIDE)');
    }
    expect(project.read('out/a.ts')).toBe(before);
  });
});

describe('files that cannot be edited', () => {
  const hostile: [string, () => void, string][] = [
    ['that do not exist', () => undefined, 'E_FILE_NOT_FOUND'],
    [
      'that are folders',
      () => {
        project.write('x/y', '');
      },
      'E_FILE_NOT_READABLE',
    ],
    [
      'that are no UTF-8',
      () => {
        project.write('x', Buffer.from([0x61, 0x0a, 0xff, 0x0a]));
      },
      'E_FILE_NOT_TEXT',
    ],
    [
      'that are UTF-16',
      () => {
        project.write('x', Buffer.from('\uFEFFabc', 'utf16le'));
      },
      'E_FILE_NOT_TEXT',
    ],
    [
      'that hold a NUL',
      () => {
        project.write('x', 'a\0b');
      },
      'E_FILE_NOT_TEXT',
    ],
    [
      'of 200 MB',
      () => {
        project.write('x', '');
        truncateSync(join(project.folder, 'x'), 200_000_000);
      },
      'E_FILE_TOO_LARGE',
    ],
  ];

  it.each(hostile)('%s fail with exit code 2', async (_what, create, code) => {
    create();
    const { stdout, stderr, exitCode } = await project.run(['apply', 'x', '--edit', '-', '--write'], { input: lazy });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain(`(${code})`);
    expect(stderr).toMatch(/^error: x: /);
  });

  it.each(hostile)('%s are no edits either', async (_what, create, code) => {
    create();
    project.write('a.ts', before);
    const { stdout, stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', 'x', '--write']);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain(`(${code})`);
    expect(project.read('a.ts')).toBe(before);
  });

  it('cannot be file and edit at once, under whatever name', async () => {
    project.write('a.ts', before);
    symlinkSync('a.ts', join(project.folder, 'link.ts'));
    for (const name of ['a.ts', './a.ts', 'link.ts']) {
      const { stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', name]);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^error: a\.ts cannot be the file and the edit at once \(E_CLI_USAGE\)\n/);
    }
  });
});

describe('limits', () => {
  it('end a merge that takes too long with the file untouched', async () => {
    const large = before + '// a line that is not of interest\n'.repeat(25_000);
    project.write('a.ts', large);
    const { stdout, stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', '-', '--write'], {
      input: lazy,
      env: { WASM_TASK_TIMEOUT: '10' },
    });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toMatch(/^error: a\.ts: no answer within 10 ms \(E_TASK_TIMEOUT\)\n/);
    expect(project.read('a.ts')).toBe(large);
  });

  it('stop an edit on standard input that has no end', async () => {
    project.write('a.ts', before);
    const input = 'x'.repeat(3_000_000);
    const { stderr, exitCode } = await project.run(['apply', 'a.ts', '--edit', '-'], { input });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('(E_FILE_TOO_LARGE)')]);
  });
});

describe('usage', () => {
  it.each([
    [[], 'which file?'],
    [['a.ts'], 'where is the edit?'],
    [['-', '--edit', 'x'], "'-' is no file to change"],
    [['a.ts', 'b.ts', '--edit', 'x'], 'too many arguments'],
    [['a.ts', '--patch', '-'], '--patch names the files itself'],
    [['--patch', 'x', '--edit', '-'], 'cannot be used with'],
    [['a.ts', '--edit', '-', '--write', '--check'], 'cannot be used with'],
    [['a.ts', '--edit', '-', '--expect-hash', 'abc'], '--expect-hash is not 8 to 64 hexadecimal digits'],
    [['a.ts', '--edit', '-', '--strictness', 'lax'], "argument 'lax' is invalid"],
    [['a.ts', '--edit', '-', '--language', 'pyton'], 'did you mean python?'],
  ])('%j is refused with exit code 2', async (args, message) => {
    const { stdout, stderr, exitCode } = await project.run(['apply', ...args], { input: lazy });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain(message);
  });

  it.each([
    [['a.ts', '--stdin'], '--stdin names the files itself: leave out "a.ts"'],
    [['--edit', '-', '--stdin'], "option '--stdin' cannot be used with option '--edit <file>'"],
  ])('%j is answered with a document', async (args, message) => {
    const { stdout, exitCode } = await project.run(['apply', ...args], { input: '{}' });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'E_CLI_USAGE', message } });
  });

  it('takes the strictness of the configuration, unless the command line names one', async () => {
    project.write('.boosterrc', 'apply:\n  strictness: lax\n');
    project.write('a.ts', before);
    const wrong = await project.run(['apply', 'a.ts', '--edit', '-'], { input: lazy });
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('apply.strictness: "lax" is not one of'),
    ]);
    const isolated = await project.run(['apply', 'a.ts', '--edit', '-', '--isolated'], { input: lazy });
    expect(isolated.exitCode).toBe(0);
  });
});
