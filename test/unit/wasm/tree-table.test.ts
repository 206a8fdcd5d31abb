import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Language } from '../../../src/engine/language.ts';
import type { SyntaxTree } from '../../../src/engine/syntax-tree.ts';
import { NapiHost } from '../../../src/wasm/napi-host.ts';
import { compileOxc } from '../../../src/wasm/compile-oxc.ts';
import { loadOxc, OxcParser } from '../../../src/wasm/oxc-parser.ts';
import { createMemory } from '../../../src/wasm/wasm-memory.ts';
import { readCorpus } from './corpus.ts';

const limit = 512 * 2 ** 20;
const module = compileOxc();
const parser = loadOxc({ module, memoryLimitBytes: limit });
/** Without room for tables: through strings and objects. */
const slowParser = new OxcParser(new NapiHost(module, createMemory(980, limit, true), limit));

/** The table as text: to compare the columns one number after the other takes the assertion library a minute. */
function textOf({ names, ...tree }: SyntaxTree): string {
  expect(names).toBeDefined();
  const asText = (value: unknown): unknown =>
    ArrayBuffer.isView(value) ? Buffer.from(value.buffer).toString('hex') : value;
  return JSON.stringify(tree, (_, value: unknown) => asText(value));
}

function expectSameTable(text: string, language: Language, path = text): void {
  expect(textOf(parser.parse(text, language)), path).toBe(textOf(slowParser.parse(text, language)));
}

test.each(['rxjs/src', 'zod/src', '@tanstack/table-core/src'])(
  'makes the same tables as the way through objects: %s',
  (folder) => {
    const files = readCorpus(folder);
    expect(files.length).toBeGreaterThan(10);
    for (const { text, language, path } of files) expectSameTable(text, language, path);
  },
);

test.each([
  ['an empty text', 'javascript', ''],
  ['a hashbang', 'javascript', '#!/usr/bin/env node\n"use strict"; f()'],
  ['holes before, between and behind', 'javascript', '[,,a,,b,,]; [,] = [, ...c, ,]'],
  ['holes alone', 'javascript', '  [ , , ]; var [,,,] = x'],
  ['every kind of literal', 'javascript', '[1, 0x1f, 1e400, .5, "a", \'b\', `c`, /d/g, 1n, null, true, false, "null"]'],
  ['escapes and lone surrogates', 'javascript', '["\\ud800", "\\u{1f600}", "\\"\\\\\\n", "\u2028", `\\u0041`, "é😀"]'],
  ['a text that looks like JSON', 'javascript', '["{\\"type\\":\\"X\\"}", "]},", "\\\\"]'],
  ['templates in templates', 'javascript', '`a${b}${`c${d}e`}f${g}`; h`\\u${i}`'],
  ['templates in TypeScript', 'typescript', 'type A = `a${B}c${`d${E}`}`; f`\\u${g}x`'],
  [
    'decorators outside of their class',
    'typescript',
    '@a @b() export default class C { @d e; constructor(@f public g?: h) {} }',
  ],
  [
    'names of properties as values',
    'javascript',
    '({ type: "type", start: 1, end: "end", value: null, node: [{ type: 2 }] })',
  ],
  [
    'types only',
    'typescript',
    'import type { A } from "a"; export type * from "b"; import { type C, d } from "c" with { type: "json" }',
  ],
  [
    'mapped types',
    'typescript',
    'type A = { +readonly [K in B]-?: C }; type D = { -readonly [K in B as E]+?: F }; type G = { readonly [K in B]?: H }',
  ],
  ['JSX', 'tsx', 'const a = <A b="c" {...d} e={<>{/* f */}text &amp; {g}</>} h:i />'],
  [
    'a declaration file',
    'dts',
    'declare namespace A { function f(this: B, ...c: D[]): asserts c is E; const x: unique symbol }',
  ],
] as const)('makes the same table as the way through objects: %s', (_, language, text) => {
  expectSameTable(text, language);
});

test('makes the same table of long lists, in and out of order', () => {
  const parts = Array.from({ length: 3000 }, (_, index) => `v${String(index % 700)}`);
  expectSameTable(`x = [${parts.join(',,')}]`, 'javascript', 'list');
  expectSameTable(`x = \`${parts.map((part) => `a\${${part}}`).join('')}\``, 'javascript', 'template');
});

test('makes the same table of code nested more deeply than a stack would bear', () => {
  expectSameTable(`x = ${'[{a:'.repeat(900)}1${'}]'.repeat(900)}`, 'javascript', 'nested');
});

test('a tree that does not fit into its room takes the way through objects', () => {
  // an eighth of it is 2 MiB: some 20,000 rows
  const small = loadOxc({ module, memoryLimitBytes: 16 * 2 ** 20 });
  const text = 'f(1);\n'.repeat(8000);
  expect(textOf(small.parse(text, 'javascript'))).toBe(textOf(slowParser.parse(text, 'javascript')));
  expect(textOf(small.parse('a', 'javascript'))).toBe(textOf(slowParser.parse('a', 'javascript')));
  expect(small.memoryBytes).toBeLessThanOrEqual(16 * 2 ** 20);
});

test('what the tables use counts as memory of the parser', () => {
  const fresh = loadOxc({ module, memoryLimitBytes: limit });
  fresh.parse('a', 'javascript');
  const before = fresh.memoryBytes;
  fresh.parse('f(1);\n'.repeat(3000), 'javascript');
  const wasm = slowParser.memoryBytes;
  expect(fresh.memoryBytes).toBeGreaterThan(before + 12_000 * 34);
  expect(wasm).toBeGreaterThan(0);
});

test('the committed module is the one that was compiled of the committed source', () => {
  const folder = new URL('../../../assembly/', import.meta.url);
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  for (const name of ['tree-table.ts', 'tree-table.wasm']) {
    const checksum = createHash('sha256')
      .update(readFileSync(new URL(name, folder)))
      .digest('hex');
    expect(readme, name).toContain(`| sha256 of ${name} | \`${checksum}\` |`);
  }
});
