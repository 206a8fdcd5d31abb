import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runNode } from '../../scripts/run-node.mjs';

const root = join(import.meta.dirname, '..', '..');
let checkout: string;

const sources = {
  'src/cli/main.ts': `
    export async function main(): Promise<number> {
      const { lazy } = await import('./lazy.ts');
      const { sep } = await import('node:path');
      return lazy + sep.length;
    }
    export const where: string = import.meta.url;
    export const loaded = (): boolean => 'lazyIsLoaded' in globalThis;`,
  'src/cli/lazy.ts': `Object.assign(globalThis, { lazyIsLoaded: true });\nexport const lazy = 41;`,
  'src/pool/worker-entry.ts': `export const entry = 'worker';`,
  'src/app/flush-records.ts': `export const entry = 'flush';`,
  'src/generators/index.ts': `export const entry = 'generators';`,
  'src/generators/type-schema/index.ts': `export const entry = 'type-schema';`,
  'src/index.ts': `export { half } from './engine/half.ts';\nexport type { Half } from './engine/half.ts';`,
  'src/engine/half.ts': `export type Half = number;\nexport function half(n: number): Half { return n / 2; }`,
  'vendor/oxc-parser/parser.wasm': '',
  'vendor/recheck/recheck.cjs': '',
  'vendor/recheck/LICENSE': 'MIT',
  'assembly/tree-table.wasm': '',
};

interface Cli {
  readonly main: () => Promise<number>;
  readonly where: string;
  readonly loaded: () => boolean;
}

function build(...args: string[]): ReturnType<typeof runNode> {
  return runNode([join(checkout, 'scripts', 'build.mjs'), ...args], checkout);
}

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'booster-build-'));
  for (const [path, text] of Object.entries(sources)) {
    await mkdir(join(checkout, path, '..'), { recursive: true });
    await writeFile(join(checkout, path), text);
  }
  for (const name of ['bin', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
    await cp(join(root, name), join(checkout, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
});

afterEach(async () => {
  await rm(checkout, { recursive: true, force: true });
});

test('a build has the bundles, the types, the WebAssembly files and the licences, and leaves nothing else', async () => {
  expect((await build()).exitCode).toBe(0);
  expect((await readdir(join(checkout, 'dist'))).sort()).toEqual([
    'THIRD-PARTY-LICENSES.txt',
    'cli.cjs',
    'flush.cjs',
    'generators.cjs',
    'index.js',
    'recheck.cjs',
    'type-schema.cjs',
    'types',
    'wasm',
    'worker.cjs',
  ]);
  expect((await readdir(join(checkout, 'dist', 'wasm'))).sort()).toEqual([
    'agent_booster_wasm_bg.wasm',
    'parser.wasm',
    'tree-sitter-c.wasm',
    'tree-sitter-cpp.wasm',
    'tree-sitter-go.wasm',
    'tree-sitter-java.wasm',
    'tree-sitter-javascript.wasm',
    'tree-sitter-python.wasm',
    'tree-sitter-rust.wasm',
    'tree-sitter-tsx.wasm',
    'tree-sitter-typescript.wasm',
    'tree-table.wasm',
    'web-tree-sitter.wasm',
  ]);
  const licenses = await readFile(join(checkout, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  expect(licenses).toContain('web-tree-sitter 0.27');
  expect((await readdir(checkout)).filter((name) => name.startsWith('.dist'))).toEqual([]);
});

test('the command line is one CommonJS file of chunks that knows its place and loads dynamic imports when they are reached', async () => {
  await build();
  const file = join(checkout, 'dist', 'cli.cjs');
  const cli = createRequire(import.meta.url)(file) as Cli;
  expect(cli.where).toBe(pathToFileURL(file).href);
  expect(cli.loaded()).toBe(false);
  expect(await cli.main()).toBe(42);
  expect(cli.loaded()).toBe(true);
});

test('texts outside ASCII mean the same in the command line as in its sources', async () => {
  const text = "export const main = (): string => '\u2026';\nexport const dots = /^[\u2026\u{1f600}]$/u;";
  await writeFile(join(checkout, 'src/cli/main.ts'), text);
  await build();
  const file = join(checkout, 'dist', 'cli.cjs');
  expect(await readFile(file, 'latin1')).toMatch(/^[\0-\x7f]*$/);
  const cli = createRequire(import.meta.url)(file) as { readonly main: () => string; readonly dots: RegExp };
  expect([cli.main(), cli.dots.test('\u2026'), cli.dots.test('\u{1f600}')]).toEqual(['\u2026', true, true]);
});

test('the first line of the command line is a hash of the rest', async () => {
  await build();
  const first = (await readFile(join(checkout, 'dist', 'cli.cjs'), 'latin1')).split('\n')[0];
  expect(first).toMatch(/^\/\/[0-9a-f]{32}$/);
  await writeFile(join(checkout, 'src/cli/lazy.ts'), 'export const lazy = 40;');
  await build();
  const second = (await readFile(join(checkout, 'dist', 'cli.cjs'), 'latin1')).split('\n')[0];
  expect(second).not.toBe(first);
});

test('the library is an ES module with types', async () => {
  await build();
  const library = (await import(pathToFileURL(join(checkout, 'dist', 'index.js')).href)) as {
    half: (n: number) => number;
  };
  expect(library.half(4)).toBe(2);
  expect(await readFile(join(checkout, 'dist', 'types', 'index.d.ts'), 'utf8')).toContain('half');
  expect(await readdir(join(checkout, 'dist', 'types'))).toEqual(['engine', 'index.d.ts']);
});

test('a missing entry is named, and the dist of the last build stays', async () => {
  await build();
  await rm(join(checkout, 'src/cli/main.ts'));
  const { exitCode, output } = await build();
  expect(output).toBe('build: entry file src/cli/main.ts is missing; dist is left as it was\n');
  expect(exitCode).toBe(1);
  expect(await readdir(join(checkout, 'dist'))).toContain('cli.cjs');
});

test('a source that does not compile fails the build, and the dist of the last build stays', async () => {
  await build();
  await writeFile(join(checkout, 'src/cli/lazy.ts'), 'export const = 1;');
  const { exitCode, output } = await build();
  expect(output).toContain('src/cli/lazy.ts:1');
  expect(exitCode).toBe(1);
  expect(await readdir(join(checkout, 'dist'))).toContain('cli.cjs');
  expect((await readdir(checkout)).filter((name) => name.startsWith('.dist'))).toEqual([]);
});

test('--if-stale builds only when a source is newer than dist', async () => {
  expect((await build('--if-stale')).output).toContain('build: dist in');
  const { mtimeMs } = await stat(join(checkout, 'dist', 'cli.cjs'));
  expect((await build('--if-stale')).output).toBe('build: dist is up to date\n');
  await writeFile(
    join(checkout, 'src/engine/half.ts'),
    'export type Half = number;\nexport const half = (n: number): Half => n;',
  );
  expect((await build('--if-stale')).output).toContain('build: dist in');
  expect((await stat(join(checkout, 'dist', 'cli.cjs'))).mtimeMs).toBeGreaterThan(mtimeMs);
});
