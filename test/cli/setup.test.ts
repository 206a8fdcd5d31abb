import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

interface Diagnosis {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly status: string; readonly remedy?: string }[];
  readonly settings: Readonly<Record<string, string>>;
}

describe('booster doctor', () => {
  it('works with every engine, and says where each setting comes from', async () => {
    project.write('.boosterrc', 'level: balanced\n');
    const { stdout, stderr, exitCode } = await project.run(['doctor', '--json']);
    const { ok, checks, settings } = JSON.parse(stdout) as Diagnosis;
    expect({ ok, stderr, exitCode }).toEqual({ ok: true, stderr: '', exitCode: 0 });
    const names = checks.map(({ name }) => name);
    for (const language of ['javascript', 'tsx', 'typescript', 'python', 'go', 'rust', 'java', 'c', 'cpp']) {
      expect(names).toContain(`apply ${language}`);
    }
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(settings['level']).toBe('file .boosterrc');
  });

  it('names what is wrong and the remedy, and exits with 1', async () => {
    project.write('.boosterrc', 'levl: safe\n');
    const { stdout, exitCode } = await project.run(['doctor']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^fail {2}configuration +\.boosterrc: unknown key "levl".*\n +help: /m);
    expect(stdout).toMatch(/^ok {4}optimize +parsed and rewrote a text$/m);
    expect(stdout).toMatch(/^settings, and where they come from:\n +all +default$/m);
  });

  it('warns of a store that cannot be written', async () => {
    project.write('a-file', '');
    const { stdout, exitCode } = await project.run(['doctor'], { env: { XDG_STATE_HOME: `${project.folder}/a-file` } });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^warn {2}store /m);
  });
});

describe('booster completion', () => {
  /** What bash offers behind these words. */
  async function offered(...words: string[]): Promise<string[]> {
    const { stdout } = await project.run(['completion', 'bash']);
    const list = words.map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(${list}); COMP_CWORD=${String(words.length - 1)}; _booster; printf '%s\n' "\${COMPREPLY[@]}"`;
    const asked = spawnSync('bash', ['--norc', '-c', `${stdout}\n${ask}`], { encoding: 'utf8' });
    expect(asked.stderr).toBe('');
    return asked.stdout.split('\n').filter((word) => word !== '');
  }

  it('offers commands, options of the command, and values of the option', async () => {
    expect(await offered('booster', 'op')).toEqual(['optimize']);
    expect(await offered('booster', 'optimize', '--che')).toEqual(['--check']);
    expect(await offered('booster', 'pool', 'st')).toEqual(['stop', 'status']);
    expect(await offered('booster', 'optimize', '--level', '')).toEqual(['safe', 'balanced', 'aggressive']);
    expect(await offered('booster', 'optimize', 'src/a.ts', '--wri')).toEqual(['--write']);
  });

  it('is there for zsh and fish, with every command', async () => {
    for (const shell of ['zsh', 'fish']) {
      const { stdout, exitCode } = await project.run(['completion', shell]);
      expect(exitCode).toBe(0);
      for (const command of ['optimize', 'apply', 'hook', 'doctor']) expect(stdout).toContain(command);
    }
  });

  it('refuses a shell that it does not know', async () => {
    expect((await project.run(['completion', 'tcsh'])).exitCode).toBe(2);
  });
});

describe('booster agents', () => {
  it('lists the profile that comes with it and those of the project, and warns of broken ones', async () => {
    project.write(
      '.claude/agents/hot.md',
      '---\nname: hot\ndescription: x\nbooster: { capabilities: [refactoring] }\n---\n',
    );
    project.write('.claude/agents/broken.md', 'x');
    const { stdout, stderr, exitCode } = await project.run(['agents', 'list']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^code-booster +code-generation/m);
    expect(stdout).toMatch(/^hot +refactoring/m);
    expect(stderr).toContain('broken.md: has no front matter');
  });

  it('shows one, and says which there are when there is none of that name', async () => {
    expect((await project.run(['agents', 'show', 'code-booster'])).stdout).toContain('stands in  booster itself');
    const { stderr, exitCode } = await project.run(['agents', 'show', 'code-boster']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('did you mean code-booster?')]);
  });

  it('does a task, and its exit code says how that ended', async () => {
    const run = async (task: unknown) => {
      const { stdout, exitCode } = await project.run(['agents', 'run', 'code-booster'], {
        input: JSON.stringify(task),
      });
      return [exitCode, (JSON.parse(stdout) as { readonly status: string }).status];
    };
    const code = 'export const last = (xs: string[]) => xs.slice(-1)[0];';
    expect(await run({ type: 'code-optimization', input: { code, filename: 'a.ts' } })).toEqual([0, 'done']);
    expect(await run({ type: 'code-optimization', input: { code: `const = ;${code}` } })).toEqual([1, 'refused']);
    expect(await run({ type: 'fly', input: {} })).toEqual([2, 'failed']);
  });
});
