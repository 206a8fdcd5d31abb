import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import { rules } from '../../src/rules/index.ts';
import { Project, ruleId } from './project.ts';

let project: Project;

beforeAll(() => {
  project = new Project();
  project.write('a.ts', 'export {};\n');
});
afterAll(() => {
  project.remove();
});

describe('help and version', () => {
  it('print help to stderr and exit 2 when no command is given', async () => {
    const { stdout, stderr, exitCode } = await project.run([]);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain('Usage: booster');
  });

  it('print help to stdout and exit 0 when asked', async () => {
    for (const args of [['--help'], ['optimize', '--help'], ['help', 'rule']]) {
      const { stdout, stderr, exitCode } = await project.run(args);
      expect([stderr, exitCode]).toEqual(['', 0]);
      expect(stdout).toContain('Usage: booster');
    }
  });

  it('group the options of optimize and show examples', async () => {
    const { stdout } = await project.run(['optimize', '--help']);
    expect(stdout.match(/^\S.*:$/gm)).toEqual(
      expect.arrayContaining(['What to do:', 'Which files:', 'Output:', 'Configuration:', 'Examples:']),
    );
  });

  it('print the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await project.run(['--version'])).toEqual({ stdout: `${version}\n`, stderr: '', exitCode: 0 });
  });
});

