import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/records/run-record.ts';
import { Project, before, ruleId } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
  // a home that does not exist stays so, and nothing is recorded
  mkdirSync(join(project.folder, '.home'));
});
afterEach(() => {
  project.remove();
});

const storeFolder = '.home/.local/state/booster';

async function listed(...args: string[]): Promise<RunRecord[]> {
  const { stdout } = await project.run(['runs', 'list', '--json', ...args]);
  return (JSON.parse(stdout) as { runs: RunRecord[] }).runs;
}

describe('booster optimize', () => {
  it('records what became of each file, without any of its code', async () => {
    project.write('src/a.ts', before);
    project.write('src/b.ts', 'export const nothing = 1;\n');
    project.write('src/broken.ts', `${before}\nfunction (`);
    const { exitCode } = await project.run(['optimize', 'src', '--rule', ruleId, '--write']);
    const [a, b, broken] = await listed();
    expect(a).toMatchObject({
      command: 'optimize',
      file: 'src/a.ts',
      language: 'typescript',
      status: 'written',
      exitCode,
      rules: [ruleId],
      engine: 'oxc',
      ranIn: 'in-process',
      bytesBefore: Buffer.byteLength(before),
      pid: expect.any(Number) as number,
      booster: expect.any(String) as string,
    });
    expect(a?.hashBefore).not.toBe(a?.hashAfter);
    expect(Object.keys(a?.phases ?? {})).toEqual(['readMs', 'engineMs', 'writeMs']);
    expect(b).toMatchObject({ file: 'src/b.ts', status: 'unchanged', engine: 'none' });
    expect(broken).toMatchObject({ file: 'src/broken.ts', status: 'refused', code: 'E_SYNTAX' });
    expect(b?.id).toBe(`${String(a?.id)}.2`);
    const stored = readFileSync(join(project.folder, storeFolder, 'runs/open.jsonl'), 'utf8');
    expect(stored).not.toContain(before.trim().slice(0, 20));
  });

  it.each([
    ['--no-record', ['--no-record'], {}, undefined],
    ['BOOSTER_RECORDS', [], { BOOSTER_RECORDS: 'never' }, undefined],
    ['the configuration', [], {}, '{ "records": { "keep": "never" } }'],
  ] as const)('records nothing when %s says so', async (_what, args, env, config) => {
    project.write('a.ts', before);
    if (config !== undefined) project.write('.boosterrc.json', config);
    await project.run(['optimize', 'a.ts', '--no-cache', ...args], { env });
    expect(readdirSync(join(project.folder, '.home'))).toEqual([]);
  });

  it('records in the folder of --store, or in the one that a configuration file names from where it is', async () => {
    project.write('a.ts', before);
    project.write('inner/b.ts', before);
    project.write('package.json', '{}');
    await project.run(['optimize', 'a.ts', '--store', 'one']);
    project.write('.boosterrc.json', '{ "records": { "store": "two" } }');
    await project.run(['optimize', 'b.ts'], { cwd: 'inner' });
    expect((await listed('--store', 'one')).map(({ file }) => file)).toEqual(['a.ts']);
    expect((await listed()).map(({ file }) => file)).toEqual(['b.ts']);
    expect(readdirSync(join(project.folder, 'two'))).toEqual(['cache', 'runs']);
  });

  it('says a line when it could not record, none with -q, and does the same', async () => {
    project.write('a.ts', before);
    project.write('blocked', 'a file');
    const recorded = await project.run(['optimize', 'a.ts', '--check', '--rule', ruleId]);
    const blocked = await project.run(['optimize', 'a.ts', '--check', '--rule', ruleId, '--store', 'blocked']);
    expect(blocked.exitCode).toBe(recorded.exitCode);
    expect(blocked.stdout.replaceAll(/[\d.]+ ms/g, '')).toBe(recorded.stdout.replaceAll(/[\d.]+ ms/g, ''));
    expect(blocked.stderr.match(/^not recorded: .*E_STORE_WRITE.*$/gm)).toHaveLength(1);
    const quiet = await project.run(['optimize', 'a.ts', '--check', '--rule', ruleId, '--store', 'blocked', '-q']);
    expect(quiet).toMatchObject({ exitCode: recorded.exitCode, stderr: '' });
  });
});

