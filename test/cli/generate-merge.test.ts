import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
  project.write('package.json', '{}');
  sample({ id: 1 });
  project.write('model.ts', model);
});
afterEach(() => {
  project.remove();
});

const model = "import { a } from './a.ts';\n\nexport function one(): number {\n  return a;\n}\n";

function sample(value: unknown): void {
  project.write('user.json', JSON.stringify(value));
}

async function generate(...more: readonly string[]) {
  return project.run(['generate', 'types', 'User', '--input', 'user.json', ...more]);
}

const out = ['--out', 'user.ts', '--write'];
const into = ['--into', 'model.ts', '--write'];

describe('generating again with --out', () => {
  it('replaces what is as it was generated', async () => {
    await generate(...out);
    sample({ id: 'x' });
    expect((await generate(...out)).exitCode).toBe(0);
    expect(project.read('user.ts')).toContain('id: string;');
  });

  it('keeps what was changed by hand', async () => {
    await generate(...out);
    project.write('user.ts', `${project.read('user.ts')}\nexport const mine = 1;\n`);
    sample({ name: '', id: 1 });
    const { stderr, exitCode } = await generate(...out);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('with the changes by hand')]);
    expect(project.read('user.ts')).toMatch(/name: string;\n {2}id: number;\n}\n\nexport const mine = 1;\n$/);
    expect((await generate('--out', 'user.ts', '--check')).exitCode).toBe(0);
  });

  it('leaves a file alone in which both changed the same lines, and shows both sides', async () => {
    await generate(...out);
    const mine = project.read('user.ts').replace('id: number', 'id: bigint');
    project.write('user.ts', mine);
    const record = project.read('.booster/generated.json');
    sample({ id: 'x' });
    const { stdout, stderr, exitCode } = await generate(...out);
    expect([exitCode, stdout, project.read('user.ts'), project.read('.booster/generated.json')]).toEqual([
      1,
      '',
      mine,
      record,
    ]);
    expect(stderr).toContain(
      'line 4, the file has:\n    |   id: bigint;\n  and it would become:\n    |   id: string;\n',
    );
    expect((await generate(...out, '--force')).exitCode).toBe(0);
    expect(project.read('user.ts')).toContain('id: string;');
  });

  it.each([
    ['mine', 'bigint', 'unchanged, 1 conflict settled by --keep'],
    ['generated', 'string', 'with the changes by hand'],
  ])('settles a conflict with --keep %s, and does not ask again', async (side, type, said) => {
    await generate(...out);
    project.write(
      'user.ts',
      `${project.read('user.ts').replace('id: number', 'id: bigint')}\nexport const mine = 1;\n`,
    );
    sample({ id: 'x' });
    const preview = await generate('--out', 'user.ts', '--keep', side);
    expect([preview.exitCode, preview.stderr]).toEqual([0, expect.stringContaining('Write: ')]);
    expect((await generate('--out', 'user.ts')).exitCode).toBe(1);
    const { stderr, exitCode } = await generate(...out, '--keep', side);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining(said)]);
    expect(project.read('user.ts')).toContain(`id: ${type};\n}\n\nexport const mine = 1;\n`);
    expect((await generate('--out', 'user.ts', '--check')).exitCode).toBe(0);
  });

  it('refuses a merge that does not parse any more', async () => {
    const properties = { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } };
    const schema = (more: object): void => {
      sample({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: { ...properties, ...more },
      });
    };
    schema({});
    await generate(...out);
    // each side parses, but the new comment ends the one that was put around it
    const mine = project.read('user.ts').replace('  a?', '/*\n  a?').replace('  c?: string;\n', '  c?: string;\n*/\n');
    project.write('user.ts', mine);
    schema({ b: { type: 'string', description: 'new' } });
    const { stderr, exitCode } = await generate(...out);
    expect([exitCode, stderr, project.read('user.ts')]).toEqual([1, expect.stringContaining('E_APPLY_SYNTAX'), mine]);
  });

  it('keeps the line ends of the file, and merges in spite of them', async () => {
    await generate(...out);
    project.write('user.ts', `${project.read('user.ts')}// mine\n`.replaceAll('\n', '\r\n'));
    sample({ name: '', id: 1 });
    expect((await generate(...out)).exitCode).toBe(0);
    expect(project.read('user.ts')).toMatch(/\r\n {2}name: string;\r\n {2}id: number;\r\n}\r\n\/\/ mine\r\n$/);
  });

  it('says so when the record is damaged, and touches nothing', async () => {
    await generate(...out);
    project.write('.booster/generated.json', '{');
    const { stderr, exitCode } = await generate(...out);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('E_GENERATE_RECORD')]);
  });

  it('knows nothing of a file when the record is gone', async () => {
    await generate(...out);
    rmSync(join(project.folder, '.booster'), { recursive: true });
    sample({ id: 'x' });
    expect((await generate(...out)).exitCode).toBe(2);
  });

  it('gives the same record whatever was generated first', async () => {
    await generate('--out', 'a.ts', '--write');
    await generate('--out', 'b.ts', '--write');
    const record = project.read('.booster/generated.json');
    rmSync(join(project.folder, '.booster'), { recursive: true });
    await generate('--out', 'b.ts', '--write');
    await generate('--out', 'a.ts', '--write');
    expect(project.read('.booster/generated.json')).toBe(record);
  });
});

