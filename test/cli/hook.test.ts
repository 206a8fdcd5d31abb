import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project.ts';
import type { Run } from './project.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/hooks', import.meta.url));
const names = readdirSync(fixtures).filter((name) => name.endsWith('.json'));

const slowBefore = "export const hasEmpty = (xs: string[]) => xs.filter((x) => x === '').length > 0;\n\n";
const fast = 'export const newest = (xs: string[]) => xs.at(-1);\n';
const slow = 'export const newest = (xs: string[]) => xs.slice(-1)[0];\n';
const rewritten = 'export const newest = (xs: string[]) => xs.at(-1)!;\n';
const file = 'src/newest.ts';

let project: Project;

beforeEach(async () => {
  project = new Project();
  await project.git('init', '-q', '-b', 'main');
  project.write('.gitignore', '.home/\nignored.ts\n');
  project.write(file, slowBefore + fast);
  await project.git('add', '.');
  project.write(file, slowBefore + slow);
});
afterEach(() => {
  project.remove();
});

function eventText(name: string): string {
  return readFileSync(join(fixtures, name), 'utf8').replaceAll('{{root}}', project.folder);
}

function claudeEvent(path: string, changes: Readonly<Record<string, unknown>> = {}): string {
  const event = JSON.parse(eventText('claude-edit.json')) as Record<string, unknown>;
  const tool_input = { file_path: path, old_string: 'xs.at(-1)', new_string: 'xs.slice(-1)[0]' };
  return JSON.stringify({ ...event, tool_input, tool_response: { filePath: path }, ...changes });
}

/** With a limit that a busy machine does not reach. */
function hook(args: readonly string[], input: string, cwd?: string): Promise<Run> {
  return project.run(['hook', '--timeout', '60000', ...args], { input, ...(cwd === undefined ? {} : { cwd }) });
}

/** What the agent is told, wherever its dialect has it. */
function told(stdout: string): string {
  const find = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value as object).flatMap((each) => find(each));
  return find(JSON.parse(stdout)).find((text) => text.startsWith('booster:')) ?? '';
}

const placeholder = expect.any(String) as string;
const blocked = { decision: 'block', reason: placeholder };

/** The exact shape of each dialect's answer: what it says, and what it says when it must be mended. */
function shapes(name: string): readonly [unknown, unknown] {
  const context = (hookEventName: string) => ({
    hookSpecificOutput: { hookEventName, additionalContext: placeholder },
  });
  if (/^(claude|codex|vscode)/.test(name)) return [context('PostToolUse'), blocked];
  if (name.startsWith('gemini')) return [context('AfterTool'), { decision: 'deny', reason: placeholder }];
  const key = /^copilot/.test(name)
    ? 'additionalContext'
    : /^cursor/.test(name)
      ? 'additional_context'
      : /^windsurf/.test(name)
        ? 'message'
        : 'output';
  return [{ [key]: placeholder }, { [key]: placeholder }];
}

describe.each(names)('booster hook, asked with %s', (name) => {
  it('names what this edit introduced, not what was slow before, and changes nothing', async () => {
    const { stdout, stderr, exitCode } = await hook([], eventText(name));
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(JSON.parse(stdout)).toEqual(shapes(name)[0]);
    expect(told(stdout)).toContain(`introduced 1 slow place in ${file}`);
    expect(told(stdout)).toContain(`${file}:3:41 slice-index [safe]`);
    expect(told(stdout)).not.toContain('filter-some');
    expect(project.read(file)).toBe(slowBefore + slow);
  });

  it('blocks with --strict, in the words of the agent and with exit code 0', async () => {
    const { stdout, exitCode } = await hook(['--strict'], eventText(name));
    expect([JSON.parse(stdout), exitCode]).toEqual([shapes(name)[1], 0]);
  });

  it('rewrites with --write only what this edit introduced, and says so', async () => {
    const { stdout, exitCode } = await hook(['--write', '--strict'], eventText(name));
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(shapes(name)[0]);
    expect(told(stdout)).toContain('read the file again before the next edit');
    expect(project.read(file)).toBe(slowBefore + rewritten);
  });
});

it('understands a file that is named by a URL', async () => {
  const url = pathToFileURL(join(project.folder, file)).href;
  expect(told((await hook([], claudeEvent(url))).stdout)).toContain('introduced 1 slow place');
});

describe('booster hook compares with', () => {
  it('the text before the edit when the event has it, and says so', async () => {
    const { stdout } = await hook([], eventText('claude-edit.json'));
    expect(told(stdout)).toContain('compared with the text before the edit, as the event has it');
  });

  it('the staged version when the event only has the whole new text, and says so', async () => {
    const { stdout } = await hook([], eventText('gemini-write-file.json'));
    expect(told(stdout)).toContain('compared with the version staged in git');
  });

  it('the last commit when the file is not in the index, and says so', async () => {
    await project.git('commit', '-q', '-m', 'first');
    await project.git('rm', '-q', '--cached', file);
    const { stdout } = await hook([], eventText('gemini-write-file.json'));
    expect(told(stdout)).toContain('compared with the last commit');
  });

  it('nothing when neither the event nor git knows the file, and says so', async () => {
    rmSync(join(project.folder, '.git'), { recursive: true });
    const { stdout } = await hook([], eventText('gemini-write-file.json'));
    expect(told(stdout)).toContain('all of the file counts');
    expect(told(stdout)).toContain('filter-some');
  });
});

