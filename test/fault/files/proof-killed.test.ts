import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from '../../cli/project.ts';

let project: Project;
/** Groups of commands that outlive the process that started them. */
let groups: number[];

beforeEach(() => {
  project = new Project();
  // the journal needs a home that exists
  project.write('.home/.keep', '');
  groups = [];
});
afterEach(() => {
  for (const group of groups) endGroup(group);
  project.remove();
});

const source = 'export const last = (xs: number[]): number | undefined => xs.slice(-1)[0];\n';
/** Passes on the first state; on any other one, says so and hangs. */
const command = 'grep -q "slice(" src/a.ts || { echo $$ > hangs; sleep 1000; }';
const optimize = ['optimize', 'src', '--write', '--verify', command];

/** Starts the command and waits until it tries rewrites. */
async function startTrial() {
  const child = project.start(optimize);
  const marker = join(project.folder, 'hangs');
  while (!existsSync(marker) || readFileSync(marker, 'utf8') === '') {
    if (child.exitCode !== null) throw new Error((await child).stderr);
    await delay(5);
  }
  const group = Number(readFileSync(marker, 'utf8'));
  groups.push(group);
  return { child, group };
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // it has ended
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a run with --verify that is killed while rewrites are tried', () => {
  it('leaves what the next run with --write puts back before anything else', async () => {
    for (const name of ['a', 'b']) project.write(`src/${name}.ts`, source);
    const { child } = await startTrial();
    child.kill('SIGKILL');
    await child;
    expect(project.read('src/a.ts')).not.toBe(source);

    const preview = await project.run(['optimize', 'src/none.ts', '--no-errors-on-unmatched']);
    expect(preview.stderr).toContain('optimize --recover` puts them back');
    expect(project.read('src/a.ts')).not.toBe(source);

    const next = await project.run(['optimize', 'src', '--write', '--rule', 'filter-some']);
    expect(next.stderr).toContain('Put back what a killed run had left in 2 files');
    expect([project.read('src/a.ts'), project.read('src/b.ts'), next.exitCode]).toEqual([source, source, 0]);

    const after = await project.run(['optimize', '--recover']);
    expect([after.stderr, after.exitCode]).toEqual(['Nothing to put back: no killed run has left rewrites here\n', 0]);
  });

  it('ends the command, too, and what that one had started', async () => {
    project.write('src/a.ts', source);
    const { child, group } = await startTrial();
    expect(isAlive(group)).toBe(true);
    child.kill('SIGKILL');
    await child;
    // the test's time limit is the only one: on a busy machine it may take its time
    while (isAlive(group)) await delay(20);
    expect(isAlive(-group)).toBe(false);
  });

  it('leaves a file alone that was changed since', async () => {
    for (const name of ['a', 'b']) project.write(`src/${name}.ts`, source);
    const { child } = await startTrial();
    child.kill('SIGKILL');
    await child;
    project.write('src/b.ts', '// mine\n');
    const { stderr, exitCode } = await project.run(['optimize', '--recover']);
    expect([project.read('src/a.ts'), project.read('src/b.ts'), exitCode]).toEqual([source, '// mine\n', 0]);
    expect(stderr).toMatch(/left alone: .*src\/b\.ts: was changed since/);
  });

  it('is not disturbed, nor joined, by another one while it lives', async () => {
    project.write('src/a.ts', source);
    const { child } = await startTrial();
    const other = await project.run(optimize);
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain('(E_PROOF_BUSY)');
    child.kill('SIGINT');
    expect((await child).exitCode).toBe(130);
  });

  it('puts everything back and ends the command when it is interrupted', async () => {
    project.write('src/a.ts', source);
    const { child, group } = await startTrial();
    child.kill('SIGINT');
    const { exitCode, stdout } = await child;
    expect([exitCode, stdout, project.read('src/a.ts')]).toEqual([130, '', source]);
    expect(isAlive(group)).toBe(false);
  });
});
