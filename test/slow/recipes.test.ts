import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultLoaders } from 'cosmiconfig';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/booster.cjs');
// in a loop, as analyze lists a constant factor only there
const slow = 'export const newest = (all: string[][]) => all.map((xs: string[]) => xs.slice(-1)[0]);\n';
const fast = 'export const newest = (all: string[][]) => all.map((xs: string[]) => xs.at(-1)!);\n';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'booster-recipes-'));
  put('.gitignore', 'node_modules/\n.home/\n');
  put('package.json', '{ "name": "x" }\n');
  put('src/quick.ts', 'export const one = 1;\n');
  // as npm installs them
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(bin, join(folder, 'node_modules/.bin/booster'));
  symlinkSync(root, join(folder, 'node_modules/code-booster'));
  await git('init', '-q', '-b', 'main');
  await git('add', '.');
  await git('commit', '-q', '-m', 'first');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const get = (path: string): string => readFileSync(join(folder, path), 'utf8');

const identity = ['GIT_AUTHOR_NAME', 'GIT_COMMITTER_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_EMAIL'];

async function run(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, exitCode } = await execa(file, args, {
    cwd: folder,
    env: {
      PATH: `${join(folder, 'node_modules/.bin')}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: join(folder, '.home'),
      ...Object.fromEntries(identity.map((name) => [name, 't@example.invalid'])),
      ...env,
    },
    ...{ extendEnv: false, reject: false, stripFinalNewline: false },
  });
  return { stdout, stderr, exitCode };
}

const git = (...args: string[]) => run('git', args);
const init = (tool: string) => run(process.execPath, [bin, 'init', tool, '--write']);

function yamlOf(path: string): unknown {
  return defaultLoaders['.yaml'](path, readFileSync(path, 'utf8'));
}

/** All files that are staged, as tools list them. */
async function staged(): Promise<string[]> {
  return (await git('diff', '--cached', '--name-only')).stdout.trimEnd().split('\n');
}

describe('the recipe of husky', () => {
  it('stops a commit of slow code, and lets one of quick code through', async () => {
    mkdirSync(join(folder, '.husky'));
    await init('husky');
    await run(process.execPath, [join(root, 'node_modules/husky/bin.js')]);
    put('src/newest.ts', slow);
    await git('add', 'src');
    expect((await git('commit', '-m', 'slow')).exitCode).toBe(1);
    put('src/newest.ts', fast);
    // what is staged is still slow
    expect((await git('commit', '-m', 'slow')).exitCode).toBe(1);
    await git('add', 'src');
    expect((await git('commit', '-m', 'quick')).exitCode).toBe(0);
  });
});

describe('the recipe of lint-staged', () => {
  it('rewrites what is staged, stages that, and keeps what is not staged', async () => {
    put('package.json', '{ "lint-staged": { "*.ts": "true" } }');
    await init('lint-staged');
    put('src/newest.ts', slow);
    await git('add', '.');
    put('src/newest.ts', `${slow}// not staged\n`);
    const { exitCode, stderr } = await run(process.execPath, [
      join(root, 'node_modules/lint-staged/bin/lint-staged.js'),
    ]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect((await git('show', ':src/newest.ts')).stdout).toBe(fast);
    expect(get('src/newest.ts')).toBe(`${fast}// not staged\n`);
  });
});

describe('the recipe of lefthook', () => {
  /** As lefthook does it: the glob chooses among the staged files, which take the place of the braces; then they are staged again. */
  async function lefthook(): Promise<number | undefined> {
    const config = yamlOf(join(folder, 'lefthook.yml')) as {
      'pre-commit': { commands: { booster: { glob: string; run: string; stage_fixed: boolean } } };
    };
    const { glob, run: command, stage_fixed } = config['pre-commit'].commands.booster;
    const endings = glob.replace(/^\*\.\{(.*)\}$/, '$1').split(',');
    const files = (await staged()).filter((name) => endings.some((ending) => name.endsWith(`.${ending}`)));
    const { exitCode } = await run('sh', ['-c', command.replace('{staged_files}', files.join(' '))]);
    if (stage_fixed) await git('add', ...files);
    return exitCode;
  }

  it('rewrites what is staged, and stages that', async () => {
    await init('lefthook');
    put('src/newest.ts', slow);
    await git('add', '.');
    expect(await lefthook()).toBe(0);
    expect((await git('show', ':src/newest.ts')).stdout).toBe(fast);
  });
});

