import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const env = { ...process.env, npm_config_update_notifier: 'false' };
let consumer: string;
let installed: string;

/** Packs the checkout and installs it, without a network, into a project that has nothing else. */
beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), 'booster-package-'));
  installed = join(consumer, 'node_modules', 'code-booster');
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', consumer], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  await writeFile(join(consumer, 'package.json'), '{ "type": "module", "private": true }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${filename}`], { cwd: consumer, env });
});

afterAll(async () => {
  await rm(consumer, { recursive: true, force: true });
});

function run(...args: string[]): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } {
  const bin = join(consumer, 'node_modules', '.bin', 'booster');
  return spawnSync(bin, args, {
    cwd: consumer,
    encoding: 'utf8',
    env: { ...env, XDG_CACHE_HOME: join(consumer, 'cache') },
  });
}

test('the package installs nothing but itself', async () => {
  const names = await readdir(join(consumer, 'node_modules'));
  expect(names.filter((name) => !name.startsWith('.'))).toEqual(['code-booster']);
});

test('the package holds only what it needs to run', async () => {
  expect((await readdir(installed)).sort()).toEqual([
    '.claude',
    'LICENSE',
    'README.md',
    'action.yml',
    'bin',
    'dist',
    'package.json',
    'schema.json',
  ]);
});

test('the installed command prints its version', async () => {
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  expect(run('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test('the installed command optimizes a file and leaves a file without findings alone', async () => {
  await mkdir(join(consumer, 'lib'));
  await writeFile(join(consumer, 'lib', 'plain.ts'), 'export const one: number = 1;\n');
  const { status, stderr } = run('optimize', 'lib', '--write');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(await readFile(join(consumer, 'lib', 'plain.ts'), 'utf8')).toBe('export const one: number = 1;\n');
});

test('the library is imported by its name and exports something', () => {
  const script = "import('code-booster').then((library) => console.log(Object.keys(library).length > 0))";
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: consumer,
    encoding: 'utf8',
  });
  expect(output).toBe('true\n');
});

test('the types of the library satisfy a strict consumer', async () => {
  await writeFile(
    join(consumer, 'use.ts'),
    "import * as library from 'code-booster';\nexport const names: string[] = Object.keys(library);\n" +
      'export const registry = new library.BoosterAgentRegistry({ process });\n',
  );
  const args = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--exactOptionalPropertyTypes'];
  const types = ['--typeRoots', join(root, 'node_modules', '@types'), '--types', 'node'];
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...args, ...types, 'use.ts'], {
    cwd: consumer,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test('neither package nor lock file name a registry', async () => {
  for (const name of ['package.json', 'package-lock.json']) {
    expect(await readFile(join(root, name), 'utf8')).not.toMatch(/registry|"resolved"/i);
  }
});
