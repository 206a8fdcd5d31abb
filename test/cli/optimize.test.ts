import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, after, before, bin, ruleId } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

const only = ['--rule', ruleId];
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const broken = 'const = ;\n';

describe('preview', () => {
  it('prints a diff on stdout, the reason on stderr, and changes nothing', async () => {
    project.write('src/a.ts', before);
    const { stdout, stderr, exitCode } = await project.run(['optimize', 'src/a.ts', ...only]);
    expect(stdout).toMatch(/^--- a\/src\/a\.ts\n\+\+\+ b\/src\/a\.ts\n@@ /);
    expect(stderr).toMatch(new RegExp(`^src/a\\.ts:\\d+:\\d+ ${ruleId} \\[safe\\] `, 'm'));
    expect(stderr).toContain('Checked 1 file in ');
    expect(stderr).toContain(`Write them: booster optimize src/a.ts --rule ${ruleId} --write\n`);
    expect(exitCode).toBe(0);
    expect(project.read('src/a.ts')).toBe(before);
  });

  it('is a patch with which git makes the same bytes as --write', async () => {
    const files = {
      'plain.ts': before,
      'crlf.ts': crlf(before),
      'bom.ts': `\uFEFF${before}`,
      'no newline.ts': before.trimEnd(),
      'src/[id]/ü😀.ts': before,
    };
    for (const [name, text] of Object.entries(files)) {
      project.write(`patched/${name}`, text);
      project.write(`written/${name}`, text);
    }
    await project.git('init', '-q');
    const { stdout } = await project.run(['optimize', '.', ...only], { cwd: 'patched' });
    await execa('git', ['apply'], { cwd: join(project.folder, 'patched'), input: stdout });
    await project.run(['optimize', '.', ...only, '--write'], { cwd: 'written' });
    for (const [name, text] of Object.entries(files)) {
      expect(project.read(`patched/${name}`)).toBe(project.read(`written/${name}`));
      expect(project.read(`written/${name}`)).not.toBe(text);
    }
    expect(project.read('written/bom.ts')).toBe(`\uFEFF${after}`);
    expect(project.read('written/crlf.ts')).toBe(crlf(after));
    expect(project.read('written/no newline.ts')).toBe(after.trimEnd());
  });

  it('says that there is nothing to do, with an empty stdout', async () => {
    project.write('a.ts', 'export const a = 1;\n');
    const { stdout, stderr, exitCode } = await project.run(['optimize', 'a.ts']);
    expect([stdout, exitCode]).toEqual(['', 0]);
    expect(stderr).toMatch(/^Checked 1 file in .*: nothing to rewrite\n$/);
  });

  it('takes folders, globs in quotes and the current folder', async () => {
    project.write('src/deep/a.ts', before);
    project.write('src/b.mts', before);
    project.write('node_modules/x/c.ts', before);
    const listed = async (...args: string[]): Promise<string> =>
      (await project.run(['optimize', '--check', ...only, ...args])).stdout;
    expect(await listed('src')).toBe('src/b.mts\nsrc/deep/a.ts\n');
    expect(await listed('**/*.ts')).toBe('src/deep/a.ts\n');
    expect(await listed()).toBe('src/b.mts\nsrc/deep/a.ts\n');
    expect(await listed('--ignore-pattern', 'deep/')).toBe('src/b.mts\n');
  });

  it('gives the same bytes with one thread and with several workers', async () => {
    for (let index = 0; index < 12; index += 1) {
      project.write(`f${String(index)}.ts`, before + `// ${'x'.repeat(70)}\n`.repeat(4000));
    }
    const one = await project.run(['optimize', '.', ...only, '-v', '--threads', '1']);
    const three = await project.run(['optimize', '.', ...only, '-v', '--threads', '3']);
    expect([one.stderr, three.stderr].map((text) => text.includes(', worker\n'))).toEqual([false, true]);
    expect(three.stdout).toBe(one.stdout);
    expect(one.stdout.match(/^--- /gm)).toHaveLength(12);
  });

  it('does not cut a large result in a pipe', async () => {
    for (let index = 0; index < 500; index += 1) project.write(`f${String(index)}.ts`, before);
    const { stdout } = await project.run(['optimize', '.', ...only]);
    expect(stdout.length).toBeGreaterThan(100_000);
    expect(stdout.match(/^--- /gm)).toHaveLength(500);
    expect(stdout.endsWith('\n')).toBe(true);
  });

  it('ends quietly when the reader of the pipe goes away', async () => {
    const filler = `// ${'x'.repeat(900)}\n`.repeat(3);
    for (let index = 0; index < 500; index += 1) project.write(`f${String(index)}.ts`, before + filler);
    const command = `"${process.execPath}" "${bin}" optimize . --quiet | head -c 5`;
    const { stdout, stderr } = await execa(command, {
      shell: true,
      cwd: project.folder,
      env: project.environment,
      extendEnv: false,
    });
    expect([stdout, stderr]).toEqual(['--- a', '']);
  });
});

