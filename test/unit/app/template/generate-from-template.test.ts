import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateFromTemplate } from '../../../../src/app/template/generate-from-template.ts';
import { findTemplate } from '../../../../src/app/template/find-template.ts';
import { ProjectTemplates } from '../../../../src/app/template/project-templates.ts';
import { fakeApplyPool, merged, refusal } from '../fake-apply-pool.ts';

let outer: string;
let root: string;
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'booster-template-'));
  root = join(outer, 'project');
  write('package.json', '{}');
});
afterEach(() => {
  rmSync(outer, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

function part(front: string, body = 'export const {{name}} = 1;\n', file = 'file.ts'): void {
  write(`.booster/templates/part/${file}`, `---\n${front}\n---\n${body}`);
}

async function run(name = 'one', more: { force?: boolean; mode?: 'check' | 'preview'; isRefused?: boolean } = {}) {
  const template = await findTemplate({ what: { generator: 'part' }, name, options: {} }, root);
  const pool = fakeApplyPool(() => (more.isRefused === true ? refusal : merged));
  return generateFromTemplate(pool, template!, {
    cwd: root,
    mode: more.mode ?? 'write',
    force: more.force ?? false,
    maximumBytes: 1_000_000,
    signal: new AbortController().signal,
  });
}

describe('a template of a project', () => {
  it('writes its files with the record, and writes nothing the second time', async () => {
    part('to: src/{{name}}.ts');
    expect((await run()).results).toMatchObject([{ path: 'src/one.ts', status: 'new', written: true }]);
    expect(read('src/one.ts')).toBe('export const one = 1;\n');
    expect(JSON.parse(read('.booster/generated.json'))).toMatchObject({
      generated: { 'src/one.ts': { generator: 'part', base: 'export const one = 1;\n' } },
    });
    expect((await run()).results).toMatchObject([{ status: 'unchanged', written: false }]);
  });

  it('merges a changed template with changes by hand', async () => {
    part('to: one.ts', '// a\n\n// b\n');
    await run(undefined, {}).catch(() => undefined);
    part('to: one.ts', '// a\n\n// b\n// {{name}}\n');
    await run();
    write('one.ts', `// mine\n${read('one.ts')}`);
    part('to: one.ts', '// a\n\n// b\n// {{name}} more\n');
    expect((await run()).results).toMatchObject([{ status: 'merged' }]);
    expect(read('one.ts')).toBe('// mine\n// a\n\n// b\n// one more\n');
  });

  it('replaces nothing that was not generated, unless forced', async () => {
    part('to: one.ts');
    write('one.ts', 'mine\n');
    await expect(run()).rejects.toMatchObject({ code: 'E_GENERATE_EXISTS' });
    expect([read('one.ts'), (await run('one', { force: true })).results[0]!.status]).toEqual(['mine\n', 'changed']);
  });

  it('puts code behind the one line that holds `after`, and merges it when it runs again', async () => {
    part('into: list.ts\nafter: here', '  // {{name}}\n');
    write('list.ts', 'a\n  // here\nb\n');
    await run();
    expect(read('list.ts')).toBe('a\n  // here\n  // one\nb\n');
    part('into: list.ts\nafter: here', '  // {{name}}, better\n');
    await run();
    expect(read('list.ts')).toBe('a\n  // here\n  // one, better\nb\n');
  });

  it('leaves a file alone that holds what `unless` says', async () => {
    part('into: list.ts\nafter: here\nunless: "{{name}}"');
    write('list.ts', '// here\n// one\n');
    const { results, evidence } = await run();
    expect([results, evidence.at(-1)]).toEqual([[], 'list.ts is left alone: it holds what `unless` says']);
  });

  it.each([
    ['no line holds it', 'x\n', {}],
    ['two lines hold it', 'here\nhere\n', {}],
    ['the gate refuses the result', 'here\n', { isRefused: true }],
  ])('is refused when %s', async (_, text, more) => {
    part('into: list.ts\nafter: here');
    write('list.ts', text);
    await expect(run('one', more)).rejects.toMatchObject({ code: 'E_GENERATE_PLACE' });
    expect([read('list.ts'), readdirSync(join(root, '.booster'))]).toEqual([text, ['templates']]);
  });

  it('writes none of its files when one is refused', async () => {
    part('to: a.ts', undefined, 'a.ts');
    part('into: none.ts\nafter: here', undefined, 'b.ts');
    await expect(run()).rejects.toMatchObject({ code: 'E_FILE_NOT_FOUND' });
    expect(readdirSync(root).sort()).toEqual(['.booster', 'package.json']);
  });

  it('may not change a file twice', async () => {
    part('to: a.ts', undefined, 'a.ts');
    part('to: a.ts', undefined, 'b.ts');
    await expect(run()).rejects.toThrow(/a\.ts is written by .*a\.ts already/);
  });

  it('is listed; one that cannot be used is listed with the reason', async () => {
    part('to: a.ts');
    write('.booster/templates/broken/file', 'no front matter');
    write('.booster/templates/types/file', '---\nto: a\n---\n');
    const { metas, problems } = await new ProjectTemplates(join(root, '.booster')).all();
    expect(metas.map(({ id }) => id)).toEqual(['part']);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^\.booster\/templates\/broken\/file:1: must begin with front matter/),
      expect.stringContaining('a generator is called types'),
    ]);
  });
});

describe('paths of a template', () => {
  it.each([
    '../outside.ts',
    'src/../../outside.ts',
    '/tmp/outside.ts',
    String.raw`..\outside.ts`,
    'C:outside.ts',
    './a.ts',
    'a//b.ts',
    'a/',
    '.git/hooks/pre-commit',
    '.booster/generated.json',
    '.BOOSTER/generated.json',
    'src/node_modules/a.js',
    String.raw`"a\0b"`,
    '..',
  ])('stay in the project: %s', async (path) => {
    part(`to: ${path}`);
    await expect(run()).rejects.toMatchObject({ code: 'E_GENERATE_PATH' });
    expect(readdirSync(outer)).toEqual(['project']);
  });

  it.each<[string, string, [target: string, name: string][]]>([
    ['a folder', 'out/a.ts', [['..', 'out']]],
    ['a file that is not there', 'a.ts', [['../a.ts', 'a.ts']]],
    [
      'a link to a link',
      'two/x/a.ts',
      [
        ['..', 'one'],
        ['one', 'two'],
      ],
    ],
    ['a folder that is closed', 'out/generated.json', [['.booster', 'out']]],
  ])('stay in it behind a link to %s', async (_, path, links) => {
    for (const [target, name] of links) symlinkSync(target, join(root, name));
    part(`to: ${path}`);
    await expect(run('one', { force: true })).rejects.toMatchObject({ code: 'E_GENERATE_PATH' });
    expect(readdirSync(outer)).toEqual(['project']);
  });

  it('may go through a link that stays in the project', async () => {
    mkdirSync(join(root, 'real'));
    symlinkSync('real', join(root, 'alias'));
    part('to: alias/a.ts');
    await run();
    expect(read('real/a.ts')).toBe('export const one = 1;\n');
  });

  it('of the template itself may be no links', async () => {
    writeFileSync(join(outer, 'secret'), '---\nto: a\n---\nsecret');
    write('.booster/templates/part/b', '---\nto: b\n---\n');
    symlinkSync(join(outer, 'secret'), join(root, '.booster/templates/part/a'));
    await expect(run()).rejects.toThrow(/part\/a: is a link/);
    symlinkSync(outer, join(root, '.booster/templates/other'));
    await expect(new ProjectTemplates(root).read('other')).rejects.toThrow(/outside of the project/);
  });
});