describe('booster apply', () => {
  it('records what was merged and what was refused, with the reason', async () => {
    project.write('a.ts', 'const a = 1;\nconst b = 2;\n');
    const edit = (search: string) => `<<<<<<< SEARCH\n${search}\n=======\nconst a = 3;\n>>>>>>> REPLACE\n`;
    await project.run(['apply', 'a.ts', '--edit', '-', '--write'], { input: edit('const a = 1;') });
    await project.run(['apply', 'a.ts', '--edit', '-', '--write'], {
      input: edit('const other = 1;').replace('= 3', '= 4'),
    });
    const [refused, written] = await listed();
    expect(written).toMatchObject({ command: 'apply', file: 'a.ts', status: 'written', engine: 'patch', exitCode: 0 });
    expect(refused).toMatchObject({ status: 'refused', code: 'E_APPLY_NOT_FOUND', exitCode: 1 });
    expect(refused?.hashBefore).toBe(written?.hashAfter);
  });
});

describe('booster analyze, generate and hook', () => {
  it('record what was analysed, and what was found there', async () => {
    project.write('a.ts', before);
    project.write('broken.ts', 'function (');
    const { exitCode } = await project.run(['analyze', '.', '--rule', ruleId]);
    const [a, broken] = await listed('--command', 'analyze');
    const content = { bytesBefore: Buffer.byteLength(before), hashBefore: expect.any(String) as string };
    expect(a).toMatchObject({ file: 'a.ts', status: 'analyzed', rules: [ruleId], engine: 'oxc', exitCode, ...content });
    expect(broken).toMatchObject({ file: 'broken.ts', status: 'refused', code: 'E_SYNTAX' });
  });

  it('record what was generated, printed and refused', async () => {
    project.write('user.json', '{ "name": "a" }');
    const generate = (...args: string[]) => project.run(['generate', 'types', 'User', '--input', 'user.json', ...args]);
    await generate();
    await generate('--out', 'src/user.ts', '--write');
    await generate('--out', 'src/user.ts', '--check');
    project.write('other.ts', 'export {};\n');
    const { exitCode } = await generate('--out', './other.ts', '--write');
    await project.run(['generate', 'types', '--nosuch']);
    const [refused, same, written, printed, ...others] = await listed('--command', 'generate');
    expect(printed).toMatchObject({ status: 'changed', engine: 'types', hashAfter: expect.any(String) as string });
    expect(written).toMatchObject({ file: 'src/user.ts', status: 'written', hashAfter: printed?.hashAfter });
    expect(same).toMatchObject({ file: 'src/user.ts', status: 'unchanged', hashBefore: printed?.hashAfter });
    expect(refused).toMatchObject({ file: 'other.ts', status: 'refused', code: 'E_GENERATE_EXISTS', exitCode });
    expect(others).toEqual([]);
  });

  it('record which rules an edit met, and what was written', async () => {
    project.write('package.json', '{}');
    project.write('a.ts', before);
    const path = join(project.folder, 'a.ts');
    const event = {
      ...{ session_id: 's', cwd: project.folder, hook_event_name: 'PostToolUse', tool_name: 'Write' },
      ...{ tool_input: { file_path: path, content: before }, tool_response: { type: 'create', filePath: path } },
    };
    const input = JSON.stringify(event);
    await project.run(['hook', '--write', '--timeout', '60000'], { input });
    await project.run(['hook', '--timeout', '60000', '--no-record'], { input });
    const records = await listed('--command', 'hook');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ file: 'a.ts', status: 'written', engine: 'oxc', exitCode: 0 });
    expect(records[0]?.rules).toContain(ruleId);
    expect(records[0]?.hashBefore).not.toBe(records[0]?.hashAfter);
  });
});