describe('--write', () => {
  it('changes the files, lists them on stdout, and finds nothing in a second run', async () => {
    project.write('a.ts', before);
    chmodSync(join(project.folder, 'a.ts'), 0o640);
    const first = await project.run(['optimize', '.', ...only, '--write']);
    expect([first.stdout, first.exitCode]).toEqual(['a.ts\n', 0]);
    expect(first.stderr).toContain('wrote 1 file (1 rewrite)');
    expect(project.read('a.ts')).toBe(after);
    expect(statSync(join(project.folder, 'a.ts')).mode & 0o777).toBe(0o640);
    expect(readdirSync(project.folder)).not.toContainEqual(expect.stringMatching(/tmp|lock/));
    const second = await project.run(['optimize', '.', ...only, '--fix']);
    expect([second.stdout, second.exitCode]).toEqual(['', 0]);
  });

  it('reports a read-only file, writes the others and exits 2', async () => {
    project.write('a.ts', before);
    project.write('b.ts', before);
    chmodSync(join(project.folder, 'a.ts'), 0o444);
    const { stdout, stderr, exitCode } = await project.run(['optimize', '.', ...only, '--write']);
    expect([stdout, exitCode]).toEqual(['b.ts\n', 2]);
    expect(stderr).toMatch(/^error: a\.ts: is read-only \(E_FILE_NOT_WRITABLE\)\n {2}help: /m);
    expect(project.read('a.ts')).toBe(before);
  });

  it('never mixes two processes that write the same file', async () => {
    project.write('a.ts', before);
    const args = ['optimize', 'a.ts', ...only, '--write'];
    const runs = await Promise.all([project.run(args), project.run(args), project.run(args)]);
    expect(project.read('a.ts')).toBe(after);
    expect(runs.map(({ exitCode }) => exitCode)).toContain(0);
    for (const { exitCode, stderr } of runs) {
      if (exitCode !== 0) expect([exitCode, stderr]).toEqual([2, expect.stringContaining('E_FILE_CHANGED')]);
    }
  });

  it('leaves whole files behind when interrupted, and exits 130', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `f${String(index)}.ts`);
    for (const name of names) project.write(name, before);
    const child = project.start(['optimize', '.', ...only, '--write', '--reporter', 'jsonl']);
    child.stdout.once('data', () => child.kill('SIGINT'));
    const { exitCode, stdout } = await child;
    expect(exitCode).toBe(130);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ type: 'summary', interrupted: true });
    const written = new Set(lines.filter(({ status }) => status === 'written').map(({ path }) => path));
    for (const name of names) expect(project.read(name)).toBe(written.has(name) ? after : before);
  });
});

