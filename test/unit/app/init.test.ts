import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initProject, initTools } from '../../../src/app/init/init-project.ts';
import type { InitFile } from '../../../src/app/init/init-project.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-init-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const get = (path: string): string => readFileSync(join(folder, path), 'utf8');

async function init(tools: readonly string[], write = true): Promise<readonly InitFile[]> {
  const { signal } = new AbortController();
  return (await initProject({ cwd: folder, home: folder, tools, write, signal })).files;
}

/** What became of one file, and its text. */
async function merged(path: string, text: string, tool: string): Promise<InitFile & { readonly text: string }> {
  put(path, text);
  const file = (await init([tool])).find((each) => each.path === path);
  if (file === undefined) throw new Error(`${path} is not among the files`);
  return { ...file, text: get(path) };
}

/** Whether all of a text stands in another one, in its order, with more in between. */
function standsIn(text: string, longer: string): boolean {
  let at = 0;
  for (const character of longer) if (character === text[at]) at += 1;
  return at === text.length;
}

const commented = `{
\t// mine
\t"permissions": { "allow": ["Bash(ls)"] }, // trailing
\t"hooks": {
\t\t"PostToolUse": [
\t\t\t{ "matcher": "Edit", "hooks": [{ "type": "command", "command": "fmt" }] }, // formatter
\t\t\t/* and that is all */
\t\t],
\t},
}
`;

/** Names of the tools with which each agent edits files, as its hooks are told them. */
const editTools = [
  ['claude', '.claude/settings.json', ['Edit', 'Write', 'MultiEdit']],
  ['codex', '.codex/hooks.json', ['apply_patch']],
  ['gemini', '.gemini/settings.json', ['replace', 'write_file']],
  ['copilot', '.github/hooks/booster.json', ['edit', 'create', 'str_replace', 'apply_patch']],
  ['cursor', '.cursor/hooks.json', ['Write', 'StrReplace', 'ApplyPatch']],
] as const;

it.each(editTools)('has %s call booster after each kind of edit', async (tool, path, names) => {
  await init([tool]);
  const [, matcher = ''] = /"matcher": "([^"]*)"/.exec(get(path)) ?? [];
  expect(names.filter((name) => !new RegExp(`^(?:${matcher})$`).test(name))).toEqual([]);
});

describe('booster init', () => {
  it('sets up all tools in an empty folder, and has nothing to do the second time', async () => {
    const all = initTools.map(({ id }) => id);
    const first = await init(all);
    expect(first.map(({ status }) => status)).toEqual(first.map(() => 'new'));
    const second = await init(all);
    expect(second.map(({ path, status }) => [path, status])).toEqual(second.map(({ path }) => [path, 'unchanged']));
    expect(second).toHaveLength(first.length);
  });

  it('changes nothing before it is told to', async () => {
    put('.claude/settings.json', commented);
    const files = await init([], false);
    expect(files.map(({ path, status, written }) => [path, status, written])).toEqual([
      ['.boosterrc', 'new', false],
      ['.claude/settings.json', 'changed', false],
      ['.claude/agents/code-booster.md', 'new', false],
    ]);
    expect(get('.claude/settings.json')).toBe(commented);
    expect(() => get('.boosterrc')).toThrow();
  });

  it('finds the tools of a project, and leaves the git hook to lint-staged where that is used', async () => {
    for (const path of ['.cursor/rules', '.husky/pre-commit', '.github/workflows/ci.yml']) put(path, '');
    put('package.json', '{ "lint-staged": { "*.ts": "eslint" } }');
    const files = await init([], false);
    expect(files.flatMap(({ tools }) => tools)).toEqual(['booster', 'cursor', 'lint-staged', 'github']);
  });

  it('refuses a tool that it does not know, with the nearest', async () => {
    await expect(init(['cladue'])).rejects.toMatchObject({
      code: 'E_INIT_UNKNOWN',
      message: expect.stringContaining('did you mean claude?') as string,
    });
  });

  it('says which configuration is in force, and refuses one that is broken', async () => {
    put('package.json', '{ "booster": { "level": "balanced" } }');
    expect((await init([]))[0]).toMatchObject({ status: 'unchanged', note: 'package.json#booster is in force' });
    put('.boosterrc', 'levl: safe\n');
    expect((await init([]))[0]).toMatchObject({
      status: 'refused',
      problem: expect.stringContaining('unknown key "levl"') as string,
    });
  });
});

