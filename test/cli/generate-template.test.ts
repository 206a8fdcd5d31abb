import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
  project.write('package.json', '{}');
  project.write(
    '.booster/templates/part/part.ts',
    "---\nto: 'src/{{kebabName}}.ts'\n---\nexport const {{camelName}} = 1;\n",
  );
  project.write(
    '.booster/templates/part/index.ts',
    '---\ninto: src/index.ts\n---\nexport const {{camelName}}s = [1];\n',
  );
  project.write('.booster/templates/part/template.yaml', 'keywords: [gadget]\n');
  project.write('src/index.ts', 'export const all = 1;\n');
});
afterEach(() => {
  project.remove();
});

describe('booster generate <template>', () => {
  it('shows, writes and checks, from any folder of the project', async () => {
    const preview = await project.run(['generate', 'part', 'OneThing'], { cwd: 'src' });
    expect([preview.exitCode, preview.stdout]).toEqual([0, expect.stringContaining('+++ b/one-thing.ts')]);
    const written = await project.run(['generate', 'a gadget called OneThing', '--write']);
    expect([written.exitCode, written.stderr]).toEqual([0, expect.stringContaining('picked for the words gadget')]);
    expect([project.read('src/one-thing.ts'), project.read('src/index.ts')]).toEqual([
      'export const oneThing = 1;\n',
      'export const all = 1;\n\nexport const oneThings = [1];\n',
    ]);
    expect((await project.run(['generate', 'part', 'OneThing', '--check'])).exitCode).toBe(0);
    project.write(
      '.booster/templates/part/part.ts',
      "---\nto: 'src/{{kebabName}}.ts'\n---\nexport const {{camelName}} = 2;\n",
    );
    const drift = await project.run(['generate', 'part', 'OneThing', '--check']);
    expect([drift.exitCode, drift.stdout]).toEqual([1, 'src/one-thing.ts\n']);
  });

  it('says itself where its files go', async () => {
    const { exitCode, stderr } = await project.run(['generate', 'part', 'One', '--out', 'a.ts', '--write']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('leave out --out')]);
  });
});