describe('SIGINT during the only file', () => {
  /** Says from inside the pool's guard that the task runs: now the guard hears the signal, not the event loop. */
  const preload = `
    const { Script } = require('node:vm');
    const run = Script.prototype.runInThisContext;
    Script.prototype.runInThisContext = function (options) {
      const task = globalThis.boosterGuardedCall;
      if (options?.breakOnSigint) {
        globalThis.boosterGuardedCall = () => {
          require('node:fs').writeSync(2, 'task begins\\n');
          return task();
        };
      }
      return run.call(this, options);
    };`;

  it('ends the task at once, leaves the file as it was and exits 130', async () => {
    const functions = Array.from({ length: 5000 }, (_, index) => `f${String(index)} = (xs) => xs.slice(-1)[0];`);
    const text = functions.join('\n');
    project.write('a.js', text);
    project.write('preload.cjs', preload);
    const env = { NODE_OPTIONS: '--require ./preload.cjs' };
    const child = project.start(['optimize', 'a.js', '--level', 'aggressive', '--write'], { env });
    child.stderr.once('data', () => child.kill('SIGINT'));
    const { exitCode, stdout, stderr } = await child;
    expect([exitCode, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/^(task begins\n)+Interrupted after 0 files in .*: nothing to rewrite\n$/);
    expect(project.read('a.js')).toBe(text);
    expect(readdirSync(project.folder).sort()).toEqual(['a.js', 'preload.cjs']);
  });
});

describe('--check', () => {
  it('lists the files with something to do and exits 1', async () => {
    project.write('a.ts', before);
    project.write('b.ts', after);
    const { stdout, exitCode } = await project.run(['optimize', '.', ...only, '--check']);
    expect([stdout, exitCode]).toEqual(['a.ts\n', 1]);
    expect(project.read('a.ts')).toBe(before);
  });

  it('exits 0 when nothing is to do', async () => {
    project.write('b.ts', after);
    expect((await project.run(['optimize', '.', ...only, '--check'])).exitCode).toBe(0);
  });
});

describe('files that cannot be handled', () => {
  it('does the others, names the missing one and exits 2', async () => {
    project.write('a.ts', before);
    const { stdout, stderr, exitCode } = await project.run(['optimize', 'a.ts', 'missing.ts', ...only]);
    expect(stdout).toContain('--- a/a.ts');
    expect(stderr).toContain('error: missing.ts: does not exist (E_FILE_NOT_FOUND)\n  help: check the path\n');
    expect(exitCode).toBe(2);
  });

  it('does not mind a pattern without files with --no-errors-on-unmatched', async () => {
    project.write('a.ts', before);
    const { stderr, exitCode } = await project.run(['optimize', 'a.ts', '*.mts', '--no-errors-on-unmatched']);
    expect([exitCode, stderr.includes('error:')]).toEqual([0, false]);
  });

  it('leaves a file with a syntax error alone: a note in a folder, an error when named or with --check', async () => {
    project.write('a.ts', before);
    project.write('bad.ts', before + broken);
    const folder = await project.run(['optimize', '.', ...only]);
    expect(folder.exitCode).toBe(0);
    expect(folder.stderr).toMatch(/^left alone: bad\.ts:\d+:\d+: .*\(E_SYNTAX\)$/m);
    const named = await project.run(['optimize', 'bad.ts', ...only]);
    expect(named.exitCode).toBe(2);
    expect(named.stderr).toMatch(/^error: bad\.ts:\d+:\d+: .*\(E_SYNTAX\)\n {2}help: mend the syntax error first$/m);
    expect((await project.run(['optimize', '.', ...only, '--check'])).exitCode).toBe(2);
  });

  it.each([
    ['a binary file', 'x.ts', new Uint8Array([1, 0, 255]), 'E_FILE_NOT_TEXT'],
    ['a large file', 'x.ts', new Uint8Array(2_000_000).fill(32), 'E_FILE_TOO_LARGE'],
    ['another language', 'x.py', 'x = 1', 'E_FILE_UNSUPPORTED'],
  ])('refuses %s that is named', async (_title, name, content, code) => {
    project.write(name, content);
    const { stderr, exitCode } = await project.run(['optimize', name]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`(${code})`)]);
  });

  it('says so when a folder holds nothing to read', async () => {
    mkdirSync(join(project.folder, 'empty'));
    const { stderr, exitCode } = await project.run(['optimize', 'empty']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('error: empty: no ')]);
  });
});