describe('settings in JSON', () => {
  it.each([
    ['with comments, tabs and trailing commas', commented],
    ['in one line', '{"hooks":{"PostToolUse":[]}}'],
    ['that are empty', '{}'],
    ['with a comment only', '{\n  // nothing yet\n}\n'],
    ['without hooks', '{\n    "model": "x" // last\n    // really\n}'],
    ['with hooks for other events', '{ "hooks": { "Stop": [{ "hooks": [] }] } }\n'],
    ['with carriage returns', '{\r\n  "hooks": {}\r\n}\r\n'],
  ])('%s are kept character for character, and the hook is added', async (_what, text) => {
    const file = await merged('.claude/settings.json', text, 'claude');
    expect(file.status).toBe('changed');
    expect(standsIn(text, file.text)).toBe(true);
    expect(file.text).toContain('node_modules/.bin/booster hook');
    expect(file.text.includes('\r\n')).toBe(text.includes('\r\n'));
    const again = await merged('.claude/settings.json', file.text, 'claude');
    expect([again.status, again.text]).toEqual(['unchanged', file.text]);
  });

  it('keep their comments where they belong', async () => {
    const { text } = await merged('.claude/settings.json', commented, 'claude');
    expect(text).toContain(
      '"command": "fmt" }] }, // formatter\n\t\t\t/* and that is all */\n\t\t\t{\n\t\t\t\t"matcher"',
    );
    const { text: last } = await merged(
      '.windsurf/hooks.json',
      '{\n  "hooks": {\n    "x": 1 // one\n  }\n}',
      'windsurf',
    );
    expect(last).toContain('    "x": 1, // one\n    "post_write_code": [\n      {');
  });

  it.each([
    ['broken JSON', '{ "hooks": ', 'is not valid JSON (line 1)'],
    ['a list', '[]', 'holds no object'],
    ['hooks that are a list', '{ "hooks": [] }', 'hooks is not an object'],
    ['an event that is no list', '{ "hooks": { "PostToolUse": {} } }', 'hooks.PostToolUse is not a list'],
    ['a key twice', '{ "hooks": {}, "hooks": { "PostToolUse": [] } }', 'cannot be merged'],
    ['more nesting than can be read', `{ "a": ${'['.repeat(50_000)}${']'.repeat(50_000)} }`, 'is nested too deeply'],
    ['bytes that are no text', '\0', 'holds a NUL byte'],
  ])('are refused with %s, with what to add by hand', async (_what, text, problem) => {
    const file = await merged('.claude/settings.json', text, 'claude');
    expect(file).toMatchObject({ status: 'refused', problem: expect.stringContaining(problem) as string });
    expect(file.snippet).toContain('booster hook');
    expect(file.text).toBe(text);
  });

  it('are refused in another version of their format', async () => {
    const file = await merged('.cursor/hooks.json', '{ "version": 2, "hooks": {} }', 'cursor');
    expect(file).toMatchObject({ status: 'refused', problem: 'version is not 1' });
  });

  it.each(['.windsurf/hooks.json', '.codex/hooks.json'])(
    'are refused in %s with a version, which that format has not',
    async (path) => {
      const file = await merged(path, '{ "version": 9, "hooks": {} }', path.slice(1, path.indexOf('/')));
      expect(file).toMatchObject({ status: 'refused', problem: 'its version is not known' });
    },
  );

  it('stay as they are when the hook is there already, in whatever form', async () => {
    const own = '{ "hooks": { "PostToolUse": [{ "hooks": [{ "command": "npx booster hook --strict" }] }] } }';
    expect((await merged('.claude/settings.json', own, 'claude')).status).toBe('unchanged');
  });

  it('that are a link are written where they are', async () => {
    put('shared.json', '{}');
    mkdirSync(join(folder, '.gemini'));
    symlinkSync('../shared.json', join(folder, '.gemini/settings.json'));
    await init(['gemini']);
    expect(get('shared.json')).toContain('booster hook');
  });

  it('of lint-staged get the command behind those that run on the same files', async () => {
    const text = '{ "lint-staged": { "*.ts": "eslint --fix", "*.{js,jsx}": ["eslint"], "*.md": "fmt" } }';
    const file = await merged('package.json', text, 'lint-staged');
    expect(JSON.parse(file.text)).toEqual({
      'lint-staged': {
        '*.ts': ['eslint --fix', 'booster optimize --write --no-errors-on-unmatched'],
        '*.{js,jsx}': ['eslint', 'booster optimize --write --no-errors-on-unmatched'],
        '*.md': 'fmt',
      },
    });
  });
});

