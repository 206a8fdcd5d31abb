import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/config/resolve-config.ts';
import type { Resolution, ResolveOptions } from '../../../src/config/resolve-config.ts';
import { tempFolder } from '../files/temp-folder.ts';

/** Resolves in a folder that is a repository of its own, so that nothing above it counts. */
async function resolve(
  files: Readonly<Record<string, string>>,
  options: Partial<ResolveOptions> = {},
): Promise<Resolution> {
  return resolveConfig({ cwd: tempFolder({ '.git/HEAD': '', ...files }), ...options });
}

async function failure(
  files: Readonly<Record<string, string>>,
  options: Partial<ResolveOptions> = {},
): Promise<string> {
  try {
    await resolve(files, options);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `${code ?? ''} ${message}`;
  }
  return 'no failure';
}

const defaults = {
  level: 'safe',
  rules: {},
  ignore: [],
  reporter: 'pretty',
  threads: 'auto',
  node: 'auto',
  maxBytes: 1_048_576,
  color: 'auto',
  apply: { strictness: 'balanced' },
  pool: {
    maximum: 10,
    memoryLimit: 512_000_000,
    taskTimeoutMs: 30_000,
    resident: 'auto',
    healthCheckIntervalMs: 30_000,
    heartbeatMs: 5000,
  },
  records: { keep: 'auto', store: '', maximum: 20_000, maximumAgeDays: 30 },
  redis: {
    url: 'none',
    password: '',
    passwordFile: '',
    prefix: 'swarm:phase-5',
    ttlSeconds: 3600,
    delivery: 'background',
    waitMs: 150,
    ca: '',
    cert: '',
    key: '',
  },
  cache: { use: 'auto', maximumBytes: 67_108_864 },
};

describe('the layers', () => {
  it('start with the defaults', async () => {
    const { config, origins, file } = await resolve({});
    expect(config).toEqual(defaults);
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']));
    expect(file).toBeUndefined();
  });

  it('are default, file, environment and flag, each stronger than the one before', async () => {
    const files = {
      '.boosterrc.json': '{ "level": "balanced", "threads": 2, "pool": { "maximum": 3 }, "reporter": "json" }',
    };
    const env = { BOOSTER_LEVEL: 'aggressive', BOOSTER_THREADS: '3', WASM_MEMORY_LIMIT: '128MB' };
    const { config, origins } = await resolve(files, { env, flags: { threads: '4', maxBytes: '2MiB' } });
    expect(config).toEqual({
      ...defaults,
      level: 'aggressive',
      threads: 4,
      reporter: 'json',
      maxBytes: 2_097_152,
      pool: { ...defaults.pool, maximum: 3, memoryLimit: 128_000_000 },
    });
    expect(origins).toMatchObject({
      level: 'environment BOOSTER_LEVEL',
      threads: 'flag --threads',
      reporter: 'file .boosterrc.json',
      maxBytes: 'flag --max-bytes',
      color: 'default',
      'pool.maximum': 'file .boosterrc.json',
      'pool.memoryLimit': 'environment WASM_MEMORY_LIMIT',
    });
  });

  it('add up for ignore, each with the folder that its patterns are relative to', async () => {
    const folder = tempFolder({ '.git/HEAD': '', '.boosterrc': 'ignore: [a]', 'sub/x': '' });
    const cwd = join(folder, 'sub');
    const { config, origins, ignoreSources } = await resolveConfig({ cwd, flags: { ignore: ['b', 'c'] } });
    expect(config.ignore).toEqual(['a', 'b', 'c']);
    expect(origins.ignore).toBe('file ../.boosterrc + flag --ignore-pattern');
    expect(ignoreSources).toEqual([
      { base: folder, patterns: ['a'] },
      { base: cwd, patterns: ['b', 'c'] },
    ]);
  });

  it('set single rules over one another', async () => {
    const { config, origins } = await resolve(
      { '.boosterrc': 'rules: { a: true, b: true }' },
      { flags: { rules: { b: false, c: false } } },
    );
    expect(config.rules).toEqual({ a: true, b: false, c: false });
    expect(origins.rules).toBe('file .boosterrc + flag --no-rule');
  });

  it('give a result that nobody can change', async () => {
    const { config, origins } = await resolve({ '.boosterrc': 'ignore: [a]' });
    for (const part of [config, config.pool, config.ignore, config.rules, origins])
      expect(Object.isFrozen(part)).toBe(true);
  });
});

