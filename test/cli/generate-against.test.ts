import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project.ts';

const before =
  'export function total(values: number[]): number {\n  return values.reduce((sum, value) => sum + value, 0);\n}\n';
const after = before.replace('values.reduce((sum, value) => sum + value, 0)', 'values.length');

let project: Project;
beforeEach(async () => {
  project = new Project();
  project.write('src/total.ts', before);
  await project.git('init', '-q');
  await project.git('add', '.');
  await project.git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'first');
  project.write('src/total.ts', after);
});
afterEach(() => {
  project.remove();
});

const bench = ['generate', 'bench', 'total', '--input', 'src/total.ts', '--set'];

describe('--set against=git:<revision>', () => {
  it('compares with the file of that commit, which is written beside it', async () => {
    const out = ['against=git:HEAD', '--out', 'src/total.bench.ts', '--write'];
    const { stdout, exitCode } = await project.run([...bench, ...out]);
    expect([exitCode, stdout]).toEqual([0, 'src/total.bench.ts\nsrc/total.before.ts\n']);
    expect(project.read('src/total.before.ts')).toBe(before);
    expect(project.read('src/total.bench.ts')).toContain("import { total as original } from './total.before.ts';");
    expect(project.read('src/total.ts')).toBe(after);
  });

  it.each([
    [['against=git:nothing', '--out', 'src/a.ts'], '"nothing": no such branch, tag or commit here'],
    [['against=git:--output=x', '--out', 'src/a.ts'], '"--output=x": is not the name of a commit'],
    [['against=git:HEAD', '--out', 'a.ts'], 'against=git:HEAD: give an --out in src/, beside the function'],
  ])('is refused when it cannot be had: %j', async (options, message) => {
    const { stdout, stderr, exitCode } = await project.run([...bench, ...options, '--write']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