describe('booster runs', () => {
  it.each(['list', 'stats'])('says that there are none with %s, and that is no failure', async (command) => {
    const { stdout, exitCode, stderr } = await project.run(['runs', command]);
    expect({ stdout, exitCode, stderr }).toEqual({
      stdout: `no runs are recorded in ${join(project.folder, storeFolder)}\n`,
      exitCode: 0,
      stderr: '',
    });
  });

  it('needs a place to look into', async () => {
    const { stderr, exitCode } = await project.run(['runs', 'list'], { env: { HOME: '' } });
    expect(stderr).toContain('E_STORE_NOWHERE');
    expect(exitCode).toBe(2);
  });

  it('lists, filters, shows, counts and clears', async () => {
    project.write('a.ts', before);
    project.write('b.ts', 'export const nothing = 1;\n');
    await project.run(['optimize', 'a.ts', 'b.ts', '--rule', ruleId]);
    expect((await listed('--file', 'a.ts', '--since', '1h')).map(({ file }) => file)).toEqual(['a.ts']);
    expect(await listed('--status', 'failed')).toEqual([]);
    expect(await listed('--limit', '1')).toHaveLength(1);
    const [first] = await listed('--file', 'a.ts');
    const id = String(first?.id);
    expect((await project.run(['runs', 'show', id])).stdout).toContain('b.ts');
    expect((await project.run(['runs', 'show', `${id}.2`])).stdout).toMatch(/^file +b\.ts$/m);
    const { stdout } = await project.run(['runs', 'stats', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: [
        { command: 'optimize', files: 2, byStatus: { changed: 1, unchanged: 1 }, successRate: 1, fallbacks: 0 },
        { command: 'optimize', engine: 'none', files: 1 },
        { command: 'optimize', engine: 'oxc', files: 1, durationMs: { count: 1 } },
      ],
      commands: [{ command: 'optimize', runMs: { count: 1 } }],
    });
    expect((await project.run(['runs', 'stats'])).stdout).toMatch(/^optimize +all +2 +1 +100 %/m);
    expect((await project.run(['runs', 'clear'])).stdout).toMatch(/^removed 2 records from /);
    expect(await listed()).toEqual([]);
  });

  it('refuses an id that is not there, and what it cannot read of a time', async () => {
    const show = await project.run(['runs', 'show', 'zzzz']);
    expect(show).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('E_STORE_RUN') as string });
    const since = await project.run(['runs', 'list', '--since', 'yesterday']);
    expect(since).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('E_CLI_USAGE') as string });
  });

  it('warns of a damaged file once, and shows what is left of it', async () => {
    project.write('a.ts', before);
    await project.run(['optimize', 'a.ts']);
    const path = join(project.folder, storeFolder, 'runs/open.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8')}no record\n`);
    const damaged = await project.run(['runs', 'list']);
    expect(damaged.stderr).toMatch(/^warning: .* moved to .*\/damaged-open\.jsonl-[\da-f]{8} \(E_STORE_DAMAGED\)\n$/);
    expect(damaged.stdout).toContain('a.ts');
    expect((await project.run(['runs', 'list'])).stderr).toBe('');
  });

  it('shows runs as they end, until it is interrupted', async () => {
    project.write('a.ts', before);
    const watching = project.start(['runs', 'watch', '--json']);
    // it begins to watch when it says so
    await once(watching.stderr, 'data');
    await project.run(['optimize', 'a.ts']);
    const [line] = (await once(watching.stdout, 'data')) as [Buffer];
    expect(JSON.parse(line.toString())).toMatchObject({ type: 'booster.task.completed', command: 'optimize' });
    watching.kill('SIGINT');
    expect((await watching).exitCode).toBe(130);
  });
});
