import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodeBoosterAgent } from '../../../../src/agents/CodeBoosterAgent.ts';
import { generateCode } from '../../../../src/app/generate-code.ts';
import type { GenerateCodeOptions } from '../../../../src/app/generate-code.ts';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'booster-library-'));
  write('package.json', '{}');
  write(
    '.booster/templates/component/file.ts',
    `---\nto: 'src/{{kebabName}}.ts'\n---\nexport class {{pascalName}} {}\n`,
  );
  write(
    '.booster/templates/component/index.ts',
    `---\ninto: src/index.ts\nafter: '// components'\n---\nexport { {{pascalName}} } from './{{kebabName}}.ts';\n`,
  );
  write('.booster/templates/component/template.yaml', 'summary: a component\nkeywords: [widget]\n');
  write('src/index.ts', '// components\nexport const other = 1;\n');
});
afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

const tree = (): string[] => readdirSync(project, { recursive: true }).map(String).sort();
const made = (options: Partial<GenerateCodeOptions> = {}) =>
  generateCode({ generator: 'component', name: 'UserCard', project, ...options });

describe('the library, with the folder of a project', () => {
  it('gives the files of a template as they are to be, with evidence, and writes nothing', async () => {
    const before = tree();
    const { files, evidence, generator } = await made();
    expect({ files, evidence, generator }).toEqual({
      generator: 'component',
      files: [
        { path: 'src/user-card.ts', status: 'new', contents: 'export class UserCard {}\n' },
        {
          path: 'src/index.ts',
          status: 'changed',
          contents: "// components\nexport { UserCard } from './user-card.ts';\nexport const other = 1;\n",
        },
      ],
      evidence: ['filled in from .booster/templates/component'],
    });
    expect([tree(), readFileSync(join(project, 'src/index.ts'), 'utf8')]).toEqual([
      before,
      '// components\nexport const other = 1;\n',
    ]);
  });

  it('picks a template by its declared keywords, and says so', async () => {
    const { generator, evidence } = await generateCode({ description: 'a widget for UserCard', project });
    expect([generator, evidence[0]]).toEqual([
      'component',
      'component was picked for the words widget, and the name UserCard is from the description',
    ]);
  });

  it('takes a generator for a description that speaks of one', async () => {
    const { generator } = await generateCode({ description: 'a ring buffer for Jobs', project });
    expect(generator).toBe('collection');
  });

  it('says why a broken template stands in the way of a description', async () => {
    write('.booster/templates/broken/file.ts', 'no front matter');
    await expect(generateCode({ description: 'a ring buffer for Jobs', project })).rejects.toMatchObject({
      code: 'E_GENERATE_TEMPLATE',
      message: expect.stringMatching(
        /^\.booster\/templates\/broken\/file\.ts:1: .*name what is to be generated$/,
      ) as string,
    });
    expect((await made()).files).toHaveLength(2);
  });

  it('knows the templates of a folder above, whose files it names absolutely', async () => {
    const { files } = await made({ project: join(project, 'src') });
    expect(files.map(({ path }) => path)).toEqual(['user-card.ts', 'index.ts']);
    mkdirSync(join(project, 'test'));
    const outside = await made({ project: join(project, 'test') });
    expect(outside.files[0]!.path).toBe(join(project, 'src/user-card.ts'));
  });

  it.each<[string, Partial<GenerateCodeOptions>, string, RegExp]>([
    ['a relative folder', { project: 'src' }, 'E_CLI_USAGE', /"src" is no absolute path/],
    ['a folder that is not there', { project: '/no/such/folder' }, 'E_FILE_NOT_FOUND', /^\/no\/such\/folder/],
    ['an input', { input: '{}' }, 'E_GENERATE_INPUT', /takes no input/],
    ['a filename', { filename: 'a.ts' }, 'E_CLI_USAGE', /leave out filename/],
    ['an unknown option', { options: { colour: 'red' } }, 'E_GENERATE_OPTION', /no option "colour"/],
    ['another name', { generator: 'componnent' }, 'E_GENERATE_UNKNOWN', /did you mean component\?/],
    ['both', { description: 'a widget' }, 'E_CLI_USAGE', /not both/],
  ])('refuses %s', async (_, options, code, message) => {
    await expect(made(options)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it('refuses a file with other content, unless forced', async () => {
    write('src/user-card.ts', 'mine\n');
    await expect(made()).rejects.toMatchObject({ code: 'E_GENERATE_EXISTS' });
    expect((await made({ force: true })).files[0]).toMatchObject({ status: 'changed' });
  });

  it('refuses what contradicts changes by hand, with both sides', async () => {
    write('src/user-card.ts', 'export class UserCard { mine }\n');
    const base = 'export class UserCard { old }\n';
    const entry = { generator: 'component', version: 1, parameters: '', base };
    write('.booster/generated.json', JSON.stringify({ schemaVersion: 1, generated: { 'src/user-card.ts': entry } }));
    await expect(made()).rejects.toMatchObject({
      code: 'E_GENERATE_CONFLICT',
      message: expect.stringContaining('src/user-card.ts, line 1: both sides changed the same lines') as string,
      data: { conflicts: [{ yours: ['export class UserCard { mine }'], generated: ['export class UserCard {}'] }] },
    });
  });
});

describe('an agent, with the folder of a project', () => {
  it('generates by a template, and looks at the project each time', async () => {
    await using agent = new CodeBoosterAgent({ name: 'tester' });
    const ask = { generator: 'component', name: 'UserCard', project };
    expect(await agent.generateCode(ask)).toMatchObject({ status: 'generated', files: [{ status: 'new' }, {}] });
    write('src/user-card.ts', 'mine\n');
    expect(await agent.generateCode(ask)).toMatchObject({ refusal: { code: 'E_GENERATE_EXISTS' } });
    expect(await agent.generateCode({ ...ask, force: true })).toMatchObject({ files: [{ status: 'changed' }, {}] });
  });

  it('names the templates among the candidates when nothing fits', async () => {
    await using agent = new CodeBoosterAgent({ name: 'tester' });
    const refused = await agent.generateCode({ description: 'something else', project });
    expect(refused).toMatchObject({
      status: 'refused',
      refusal: { candidates: expect.arrayContaining(['component']) as string[] },
    });
  });
});
