import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, before, bin, ruleId } from './project.ts';

/** `script` of util-linux gives a command a terminal of its own; the one of macOS has other options. */
const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

let project: Project;

beforeEach(() => {
  project = new Project();
  project.write('a.ts', before);
});
afterEach(() => {
  project.remove();
});

/** What the command prints to a terminal so many columns wide: standard output and standard error together. */
async function show(columns: number, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const command = ['stty', 'cols', String(columns), ';', process.execPath, bin, ...args].join(' ');
  const { stdout } = await execa('script', ['-qfec', command, '/dev/null'], {
    cwd: project.folder,
    env: { ...project.environment, TERM: 'xterm', ...env },
    extendEnv: false,
    reject: false,
    input: '',
    stripFinalNewline: false,
  });
  return stdout.replaceAll('\r\n', '\n');
}

const check = ['optimize', 'a.ts', '--rule', ruleId, '--check'];

describe.skipIf(!hasTerminal)('a terminal', () => {
  it('gets colours, and the same words without them', async () => {
    const colored = await show(80, check);
    expect(colored).toContain('\x1b[1ma.ts:');
    // on a busy machine the progress comes up, which is no part of the result
    const withoutTime = (shown: string): string =>
      shown
        .replaceAll(/[\u2800-\u28ff] Checked \d+ of \d+ files(, [\d,]+ a second)?/g, '')
        .replace(/in [\d.]+ m?s/, '');
    expect(withoutTime(stripVTControlCharacters(colored))).toBe(withoutTime(await show(80, check, { NO_COLOR: '1' })));
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('gets no escape sequence with %o', async (env) => {
    expect(await show(80, check, env)).not.toContain('\x1b');
  });

  it.each([120, 80, 40])('of %i columns gets explanations that fit, reasons below the message', async (columns) => {
    const shown = stripVTControlCharacters(await show(columns, check)).split('\n');
    const said = shown.filter((line) => !line.startsWith('Write them: '));
    for (const line of said) expect(line.length).toBeLessThanOrEqual(columns);
    expect(said.some((line) => line.startsWith('    '))).toBe(true);
  });

  it('of 0 columns, as without a window, gets text for 80 and no spinner', async () => {
    const shown = stripVTControlCharacters(await show(0, check));
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeGreaterThan(40);
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('keeps its cursor, whether a spinner was shown or not', async () => {
    for (let index = 0; index < 200; index += 1) project.write(`many/${String(index)}.ts`, before);
    const shown = await show(80, ['optimize', 'many', '--reporter', 'summary']);
    expect(shown.lastIndexOf('\x1b[?25l')).toBeLessThanOrEqual(shown.lastIndexOf('\x1b[?25h'));
    expect(stripVTControlCharacters(shown)).toContain('200 rewrites in 200 files');
  });

  it('shows a file name that cannot steer it', async () => {
    project.write('b\x1b[2J\x07.ts', before);
    const shown = await show(80, ['optimize', '.', '--rule', ruleId]);
    expect(shown).toContain('b\\x1b[2J\\x07.ts:');
    expect(shown).not.toMatch(/\x1b\[2J|\x07/);
  });
});