describe('the environment', () => {
  it('counts an empty variable as unset', async () => {
    const { config } = await resolve({}, { env: { BOOSTER_LEVEL: '', WASM_POOL_SIZE: '  ' } });
    expect(config).toEqual(defaults);
  });

  it.each([
    ['WASM_POOL_SIZE', '0', 'an integer from 1 to 64'],
    ['WASM_POOL_SIZE', '65', 'an integer from 1 to 64'],
    ['WASM_POOL_SIZE', '1e1', 'an integer from 1 to 64'],
    ['WASM_POOL_SIZE', '10.0', 'an integer from 1 to 64'],
    ['WASM_TASK_TIMEOUT', '-1', 'an integer from 10 to 3600000'],
    ['WASM_MEMORY_LIMIT', '1MB', 'a size from 64MB to 4GiB'],
    ['WASM_MEMORY_LIMIT', 'lots', 'a size from'],
    ['BOOSTER_LEVEL', 'Safe', 'one of safe, balanced, aggressive'],
    ['BOOSTER_THREADS', 'all', 'auto or an integer from 1 to 64'],
  ])('refuses %s=%s and says what is expected', async (name, value, expected) => {
    const said = await failure({}, { env: { [name]: value } });
    expect(said).toContain(`E_CONFIG_INVALID ${name}: "${value}" is not ${expected}`);
  });
});

describe('flags', () => {
  it('are refused as bad usage, under the name that was typed', async () => {
    expect(await failure({}, { flags: { level: 'max' } })).toBe(
      'E_CLI_USAGE --level: "max" is not one of safe, balanced, aggressive',
    );
    expect(await failure({}, { flags: { rules: { 'No Such': false } } })).toMatch(
      /^E_CLI_USAGE --no-rule: { No Such: false } is not/,
    );
  });

  it('that are undefined count as absent', async () => {
    expect((await resolve({}, { flags: { level: undefined } })).config.level).toBe('safe');
  });
});

describe('isolated', () => {
  it('reads no file and no BOOSTER_ variable, but the limits of the machine', async () => {
    const env = { BOOSTER_LEVEL: 'nonsense', WASM_POOL_SIZE: '2' };
    const { config } = await resolve({ '.boosterrc': 'level: nonsense' }, { env, isolated: true });
    expect(config).toEqual({ ...defaults, pool: { ...defaults.pool, maximum: 2 } });
  });
});

describe('the address of Redis', () => {
  it('comes from BOOSTER_REDIS_URL before REDIS_URL', async () => {
    const env = { BOOSTER_REDIS_URL: 'redis://one', REDIS_URL: 'redis://two:7000/3' };
    const { config, origins } = await resolve({}, { env });
    expect(config.redis.url).toBe('redis://one');
    expect(origins['redis.url']).toBe('environment BOOSTER_REDIS_URL');
    const other = await resolve({}, { env: { ...env, BOOSTER_REDIS_URL: '' } });
    expect(other.config.redis.url).toBe('redis://two:7000/3');
    expect(other.origins['redis.url']).toBe('environment REDIS_URL');
  });

  it('of a weaker layer is switched off by none', async () => {
    const { config } = await resolve({}, { env: { REDIS_URL: 'redis://one' }, flags: { 'redis.url': 'none' } });
    expect(config.redis.url).toBe('none');
  });

  it.each(['http://one', 'redis://', 'redis://h/x', 'redis://h:99999', 'redis://h?a=b', 'h:6379', 'redis://%zz:@h'])(
    'is not %s',
    async (url) => {
      expect(await failure({}, { flags: { 'redis.url': url } })).toContain('E_CLI_USAGE --redis: ');
    },
  );

  it.each(['redis://u:secret@h?x', 'u:secret@h', 'redis://u:sec/ret@h', 'redis://u:se cret@h', ':secret@'])(
    'shows no password when it is not understood: %s',
    async (url) => {
      const messages = [
        await failure({}, { flags: { 'redis.url': url } }),
        await failure({}, { env: { REDIS_URL: url } }),
        await failure({ '.boosterrc.json': JSON.stringify({ redis: { url } }) }),
      ];
      for (const message of messages) {
        expect(message).toContain('is not none or redis[s]://');
        expect(message).not.toMatch(/secret|cret|ret@/);
      }
    },
  );
});