describe('generating --into a file', () => {
  it('adds the code behind the last definition and leaves the rest as it is', async () => {
    expect((await generate(...into)).exitCode).toBe(0);
    expect(project.read('model.ts')).toBe(`${model}\nexport interface User {\n  id: number;\n}\n`);
    expect((await generate(...into)).stderr).toContain('unchanged');
  });

  it('adds imports to those that are there', async () => {
    await project.run(['generate', 'collection', 'Cache', '--set', 'kind=lru', ...into]);
    const text = project.read('model.ts');
    expect(text).toContain("import { LRUCache } from 'lru-cache';\n");
    expect(text.match(/^import /gm)).toHaveLength(2);
  });

  it('puts names into the import from the same module, and keeps them there', async () => {
    const cache = ['generate', 'collection', 'Cache', '--set', 'kind=lru', ...into];
    project.write('model.ts', `import {\n  type Other,\n} from 'lru-cache'; // mine\n${model}`);
    expect((await project.run(cache)).exitCode).toBe(0);
    const text = project.read('model.ts');
    expect(text).toContain(
      "import {\n  type Other,\n  LRUCache,\n} from 'lru-cache'; // mine\nimport { a } from './a.ts';\n",
    );
    expect([(await project.run(cache)).exitCode, project.read('model.ts')]).toEqual([0, text]);
  });

  it('settles a conflict with --keep', async () => {
    await generate(...into);
    const mine = project.read('model.ts').replace('id: number', 'id: bigint');
    project.write('model.ts', mine);
    sample({ id: 'x' });
    expect((await generate(...into)).exitCode).toBe(1);
    expect((await generate(...into, '--keep', 'mine')).exitCode).toBe(0);
    expect([project.read('model.ts'), (await generate('--into', 'model.ts', '--check')).exitCode]).toEqual([mine, 0]);
  });

  it('merges what is generated anew with what was changed by hand, around it and in it', async () => {
    await generate(...into);
    project.write(
      'model.ts',
      project.read('model.ts').replace('one()', 'two()').replace('User {', 'User {\n  // mine'),
    );
    sample({ id: 1, name: '' });
    expect((await generate(...into)).exitCode).toBe(0);
    const text = project.read('model.ts');
    expect(text).toContain('function two()');
    expect(text).toContain('User {\n  // mine\n  id: number;\n  name: string;\n}\n');
  });

  it('puts several parts into one file', async () => {
    await generate(...into);
    await project.run(['generate', 'types', 'Other', '--input', 'user.json', ...into]);
    sample({ id: 'x' });
    expect((await generate(...into)).exitCode).toBe(0);
    expect(project.read('model.ts')).toMatch(
      /User {\n {2}id: string;\n}\n\nexport interface Other {\n {2}id: number;\n}\n$/,
    );
  });

  it('refuses a name that is taken', async () => {
    const mine = `${model}\ninterface User {}\n`;
    project.write('model.ts', mine);
    const { stderr, exitCode } = await generate(...into);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('defines User already')]);
    expect([project.read('model.ts'), existsSync(join(project.folder, '.booster'))]).toEqual([mine, false]);
  });

  it('refuses a generator whose code needs a file of its own, and a file that is not there', async () => {
    project.write('s.json', '{ "type": "string" }');
    const own = await project.run(['generate', 'validator', 'User', '--input', 's.json', ...into]);
    expect([own.exitCode, own.stderr]).toEqual([2, expect.stringContaining('--out')]);
    const none = await generate('--into', 'none.ts', '--write');
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('--out makes one')]);
  });
});

describe('a description', () => {
  it.each([
    ['typescript types for User', 'export interface User {'],
    ['a fifo queue called Jobs', 'export class Jobs<Item> {'],
    ['priority queues', 'export class BinaryHeap<Item> {'],
  ])('picks a generator, and says for which words: %s', async (description, expected) => {
    const input = description.includes('User') ? ['--input', 'user.json'] : [];
    const { stdout, stderr, exitCode } = await project.run(['generate', description, ...input]);
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/ was picked for the words? /)]);
    expect(stdout).toContain(expected);
  });

  it('names a function by its capital', async () => {
    const { stdout, stderr, exitCode } = await project.run([
      'generate',
      'a worker pool for sumAll',
      '--set',
      'args=number[]',
      '--set',
      'module=./sum.ts',
    ]);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('the name sumAll is from the description')]);
    expect(stdout).toContain('sumAllInThread');
  });

  it('that fits several generators is refused with these', async () => {
    const { stderr, exitCode } = await project.run(['generate', 'types and a validator']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('types (type) or validator (validator)')]);
  });

  it('that fits none is refused with all', async () => {
    const { stderr, exitCode } = await project.run(['generate', 'make it nice']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('there are bench, collection')]);
  });
});
