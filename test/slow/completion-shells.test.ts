import { spawnSync } from 'node:child_process';
import { beforeAll, expect, it } from 'vitest';
import { ensureProgram } from '../../scripts/ensure-program.mjs';
import { Project } from '../cli/project.ts';

const scripts: Record<string, string> = {};

beforeAll(async () => {
  const project = new Project();
  for (const shell of ['zsh', 'fish']) scripts[shell] = (await project.run(['completion', shell])).stdout;
  project.remove();
});

function run(shell: string, args: readonly string[]): string {
  const missing = (why: string) => new Error(`this test needs ${shell}: ${why}`);
  const program = ensureProgram({ name: shell, packageName: shell, variable: `BOOSTER_TEST_${shell}`, missing });
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', input: '' });
  expect(stderr).toBe('');
  return stdout;
}

/** As zsh calls a program for bash: in sh's emulation, with words counted from 0. */
function offeredByZsh(...words: string[]): string[] {
  const ask = [
    'emulate -L sh; setopt kshglob noshglob braceexpand nokshautoload',
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${String(words.length - 1)}`,
    `_booster; printf '%s\n' "\${COMPREPLY[@]}"`,
  ];
  const program = `autoload -Uz compinit; compinit -u -D\n${scripts['zsh'] ?? ''}\nask() { ${ask.join('\n')}\n}\nask`;
  return run('zsh', ['-f', '-c', program]).trim().split('\n');
}

it('zsh offers commands, and values of an option', () => {
  expect(offeredByZsh('booster', 'op')).toContain('optimize');
  expect(offeredByZsh('booster', 'optimize', '--level', '')).toEqual(['safe', 'balanced', 'aggressive']);
  expect(offeredByZsh('booster', 'pool', '')).toEqual(expect.arrayContaining(['run', 'stop', 'status', 'bench']));
});

it('fish offers commands, options of the command, and values of the option', () => {
  const offered = (line: string): string[] => {
    const answer = run('fish', ['--no-config', '-c', `${scripts['fish'] ?? ''}\ncomplete -C '${line}'`]);
    return answer
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0] ?? '');
  };
  expect(offered('booster op')).toContain('optimize');
  expect(offered('booster optimize --le')).toEqual(['--level']);
  expect(offered('booster optimize --level ')).toEqual(['aggressive', 'balanced', 'safe']);
});
