import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, after, before, ruleId } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

const only = ['--rule', ruleId];

describe('standard input', () => {
  it('comes out rewritten, with nothing else on stdout', async () => {
    const { stdout, exitCode } = await project.run(['optimize', '-', '--stdin-filepath', 'x.ts', ...only], {
      input: before,
    });
    expect([stdout, exitCode]).toEqual([after, 0]);
  });

  it('keeps byte order mark and line ends', async () => {
    const dos = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const { stdout } = await project.run(['optimize', '--stdin-filepath', 'x.ts', ...only], { input: dos(before) });
    expect(stdout).toBe(dos(after));
  });

  it('comes out as it went in when nothing is to do', async () => {
    const { stdout, exitCode } = await project.run(['optimize', '-'], { input: 'export {};' });
    expect([stdout, exitCode]).toEqual(['export {};', 0]);
  });

  it('comes out as it went in when it has a syntax error, which is an error', async () => {
    const input = `${before}const = ;`;
    const { stdout, stderr, exitCode } = await project.run(['optimize', '-', '--stdin-filepath', 'x.ts'], { input });
    expect([stdout, exitCode]).toEqual([input, 2]);
    expect(stderr).toMatch(/^error: x\.ts:\d+:\d+: .*\(E_SYNTAX\)$/m);
  });

  it('comes out byte for byte when it is no text', async () => {
    const input = new Uint8Array([0xff, 0xfe, 0, 1]);
    const child = await project.start(['optimize', '-', '--reporter', 'pretty', '--stdin-filepath', 'x.ts'], { input });
    expect(child.exitCode).toBe(2);
    expect(child.stderr).toContain('E_FILE_NOT_TEXT');
  });

  it('is only judged with --check', async () => {
    const { stdout, exitCode } = await project.run(['optimize', '-', '--stdin-filepath', 'x.ts', '--check', ...only], {
      input: before,
    });
    expect([stdout, exitCode]).toEqual(['x.ts\n', 1]);
  });

  it('gives a document in place of the text with --reporter json', async () => {
    const args = ['optimize', '-', '--stdin-filepath', 'x.ts', '--reporter', 'json', ...only];
    const { stdout } = await project.run(args, { input: before });
    expect(JSON.parse(stdout)).toMatchObject({ mode: 'stdin', files: [{ path: 'x.ts', output: after }] });
  });

  it('is not swallowed by a reporter in the configuration', async () => {
    project.write('.boosterrc', 'reporter: json\n');
    const { stdout } = await project.run(['optimize', '-', ...only], { input: before });
    expect(stdout).toBe(after);
  });

  it('comes out as it went in when its path is ignored and --force-exclude is given', async () => {
    project.write('.boosterignore', 'x.ts\n');
    project.write('x.ts', before);
    const args = ['optimize', '-', '--stdin-filepath', 'x.ts', ...only];
    expect((await project.run([...args, '--force-exclude'], { input: before })).stdout).toBe(before);
    expect((await project.run(args, { input: before })).stdout).toBe(after);
  });

  it.each([
    ['--write', ['-', '--write']],
    ['other paths', ['-', 'a.ts']],
    ['--staged', ['-', '--staged']],
  ])('is refused with %s', async (_title, args) => {
    const { stdout, stderr, exitCode } = await project.run(['optimize', ...args], { input: before });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toMatch(/^error: .*'-'.* \(E_CLI_USAGE\)\n {2}help: see `booster optimize --help`\n$/);
  });
});