describe('the hooks for pre-commit', () => {
  interface Hook {
    readonly id: string;
    readonly entry: string;
    readonly files: string;
  }

  /** As pre-commit does it: chunks of the files that the pattern takes; what exits with another code or changes a file has failed. */
  async function preCommit({ entry, files: pattern }: Hook): Promise<boolean> {
    const files = (await staged()).filter((name) => new RegExp(pattern).test(name));
    const before = files.map(get).join('\0');
    const chunks = [files.slice(0, 1), files.slice(1)].filter((chunk) => chunk.length > 0);
    const runs = await Promise.all(chunks.map((chunk) => run('sh', ['-c', `${entry} "$@"`, 'sh', ...chunk])));
    return runs.every(({ exitCode }) => exitCode === 0) && files.map(get).join('\0') === before;
  }

  beforeEach(async () => {
    put('src/a.ts', 'export const two = 2;\n');
    put('src/newest.ts', slow);
    put('notes.md', 'xs.slice(-1)[0]\n');
    await git('add', '.');
  });

  it('that the repository offers check, and rewrite', async () => {
    const hooks = yamlOf(join(root, '.pre-commit-hooks.yaml')) as readonly Hook[];
    const [check, fix] = ['booster-check', 'booster-fix'].map((id) => hooks.find((hook) => hook.id === id));
    if (check === undefined || fix === undefined) throw new Error('a hook is missing');
    expect(await preCommit(check)).toBe(false);
    expect(get('src/newest.ts')).toBe(slow);
    expect(await preCommit(fix)).toBe(false);
    expect(get('src/newest.ts')).toBe(fast);
    expect([await preCommit(fix), await preCommit(check)]).toEqual([true, true]);
  });

  it('that booster init writes check', async () => {
    await init('pre-commit');
    const { repos } = yamlOf(join(folder, '.pre-commit-config.yaml')) as { readonly repos: { hooks: Hook[] }[] };
    const [hook] = repos.flatMap(({ hooks }) => hooks);
    if (hook === undefined) throw new Error('there is no hook');
    expect(await preCommit(hook)).toBe(false);
    put('src/newest.ts', fast);
    expect(await preCommit(hook)).toBe(true);
  });
});

describe('the GitHub Action', () => {
  interface Action {
    readonly inputs: Readonly<Record<string, { readonly default: string }>>;
    readonly runs: {
      readonly steps: readonly { readonly env: Readonly<Record<string, string>>; readonly run: string }[];
    };
  }

  /** As the runner does it: inputs and their defaults into the environment of each step, which bash runs. */
  async function action(inputs: Readonly<Record<string, string>>) {
    const { inputs: known, runs } = yamlOf(join(root, 'action.yml')) as Action;
    const valueOf = (_all: string, name: string): string => inputs[name] ?? known[name]?.default ?? '';
    const [step] = runs.steps;
    if (step === undefined || runs.steps.length > 1) throw new Error('one step was expected');
    const env = Object.entries(step.env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, valueOf),
    ]);
    const summary = join(folder, '.summary');
    writeFileSync(summary, '');
    const result = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      ...(Object.fromEntries(env) as Readonly<Record<string, string>>),
      GITHUB_ACTION_PATH: join(folder, 'node_modules/code-booster'),
      GITHUB_WORKSPACE: folder,
      GITHUB_STEP_SUMMARY: summary,
    });
    return { ...result, summary: readFileSync(summary, 'utf8') };
  }

  it('annotates the lines, writes a summary, and fails when something can be rewritten', async () => {
    put('src/newest.ts', slow);
    const { stdout, summary, exitCode } = await action({ paths: 'src' });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^::notice file=src\/newest\.ts,line=1,.*title=booster slice-index::/m);
    expect(summary).toContain('| `src/newest.ts:1:');
  });

  it('looks only at what came in since a ref, and does not fail when it was not asked to', async () => {
    put('src/old.ts', slow);
    await git('add', '.');
    await git('commit', '-q', '-m', 'old');
    put('src/newest.ts', slow);
    const { summary, exitCode } = await action({ since: 'main', check: 'false' });
    expect(exitCode).toBe(0);
    expect(summary).toContain('src/newest.ts');
    expect(summary).not.toContain('src/old.ts');
  });

  it('fails with the code of a wrong input, and runs no word of it', async () => {
    const { exitCode, stderr } = await action({
      paths: '$(touch broken) `touch broken`',
      'fail-on': 'never; touch broken',
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--fail-on')]);
    expect(readdirSync(folder)).not.toContain('broken');
  });

  it('is what the workflow of booster init uses, from the installed package', async () => {
    await init('github');
    const workflow = yamlOf(join(folder, '.github/workflows/booster.yml')) as {
      readonly jobs: {
        readonly booster: { readonly steps: readonly { uses?: string; with?: Record<string, string> }[] };
      };
    };
    const step = workflow.jobs.booster.steps.at(-1);
    expect(step).toEqual({ uses: './node_modules/code-booster', with: { since: 'origin/${{ github.base_ref }}' } });
    expect(Object.keys((yamlOf(join(root, 'action.yml')) as Action).inputs)).toEqual(
      expect.arrayContaining(Object.keys(step?.with ?? {})),
    );
  });
});

describe('the job of GitLab', () => {
  it('writes the code quality report that it names', async () => {
    await init('gitlab');
    const { booster: job } = yamlOf(join(folder, '.gitlab-ci.yml')) as {
      booster: { script: string[]; artifacts: { reports: { codequality: string } } };
    };
    put('src/newest.ts', slow);
    const script = job.script.filter((line) => !line.startsWith('npm '));
    const { exitCode } = await run('sh', ['-ec', script.join('\n')]);
    expect(exitCode).toBe(0);
    const report = JSON.parse(get(job.artifacts.reports.codequality)) as object[];
    expect(report).toEqual([
      expect.objectContaining({
        check_name: 'slice-index',
        location: expect.objectContaining({ path: 'src/newest.ts' }),
      }),
    ]);
  });
});
