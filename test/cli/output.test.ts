import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, before, ruleId } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
  project.write('a.ts', before);
});
afterEach(() => {
  project.remove();
});

const only = ['--rule', ruleId];
const escape = '\x1b[';

describe('colours', () => {
  it('are not in a pipe, come with --color always, and NO_COLOR takes back FORCE_COLOR', async () => {
    const colored = async (args: string[], env: Record<string, string> = {}): Promise<boolean> =>
      (await project.run(['optimize', 'a.ts', ...only, ...args], { env })).stdout.includes(escape);
    expect(await colored([])).toBe(false);
    expect(await colored(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
    expect(await colored([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await colored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });
});

describe('machine reporters', () => {
  const parse = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

  it('print one JSON document with findings, edits and totals', async () => {
    const { stdout, exitCode } = await project.run(['optimize', '.', ...only, '--reporter', 'json']);
    expect(exitCode).toBe(0);
    expect(parse(stdout)).toMatchObject({
      schemaVersion: 1,
      mode: 'preview',
      level: 'safe',
      files: [{ path: 'a.ts', status: 'changed', findings: [{ rule: ruleId, status: 'applied' }] }],
      summary: { files: 1, changed: 1, applied: 1, interrupted: false },
    });
  });

  it('print what the documentation shows', async () => {
    const page = readFileSync(new URL('../../docs/json-output.md', import.meta.url), 'utf8');
    const block = (language: string): string =>
      new RegExp(`\\n\`\`\`${language}\\n([^]*?)\`\`\`\\n`).exec(page)?.[1] ?? '';
    project.write('src/hosts.js', block('js'));
    const { stdout } = await project.run(['optimize', 'src', '--reporter', 'json']);
    // times differ, and measurements are made again now and then
    const stable = (text: string): unknown =>
      JSON.parse(text, (key, value: unknown) => (key === 'durationMs' || key === 'measured' ? 0 : value));
    expect(stable(stdout)).toEqual(stable(block('json')));
  });

  it.each([
    ['a bad option', ['--writ'], 'E_CLI_USAGE'],
    ['an unknown rule', ['--rule', 'nonsense'], 'E_RULE_UNKNOWN'],
    ['a missing configuration file', ['--config', 'none.json'], 'E_CONFIG_NOT_FOUND'],
    ['a place outside git', ['--staged'], 'E_GIT_UNAVAILABLE'],
  ])('print one JSON document for %s, too', async (_title, args, code) => {
    const { stdout, stderr, exitCode } = await project.run(['optimize', 'a.ts', '--reporter', 'json', ...args]);
    expect(parse(stdout)).toEqual({ schemaVersion: 1, error: expect.objectContaining({ code }) });
    expect(stderr).toContain(`(${code})\n  help: `);
    expect(exitCode).toBe(2);
  });

  it('print a JSON document for a folder with nothing to do', async () => {
    project.write('src/b.ts', 'export {};\n');
    const { stdout } = await project.run(['optimize', 'src', '--reporter', 'json']);
    expect(parse(stdout)).toMatchObject({ files: [{ status: 'unchanged', findings: [], edits: [] }] });
  });

  it('print the same document twice, but for the duration', async () => {
    for (const name of ['z.ts', 'm/b.ts', 'c.ts']) project.write(name, before);
    const document = async (): Promise<string> =>
      (await project.run(['optimize', '.', '--reporter', 'json'])).stdout.replace(/"durationMs": \d+/, '');
    expect(await document()).toBe(await document());
  });

  it('print one line per file and a summary line with jsonl', async () => {
    project.write('b.ts', 'export {};\n');
    const { stdout } = await project.run(['optimize', '.', '--reporter', 'jsonl']);
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => parse(line)['type']);
    expect(types).toEqual(['file', 'file', 'summary']);
  });

  it('annotate for GitHub with paths from the root of the workspace', async () => {
    project.write('packages/x/a.ts', before);
    const options = { cwd: 'packages/x', env: { GITHUB_WORKSPACE: project.folder } };
    const { stdout } = await project.run(['optimize', '.', ...only, '--reporter', 'github'], options);
    expect(stdout).toMatch(/^::warning file=packages\/x\/a\.ts,line=\d+,col=\d+,title=booster .*::.+\n$/);
  });
});

describe('verbosity', () => {
  it('leaves only the result with --quiet', async () => {
    const { stdout, stderr } = await project.run(['optimize', 'a.ts', ...only, '-q']);
    expect([stdout.startsWith('--- '), stderr]).toEqual([true, '']);
  });

  it('tells about every file with --verbose', async () => {
    const { stderr } = await project.run(['optimize', 'a.ts', ...only, '-v']);
    expect(stderr).toMatch(/^a\.ts: changed, \d+ ms, read by oxc, in-process$/m);
  });
});
