import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { assetPath } from '../../../src/wasm/asset-path.ts';
import { compileWasm } from '../../../src/wasm/compile-wasm.ts';

const root = mkdtempSync(join(tmpdir(), 'booster-assets-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

function place(...path: string[]): string {
  const file = join(root, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  return file;
}

test('sources find every asset of this checkout', () => {
  expect(existsSync(assetPath('parser.wasm32-wasi.wasm'))).toBe(true);
  expect(existsSync(assetPath('tree-sitter-tsx.wasm'))).toBe(true);
});

test('a bundle takes its assets from the folder wasm beside it', () => {
  const file = place('one', 'dist', 'wasm', 'web-tree-sitter.wasm');
  expect(assetPath('web-tree-sitter.wasm', pathToFileURL(join(root, 'one', 'dist', 'cli.cjs')).href)).toBe(file);
});

test('sources prefer the built asset to the vendored one', () => {
  const vendored = place('two', 'vendor', 'oxc-parser', 'parser.wasm32-wasi.wasm');
  const from = pathToFileURL(join(root, 'two', 'src', 'wasm', 'asset-path.ts')).href;
  expect(assetPath('parser.wasm32-wasi.wasm', from)).toBe(vendored);
  const built = place('two', 'dist', 'wasm', 'parser.wasm32-wasi.wasm');
  expect(assetPath('parser.wasm32-wasi.wasm', from)).toBe(built);
});

test('a bundle never falls back to node_modules', () => {
  place('three', 'vendor', 'oxc-parser', 'parser.wasm32-wasi.wasm');
  const from = pathToFileURL(join(root, 'three', 'dist', 'index.js')).href;
  const missing = join(root, 'three', 'dist', 'wasm', 'parser.wasm32-wasi.wasm');
  expect(() => assetPath('parser.wasm32-wasi.wasm', from)).toThrow(
    expect.objectContaining({ code: 'E_WASM_LOAD', data: { path: missing, name: 'parser.wasm32-wasi.wasm' } }),
  );
});

test('a file that is no module is a load error with its path', () => {
  const path = place('four', 'broken.wasm');
  expect(() => compileWasm(path)).toThrow(expect.objectContaining({ code: 'E_WASM_LOAD', data: { path } }));
});