describe('bad usage', () => {
  it.each([
    ['an unknown option', ['optimize', '--writ'], "unknown option '--writ' (did you mean --write?)"],
    ['an unknown command', ['optimise'], "unknown command 'optimise' (did you mean optimize?)"],
    [
      '--write with --check',
      ['optimize', '--write', '--check'],
      "option '--fix, --write' cannot be used with option '--check'",
    ],
    ['two git selections', ['optimize', '--staged', '--changed'], 'cannot be used with'],
    ['an unknown level', ['optimize', '--level', 'wild'], "argument 'wild' is invalid"],
    ['an unknown reporter', ['optimize', '--reporter', 'xml'], "argument 'xml' is invalid"],
    ['threads that are no number', ['optimize', '--threads', 'many'], '--threads: "many" is not'],
    [
      'a pool size that is no number',
      ['optimize', '--pool-size', 'many'],
      '--pool-size: "many" is not an integer from 1 to 64',
    ],
    [
      'a memory limit that is no size',
      ['apply', 'a.ts', '--edit', '-', '--memory-limit', 'lots'],
      '--memory-limit: "lots" is not a size',
    ],
    [
      'a time limit that is too short',
      ['analyze', '--task-timeout', '1'],
      '--task-timeout: "1" is not an integer from 10',
    ],
    [
      'a health check too often',
      ['pool', 'run', '--health-check-interval', '3'],
      '--health-check-interval: "3" is not',
    ],
    ['a pool of none', ['pool', 'bench', '--pool-size', '0'], '--pool-size: "0" is not'],
    ['an option without its value', ['optimize', '--since'], 'argument missing'],
    ['an empty name of a configuration', ['optimize', '--config', ''], '--config: an empty path names no file'],
    ['too many arguments', ['rule', 'a', 'b'], 'too many arguments'],
    ['a missing argument', ['rule'], "missing required argument 'id'"],
  ])('is one clear line and exit 2: %s', async (_title, args, message) => {
    const { stdout, stderr, exitCode } = await project.run(args);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toMatch(/^error: .* \(E_(CLI_USAGE|CONFIG_NOT_FOUND)\)\n {2}help: .*\n$/);
    expect(stderr).toContain(message);
  });

  it('shows a stack only with -v', async () => {
    const args = ['optimize', '--config', 'none.json'];
    expect((await project.run(args)).stderr).not.toContain('    at ');
    expect((await project.run([...args, '-v'])).stderr).toContain('    at ');
  });

  it('names the nearest rules for an unknown one', async () => {
    const { stderr, exitCode } = await project.run(['optimize', 'a.ts', '--rule', `${ruleId}x`]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(new RegExp(`^error: unknown rule '${ruleId}x' \\(did you mean .*${ruleId}`));
  });
});

describe('configuration', () => {
  it('is printed with the origin of each value', async () => {
    const env = { WASM_POOL_SIZE: '3' };
    const { stdout, exitCode } = await project.run(['optimize', '--print-config', '--level', 'balanced'], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^level: "balanced" +# flag --level$/m);
    expect(stdout).toMatch(/^pool:\n {2}maximum: 3 +# environment WASM_POOL_SIZE$/m);
    expect(stdout).toMatch(/^reporter: "pretty" +# default$/m);
  });

  it('is printed as YAML that is a configuration with the same values', async () => {
    const first = await project.run(['optimize', '--print-config', '--level', 'aggressive', '--no-rule', ruleId]);
    project.write('again/.boosterrc.yaml', first.stdout);
    const second = await project.run(['optimize', '--print-config'], { cwd: 'again' });
    const values = (text: string): string => text.replaceAll(/ +# .*/g, '');
    expect(values(second.stdout)).toBe(values(first.stdout));
    expect(second.stdout).toContain('# file .boosterrc.yaml');
  });

  it('is printed as JSON with --reporter json', async () => {
    const { stdout } = await project.run(['optimize', '--print-config', '--reporter', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ file: null, settings: { level: { value: 'safe', origin: 'default' } } });
  });

  it.each([
    ['broken', '{ "level": ', 'broken/.boosterrc.json'],
    ['unknown key', '{ "levle": "safe" }', 'did you mean "level"?'],
    ['unknown rule', '{ "rules": { "nonsense": false } }', "file .boosterrc.json: unknown rule 'nonsense'"],
  ])('is refused before any file is read: %s', async (folder, content, message) => {
    project.write(`${folder}/.boosterrc.json`, content);
    const { stdout, stderr, exitCode } = await project.run(['optimize', '.'], { cwd: folder });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toMatch(/^error: .*\.boosterrc\.json.*\(E_(CONFIG_INVALID|RULE_UNKNOWN)\)\n/);
    if (folder !== 'broken') expect(stderr).toContain(message);
  });

  it.each([
    ['mjs', 'export default { level: "balanced" };'],
    ['cjs', 'module.exports = { level: "balanced" };'],
  ])('may be JavaScript when it is named: .%s', async (extension, code) => {
    project.write(`code/named.${extension}`, code);
    const args = ['optimize', '--print-config', '--config', `named.${extension}`];
    const { stdout, stderr } = await project.run(args, { cwd: 'code' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`^level: "balanced" +# file named\\.${extension}$`, 'm'));
  });

  it('is not read with --isolated', async () => {
    project.write('iso/.boosterrc', 'level: nonsense\n');
    expect((await project.run(['optimize', '--print-config'], { cwd: 'iso' })).exitCode).toBe(2);
    expect((await project.run(['optimize', '--print-config', '--isolated'], { cwd: 'iso' })).exitCode).toBe(0);
  });
});

describe('the Node version that runs the code', () => {
  const versioned = rules.filter(({ meta }) => meta.nodeMajors?.below !== undefined);

  it.each(versioned.map(({ meta }) => [meta.id, meta.nodeMajors?.below ?? 0] as const))(
    'leaves %s out from Node %i on, and says so when it was named',
    async (id, below) => {
      const leftOut = `left out: rule ${id}: wins on Node`;
      const run = async (...args: string[]): Promise<string> =>
        (await project.run(['optimize', 'a.ts', ...args])).stderr;
      expect(await run('--rule', id, '--node', String(below))).toContain(leftOut);
      expect(await run('--rule', id, '--node', String(below - 1))).not.toContain(leftOut);
      expect(await run('--node', String(below))).not.toContain('left out');
      expect(await run('--node', String(below), '-v')).toContain(leftOut);
    },
  );

  it('can be configured', async () => {
    project.write('node/.boosterrc', 'node: 30\n');
    const { stdout } = await project.run(['optimize', '--print-config'], { cwd: 'node' });
    expect(stdout).toMatch(/^node: 30 +# file \.boosterrc$/m);
  });
});

describe('booster rules and rule', () => {
  it('lists every rule and every detector', async () => {
    const { stdout, exitCode } = await project.run(['rules']);
    expect(exitCode).toBe(0);
    const columns = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    const ids = (all: readonly { meta: { id: string } }[]) => all.map(({ meta }) => meta.id);
    expect(columns).toEqual(['rule', ...ids(rules), '', 'detector', ...ids(detectors)]);
  });

  it('lists every rule as JSON', async () => {
    const { stdout } = await project.run(['rules', '--json']);
    const document = JSON.parse(stdout) as { schemaVersion: number; rules: { id: string }[] };
    expect([document.schemaVersion, document.rules.map(({ id }) => id)]).toEqual([1, rules.map(({ meta }) => meta.id)]);
  });

  it.each(rules.map(({ meta }) => meta.id))('explains %s', async (id) => {
    const { stdout, exitCode } = await project.run(['rule', id]);
    expect(exitCode).toBe(0);
    for (const title of ['Why', 'Example', 'Cost', 'Tier', 'Languages']) expect(stdout).toContain(`\n${title}\n`);
  });

  it('explains a rule as JSON', async () => {
    const { stdout } = await project.run(['rule', ruleId, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      rule: { id: ruleId, example: {}, assumes: expect.any(Array) },
    });
  });

  it('exits 2 and gives a document with --json for an unknown rule', async () => {
    const { stdout, stderr, exitCode } = await project.run(['rule', 'nonsense', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      error: expect.objectContaining({ code: 'E_RULE_UNKNOWN' }),
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('`booster rules` lists all rules')]);
  });
});