describe('settings in YAML', () => {
  it.each([
    ['lefthook', 'lefthook.yml', '# mine\npre-push:\n  commands:\n    test:\n      run: npm test\n'],
    [
      'lefthook',
      'lefthook.yml',
      'pre-commit:\n    parallel: true\n    commands:\n        # lint\n        lint:\n            run: x\n',
    ],
    ['lefthook', 'lefthook.yml', 'pre-commit:\n  jobs:\n    - run: npm test # first\n'],
    ['lefthook', 'lefthook.yml', 'pre-commit:\n  parallel: true\n'],
    ['pre-commit', '.pre-commit-config.yaml', 'repos:\n- repo: https://x.invalid/y\n  rev: v1\n  hooks:\n  - id: z\n'],
    ['pre-commit', '.pre-commit-config.yaml', 'fail_fast: true # yes\n'],
    ['gitlab', '.gitlab-ci.yml', 'stages: [build, verify]\njob:\n  stage: build\n  script: echo'],
    ['gitlab', '.gitlab-ci.yml', 'job:\n  script: |\n    echo\n\n'],
    ['gitlab', '.gitlab-ci.yml', 'job:\r\n  script: echo\r\n'],
  ])('of %s are kept character for character (%s)', async (tool, path, text) => {
    const file = await merged(path, text, tool);
    expect(file.status).toBe('changed');
    expect(standsIn(text, file.text)).toBe(true);
    const again = await merged(path, file.text, tool);
    expect([again.status, again.text]).toEqual(['unchanged', file.text]);
  });

  it.each([
    ['lefthook', 'lefthook.yml', 'pre-commit: { commands: { lint: { run: x } } }\n', 'no block of lines'],
    ['pre-commit', '.pre-commit-config.yaml', 'repos: []\n', 'no block of lines'],
    ['gitlab', '.gitlab-ci.yml', 'job:\n  script: !reference [a, b]\n', 'cannot be read as YAML'],
    ['gitlab', '.gitlab-ci.yml', 'booster:\n  script: echo\n', 'another job named booster'],
    ['gitlab', '.gitlab-ci.yml', 'a: [\n', 'cannot be read as YAML'],
    ['gitlab', '.gitlab-ci.yml', 'a: 1\r\nb: 2\n', 'mixed line ends'],
  ])('of %s are refused where no line can be added (%s)', async (tool, path, text, problem) => {
    const file = await merged(path, text, tool);
    expect(file).toMatchObject({ status: 'refused', problem: expect.stringContaining(problem) as string });
    expect(file.text).toBe(text);
  });
});

describe('a git hook of husky', () => {
  it('gets a line at its end', async () => {
    const { text } = await merged('.husky/pre-commit', 'npm test', 'husky');
    expect(text).toBe('npm test\nnode_modules/.bin/booster optimize --staged --check\n');
  });

  it.each([
    ['#!/usr/bin/env node\nconsole.log(1)\n', 'no shell script'],
    ['npm test\nexit 0\n', 'ends before'],
  ])('is refused where the line would not run', async (text, problem) => {
    expect(await merged('.husky/pre-commit', text, 'husky')).toMatchObject({
      ...{ status: 'refused', text, problem: expect.stringContaining(problem) as string },
    });
  });
});