describe('a password', () => {
  it('may not stand in a configuration file, and the message does not show it', async () => {
    const message = await failure({ '.boosterrc': 'redis: { password: hunter2 }' });
    expect(message).toContain('redis.password: a value that is not shown is not given in the environment');
    expect(message).not.toContain('hunter2');
  });
});

describe('a path', () => {
  it('is relative to the folder of the file, or to the working directory', async () => {
    const folder = tempFolder({ '.git/HEAD': '', '.boosterrc': 'redis: { ca: ca.pem, key: /k.pem }', 'deep/a': '' });
    const { config } = await resolveConfig({ cwd: join(folder, 'deep'), env: { BOOSTER_REDIS_CERT: 'c.pem' } });
    expect(config.redis.ca).toBe(join(folder, 'ca.pem'));
    expect(config.redis.key).toBe('/k.pem');
    expect(config.redis.cert).toBe(join(folder, 'deep', 'c.pem'));
  });
});

describe('the search for a file', () => {
  it.each([
    ['.boosterrc', 'level: balanced'],
    ['.boosterrc', '{\n\t"level": "balanced"\n}'],
    ['.boosterrc', '\ufeff{ level: balanced } # flow'],
    ['.boosterrc.json', '\ufeff{"level": "balanced"}'],
    ['.boosterrc.yaml', 'level: "balanced"'],
    ['.boosterrc.yml', '# comment\nlevel: balanced'],
    ['package.json', '{"name": "x", "booster": {"level": "balanced"}}'],
  ])('finds %s with %j', async (name, content) => {
    const { config, origins, file } = await resolve({ [name]: content });
    expect(config.level).toBe('balanced');
    expect(origins.level).toBe(name === 'package.json' ? 'file package.json#booster' : `file ${name}`);
    expect(file?.path.endsWith(name)).toBe(true);
  });

  it.each([
    '.boosterrc.js',
    '.boosterrc.cjs',
    '.boosterrc.ts',
    'booster.config.js',
    '.config/config.js',
    '.config/boosterrc.js',
  ])('does not run %s', async (name) => {
    const trap = 'throw new Error("executed")';
    expect((await resolve({ [name]: trap, '.boosterrc': 'threads: 1' })).config).toEqual({ ...defaults, threads: 1 });
  });

  it('takes the first place of the nearest folder', async () => {
    const folder = tempFolder({
      '.git/HEAD': '',
      '.boosterrc': 'threads: 1',
      'a/.boosterrc.json': '{"threads": 2}',
      'a/.boosterrc.yaml': 'threads: 3',
      'a/b/package.json': '{"name": "booster", "dependencies": {"booster": "1"}}',
    });
    expect((await resolveConfig({ cwd: join(folder, 'a/b') })).config.threads).toBe(2);
    expect((await resolveConfig({ cwd: folder })).config.threads).toBe(1);
  });

  it('ends at the root of the git repository', async () => {
    const folder = tempFolder({ '.boosterrc': 'threads: 1', 'repo/.git': 'gitdir: elsewhere', 'repo/a/x': '' });
    expect((await resolveConfig({ cwd: join(folder, 'repo/a') })).config.threads).toBe('auto');
  });

  it('ends at the home folder', async () => {
    const folder = tempFolder({ '.boosterrc': 'threads: 1', 'home/x/y': '' });
    const env = { HOME: join(folder, 'home') };
    expect((await resolveConfig({ cwd: join(folder, 'home/x'), env })).config.threads).toBe('auto');
    writeFileSync(join(folder, 'home/.boosterrc'), 'threads: 2');
    expect((await resolveConfig({ cwd: join(folder, 'home/x'), env })).config.threads).toBe(2);
  });

  it('ends at the outermost package, or stays in the working directory, where there is neither', async () => {
    const folder = tempFolder({
      '.boosterrc': 'threads: 1',
      'a/package.json': '{}',
      'a/.boosterrc': 'threads: 2',
      'a/b/package.json': '{}',
      'a/b/c/x': '',
      'd/x': '',
    });
    expect((await resolveConfig({ cwd: join(folder, 'a/b/c') })).config.threads).toBe(2);
    expect((await resolveConfig({ cwd: join(folder, 'd') })).config.threads).toBe('auto');
  });

  it('takes an empty file as no settings, and does not look further', async () => {
    const folder = tempFolder({
      '.git/HEAD': '',
      '.boosterrc': 'threads: 1',
      'a/.boosterrc': '# nothing yet\n',
      'b/.boosterrc.json': '',
    });
    for (const name of ['a', 'b']) expect((await resolveConfig({ cwd: join(folder, name) })).config).toEqual(defaults);
  });

  it('ignores a broken package.json, which is not ours', async () => {
    expect((await resolve({ 'package.json': '{ "booster": ' })).config).toEqual(defaults);
  });
});

