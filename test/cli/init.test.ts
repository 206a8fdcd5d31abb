import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, bin } from './project.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/hooks', import.meta.url));
const slow = 'export const newest = (xs: string[]) => xs.slice(-1)[0];\n';

let project: Project;

beforeEach(async () => {
  project = new Project();
  await project.git('init', '-q', '-b', 'main');
  project.write('.gitignore', '.home/\nnode_modules/\n');
  project.write('src/newest.ts', slow.replace('slice(-1)[0]', 'at(-1)'));
  await project.git('add', '.');
  project.write('src/newest.ts', slow);
  // as npm installs it
  mkdirSync(join(project.folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(bin, join(project.folder, 'node_modules/.bin/booster'));
});
afterEach(() => {
  project.remove();
});

const eventText = (name: string): string =>
  readFileSync(join(fixtures, name), 'utf8').replaceAll('{{root}}', project.folder);

describe('booster init', () => {
  it('shows a patch on standard output, and with --write does what it says', async () => {
    project.write('.cursor/hooks.json', '{ "version": 1 }\n');
    const preview = await project.run(['init', 'cursor', 'gitlab']);
    expect(preview.exitCode).toBe(0);
    expect(preview.stderr).toMatch(/^Write: booster init cursor gitlab --write$/m);
    await execa('git', ['apply', '--check'], { cwd: project.folder, input: preview.stdout });
    const { stdout } = await project.run(['init', 'cursor', 'gitlab', '--write', '--json']);
    const { files } = JSON.parse(stdout) as { files: { path: string; diff: string; written: boolean }[] };
    expect(files.map(({ path, written }) => [path, written])).toEqual([
      ['.boosterrc', true],
      ['.cursor/hooks.json', true],
      ['.gitlab-ci.yml', true],
    ]);
    expect(files.map(({ diff }) => diff).join('')).toBe(preview.stdout);
  });

  it('exits with 1 when a file was refused, and with 2 for a tool that it does not know', async () => {
    project.write('.cursor/hooks.json', '{');
    const refused = await project.run(['init', 'cursor', '--write']);
    expect([refused.exitCode, refused.stdout]).toEqual([1, '.boosterrc\n']);
    expect(refused.stderr).toContain('.cursor/hooks.json: refused');
    expect((await project.run(['init', 'curser'])).exitCode).toBe(2);
  });
});

describe('the settings that booster init writes', () => {
  /** Path of the settings, the property that holds the command, and an event of that agent. */
  const agents = [
    ['claude', '.claude/settings.json', 'command', 'claude-edit.json'],
    ['codex', '.codex/hooks.json', 'command', 'codex-apply-patch.json'],
    ['gemini', '.gemini/settings.json', 'command', 'gemini-replace.json'],
    ['copilot', '.github/hooks/booster.json', 'bash', 'copilot-edit.json'],
    ['cursor', '.cursor/hooks.json', 'command', 'cursor-post-tool-use.json'],
    ['windsurf', '.windsurf/hooks.json', 'command', 'windsurf-post-write-code.json'],
  ] as const;

  it('make each agent call booster, which answers', async () => {
    await project.run(['init', ...agents.map(([id]) => id), '--write']);
    const answers = agents.map(async ([id, path, property, event]) => {
      const command = JSON.stringify(JSON.parse(project.read(path))).match(`"${property}":("(?:[^"\\\\]|\\\\.)*")`);
      const env = { ...project.environment, CLAUDE_PROJECT_DIR: project.folder, GEMINI_PROJECT_DIR: project.folder };
      const shell = ['-c', JSON.parse(command?.[1] ?? '""') as string];
      const { stdout, exitCode } = await execa('sh', shell, {
        ...{ cwd: project.folder, env, extendEnv: false, input: eventText(event) },
      });
      return [id, exitCode, stdout.includes('introduced 1 slow place')];
    });
    expect(await Promise.all(answers)).toEqual(agents.map(([id]) => [id, 0, true]));
  });

  it('make opencode append what booster says to the result of an edit, and of nothing else', async () => {
    await project.run(['init', 'opencode', '--write']);
    project.write('package.json', '{ "type": "module" }');
    const plugin = pathToFileURL(join(project.folder, '.opencode/plugins/booster.js')).href;
    const { Booster } = (await import(plugin)) as {
      readonly Booster: (context: object) => Promise<Record<string, (input: unknown, result: object) => Promise<void>>>;
    };
    const after = (await Booster({ directory: project.folder }))['tool.execute.after'];
    const ask = async (input: object) => {
      const result = { output: 'done' };
      await after?.(input, result);
      return result.output;
    };
    const event = JSON.parse(eventText('opencode-edit.json')) as { readonly args: object };
    expect(await ask(event)).toMatch(/^done\n\nbooster: this edit introduced 1 slow place/);
    expect(await ask({ ...event, tool: 'read' })).toBe('done');
    expect(await ask({ ...event, args: { filePath: 'gone.ts' } })).toBe('done');
  });
});
