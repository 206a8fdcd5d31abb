import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
  // the journal needs a home that exists
  project.write('.home/.keep', '');
});
afterEach(() => {
  project.remove();
});

const source = `export function last(xs: number[]): number | undefined {
  return xs.slice(-1)[0];
}
export function any(xs: number[]): boolean {
  return xs.filter((x) => x > 2).length > 0;
}
`;
const rewritten = source
  .replace('slice(-1)[0]', 'at(-1)')
  .replace('filter((x) => x > 2).length > 0', 'some((x) => x > 2)');
const rules = ['--rule', 'slice-index,filter-some'];
const verify = (command: string): string[] => ['optimize', 'src', '--write', ...rules, '--verify', command];
const journals = (): string[] => {
  const folder = join(project.folder, '.home/.local/state/booster/proofs');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('--verify', () => {
  it('takes back exactly the rewrite that the command fails with, says why, and keeps the others', async () => {
    for (const name of ['a', 'b', 'c']) project.write(`src/${name}.ts`, source);
    const { stdout, stderr, exitCode } = await project.run([
      ...verify('grep -q "filter(" src/b.ts || { echo no filter in b; exit 3; }'),
      '--reporter',
      'json',
    ]);
    expect(exitCode).toBe(0);
    expect([project.read('src/a.ts'), project.read('src/c.ts')]).toEqual([rewritten, rewritten]);
    expect(project.read('src/b.ts')).toBe(source.replace('slice(-1)[0]', 'at(-1)'));
    const { files, summary } = JSON.parse(stdout) as {
      files: { path: string; status: string; findings: { rule: string; status: string; blockedBy?: string }[] }[];
      summary: {
        written: number;
        applied: number;
        proof: { kept: number; reverted: unknown[]; verify: { runs: number } };
      };
    };
    expect(files.map(({ status }) => status)).toEqual(['written', 'written', 'written']);
    expect(files[1]?.findings.find(({ rule }) => rule === 'filter-some')).toMatchObject({
      status: 'manual',
      blockedBy: expect.stringContaining('fails with it') as string,
    });
    expect(summary).toMatchObject({ written: 3, applied: 5, proof: { kept: 5 } });
    expect(summary.proof.reverted).toMatchObject([
      {
        path: 'src/b.ts',
        ruleId: 'filter-some',
        line: 5,
        column: 10,
        reason: 'breaks',
        exitCode: 3,
        output: 'no filter in b\n',
      },
    ]);
    expect(stderr).toContain('taken back: src/b.ts:5:10 filter-some');
    expect(stderr).toContain('  | no filter in b\n');
    expect(journals()).toEqual([]);
  });

  it('calls a command flaky that fails by a counter of its own, and takes nothing back for it', async () => {
    project.write('src/a.ts', source);
    const { stderr, exitCode } = await project.run(verify('echo >> count; [ $(($(wc -l < count) % 3)) != 1 ]'));
    expect([exitCode, project.read('src/a.ts')]).toEqual([0, rewritten]);
    expect(stderr).toContain('failed in 1 of 2 runs without a rewrite that could be the reason');
    expect(stderr).not.toContain('taken back:');
  });

  it('refuses to begin when the command fails on the untouched tree', async () => {
    project.write('src/a.ts', source);
    const { stdout, stderr, exitCode } = await project.run(verify('echo broken before; exit 1'));
    expect([stdout, exitCode, project.read('src/a.ts')]).toEqual(['', 2, source]);
    expect(stderr).toContain('  | broken before\n');
    expect(stderr).toContain('(E_PROOF_BASELINE)');
    expect(journals()).toEqual([]);
  });
});