describe('a named file', () => {
  it.each([
    ['conf.json', '{"threads": 5}'],
    ['conf.yaml', 'threads: 5'],
    ['conf.mjs', 'export default { threads: 5 };'],
    ['conf.cjs', 'module.exports = { threads: 5 };'],
    ['conf.js', 'module.exports = { threads: 5 };'],
    ['package.json', '{"booster": {"threads": 5}}'],
  ])('may be %s', async (name, content) => {
    const { config } = await resolve({ [name]: content, '.boosterrc': 'threads: 1' }, { configPath: name });
    expect(config.threads).toBe(5);
  });

  it('that does not exist is an error', async () => {
    expect(await failure({}, { configPath: 'nope.json' })).toBe('E_CONFIG_NOT_FOUND nope.json: does not exist');
    expect(await failure({}, { configPath: 'package.json' })).toBe('E_CONFIG_NOT_FOUND package.json: does not exist');
    expect(await failure({ 'package.json': '{}' }, { configPath: 'package.json' })).toContain('has no key "booster"');
  });

  it('that is a broken package.json is reported with its line', async () => {
    const files = { 'package.json': '{\n  "booster": {},\n}' };
    expect(await failure(files, { configPath: 'package.json' })).toContain('E_CONFIG_INVALID package.json#booster:3: ');
  });

  it('in another format is refused', async () => {
    expect(await failure({ 'conf.toml': '' }, { configPath: 'conf.toml' })).toContain(
      'E_CONFIG_INVALID conf.toml: the extension must be',
    );
  });

  it('that throws is reported, not run into', async () => {
    const files = { 'conf.mjs': 'throw new Error("my fault")' };
    expect(await failure(files, { configPath: 'conf.mjs' })).toBe('E_CONFIG_INVALID conf.mjs: my fault');
  });

  it('that gives no object is refused', async () => {
    expect(await failure({ 'conf.mjs': 'export default () => ({})' }, { configPath: 'conf.mjs' })).toBe(
      'E_CONFIG_INVALID conf.mjs: the configuration must be an object of settings, not a function',
    );
  });
});