const neutral = { stdout: '{}\n', exitCode: 0 };

describe('booster hook has nothing to say', () => {
  const quiet: [string, () => string][] = [
    ['to an edit that introduces nothing', () => (project.write(file, slowBefore + fast), claudeEvent(file))],
    ['to a file that is not there', () => claudeEvent('src/gone.ts')],
    ['to a folder', () => claudeEvent('src')],
    ['to a binary file', () => (project.write('b.ts', Buffer.from([1, 0, 2])), claudeEvent('b.ts'))],
    ['to a huge file', () => (project.write('huge.ts', slow.repeat(30_000)), claudeEvent('huge.ts'))],
    ['to a file of another language', () => (project.write('a.py', 'xs[-1]'), claudeEvent('a.py'))],
    ['to a file with a syntax error', () => (project.write('e.ts', `${slow}const = ;`), claudeEvent('e.ts'))],
    ['to an ignored file', () => (project.write('ignored.ts', slow), claudeEvent('ignored.ts'))],
    ['to an installed file', () => (project.write('node_modules/a/a.ts', slow), claudeEvent('node_modules/a/a.ts'))],
    ['to a generated file', () => (project.write('g.ts', `// @generated\n${slow}`), claudeEvent('g.ts'))],
    ['to another tool', () => claudeEvent(file, { tool_name: 'Bash' })],
    ['to an event before the edit', () => claudeEvent(file, { hook_event_name: 'PreToolUse' })],
    ['to a tool that failed', () => claudeEvent(file, { tool_response: { error: 'no' } })],
    ['to an empty path', () => claudeEvent('')],
    ['to a path with a NUL', () => claudeEvent('src/\0.ts')],
  ];
  it.each(quiet)('%s', async (_what, makeEvent) => {
    const { stdout, exitCode } = await hook(['--write', '--strict'], makeEvent());
    expect({ stdout, exitCode }).toEqual(neutral);
  });

  it('to a file outside of the workspace, by whatever name', async () => {
    const outside = new Project();
    outside.write('a.ts', slow);
    symlinkSync(join(outside.folder, 'a.ts'), join(project.folder, 'link.ts'));
    for (const path of [join(outside.folder, 'a.ts'), 'link.ts']) {
      const { stdout, exitCode } = await hook(['--write'], claudeEvent(path));
      expect({ stdout, exitCode }).toEqual(neutral);
    }
    expect(outside.read('a.ts')).toBe(slow);
    outside.remove();
  });

  const complaints: [string, string[], string, string][] = [
    ['no JSON', [], '{"tool_name":', 'standard input holds no JSON event'],
    ['nothing', [], '', 'standard input holds no JSON event'],
    ['JSON that is no event', [], '[1, null]', 'of no agent that is known'],
    ['an unknown option', ['--bogus'], '{}', "unknown option '--bogus'"],
    ['an unknown agent', ['--agent', 'hal'], '{}', "'hal' is invalid"],
    ['a time limit that is none', ['--timeout', 'soon'], '{}', '--timeout'],
  ];
  it.each(complaints)('to %s, and complains on standard error', async (_what, args, input, complaint) => {
    const { stdout, stderr, exitCode } = await hook([...args], input);
    expect({ stdout, exitCode }).toEqual(neutral);
    expect(stderr).toContain(complaint);
  });

  it('with a broken configuration, and complains on standard error', async () => {
    project.write('.boosterrc', 'levl: safe\n');
    const { stdout, stderr, exitCode } = await hook([], claudeEvent(file));
    expect({ stdout, exitCode }).toEqual(neutral);
    expect(stderr).toContain('did you mean "level"');
  });

  it('when standard input does not end within the time limit', async () => {
    const running = project.start(['hook', '--timeout', '50'], { holdsInput: true });
    const { stdout, stderr, exitCode } = await running;
    expect({ stdout, exitCode }).toEqual(neutral);
    expect(stderr).toContain('not done within 50 ms');
  });

  it('to Windsurf, which would show even an empty document', async () => {
    const event = eventText('windsurf-post-write-code.json').replace('newest.ts', 'gone.ts');
    const { stdout, exitCode } = await hook([], event);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
  });
});

describe('booster hook', () => {
  it.skipIf(process.getuid?.() === 0)('says why a rewrite could not be written', async () => {
    chmodSync(join(project.folder, file), 0o444);
    const { stdout, exitCode } = await hook(['--write'], eventText('claude-edit.json'));
    expect(exitCode).toBe(0);
    expect(told(stdout)).toContain('Nothing was rewritten: ');
    expect(project.read(file)).toBe(slowBefore + slow);
  });

  it('reads the configuration of the workspace, wherever it is started', async () => {
    project.write('.boosterrc', 'rules:\n  slice-index: false\n');
    mkdirSync(join(project.folder, 'elsewhere'));
    const run = await hook([], eventText('claude-edit.json'), 'elsewhere');
    expect(run).toMatchObject(neutral);
  });

  it('answers calls at the same time, and one of them rewrites the file', async () => {
    const calls = Array.from({ length: 8 }, () => hook(['--write'], claudeEvent(file)));
    const answers = await Promise.all(calls);
    expect(answers.map(({ exitCode }) => exitCode)).toEqual(Array(8).fill(0));
    for (const { stdout } of answers) expect(JSON.parse(stdout)).toBeTypeOf('object');
    expect(project.read(file)).toBe(slowBefore + rewritten);
  });
});