describe('the content of a file', () => {
  it.each([
    ['.boosterrc.json', '{\n  "level": "safe",\n  "threads": tru\n}', '.boosterrc.json:3: '],
    ['.boosterrc.json', '{\n  "level": "safe",\n}', '.boosterrc.json:3: '],
    ['.boosterrc.yaml', 'level: safe\n threads: 2', '.boosterrc.yaml:2: bad indentation of a mapping entry'],
    ['.boosterrc', 'level: safe\nlevel: balanced', '.boosterrc:2: duplicated mapping key'],
    ['.boosterrc', '{\n  "level": "safe"\n  "threads": 2\n}', '.boosterrc:3: '],
    ['.boosterrc', '- level', '.boosterrc: the configuration must be an object of settings, not ["level"]'],
    ['.boosterrc.json', '"safe"', '.boosterrc.json: the configuration must be an object of settings, not "safe"'],
    ['.boosterrc', 'levle: safe', '.boosterrc: unknown key "levle"; did you mean "level"?'],
    ['.boosterrc', 'pool: { max: 3, maximun: 3 }', '.boosterrc: unknown key "pool.max"'],
    ['.boosterrc', 'pool: { maximun: 3 }', '.boosterrc: unknown key "pool.maximun"; did you mean "pool.maximum"?'],
    ['.boosterrc', 'pool.maximum: 3', '.boosterrc: unknown key "pool.maximum"; write it nested: pool: { maximum: … }'],
    ['.boosterrc', 'pool: 3', '.boosterrc: pool must be an object of settings, not 3'],
    ['.boosterrc', 'maximum: 3', '.boosterrc: unknown key "maximum"'],
    ['.boosterrc', 'threads: "2"', '.boosterrc: threads: "2" is not auto or an integer from 1 to 64'],
    ['.boosterrc', 'level: [safe]', '.boosterrc: level: ["safe"] is not one of safe, balanced, aggressive'],
    [
      '.boosterrc',
      'rules: { Map: true }',
      '.boosterrc: rules: { Map: true } is not an object of kebab-case names with true or false each',
    ],
    ['.boosterrc', 'rules: { a: 1 }', '.boosterrc: rules: { a: 1 } is not'],
    ['.boosterrc', 'ignore: dist', '.boosterrc: ignore: "dist" is not a list of non-empty texts'],
    ['.boosterrc', 'maxBytes: 1.5', '.boosterrc: maxBytes: 1.5 is not a size'],
    ['.boosterrc.json', '{"__proto__": {"level": "safe"}}', '.boosterrc.json: unknown key "__proto__"'],
    ['.boosterrc', '__proto__: { polluted: yes }', '.boosterrc: unknown key "__proto__"'],
    ['.boosterrc.json', '{"rules": {"__proto__": true}}', '.boosterrc.json: rules: { __proto__: true } is not'],
    ['.boosterrc.json', '{"constructor": 1}', '.boosterrc.json: unknown key "constructor"'],
    ['.boosterrc', '$import: ./evil.js', '.boosterrc: unknown key "$import"'],
    ['.boosterrc', '$schema: 3', '.boosterrc: $schema: 3 is not a text'],
    ['.boosterrc', 'a: !!js/function "function(){}"', '.boosterrc:1: unknown tag'],
    ['package.json', '{"booster": {"levle": 1}}', 'package.json#booster: unknown key "levle"'],
    ['package.json', '{"booster": "safe"}', 'package.json#booster: the configuration must be'],
  ])('%s with %j is refused', async (name, content, message) => {
    expect(await failure({ [name]: content })).toContain(`E_CONFIG_INVALID ${message}`);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may name its schema', async () => {
    expect((await resolve({ '.boosterrc': '$schema: ./schema.json\nthreads: 2' })).config.threads).toBe(2);
  });

  it('survives values that refer to themselves', async () => {
    expect(await failure({ '.boosterrc': 'ignore: &a [*a]' })).toContain('ignore: [a list] is not');
    expect(await failure({ '.boosterrc': 'pool: &a\n  pool: *a' })).toContain('unknown key "pool.pool"');
  });

  it('is not read when it is a folder, a FIFO or too large', async () => {
    const cwd = tempFolder({ '.git/HEAD': '' });
    mkdirSync(join(cwd, '.boosterrc'));
    await expect(resolveConfig({ cwd })).rejects.toThrow('.boosterrc: is not a file');
    const other = tempFolder({ '.git/HEAD': '' });
    spawnSync('mkfifo', [join(other, '.boosterrc')]);
    if (process.platform !== 'win32')
      await expect(resolveConfig({ cwd: other })).rejects.toThrow('.boosterrc: is not a file');
    expect(await failure({ '.boosterrc': `# ${'x'.repeat(1_100_000)}` })).toContain('is larger than 1 MiB');
  });

  it('may be reached over a link; a dangling one counts as absent', async () => {
    const cwd = tempFolder({ '.git/HEAD': '', 'shared.yaml': 'threads: 6' });
    symlinkSync('shared.yaml', join(cwd, '.boosterrc'));
    expect((await resolveConfig({ cwd })).config.threads).toBe(6);
  });
});
