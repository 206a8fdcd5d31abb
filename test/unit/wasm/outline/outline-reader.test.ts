import { describe, expect, test } from 'vitest';
import type { SourceLanguage } from '../../../../src/engine/merge/source-language.ts';
import { OutlineReader } from '../../../../src/wasm/outline/outline-reader.ts';
import { loadOxc } from '../../../../src/wasm/oxc-parser.ts';
import { completeOutline, findFlaws, outlineOf } from './outlines.ts';

const memoryLimitBytes = 256 * 2 ** 20;
const scripts = loadOxc({ memoryLimitBytes });
const languages: readonly SourceLanguage[] = [
  'javascript',
  'jsx',
  'typescript',
  'tsx',
  'python',
  'go',
  'rust',
  'java',
  'c',
  'cpp',
];

test('a grammar is asked for, prepared, and then there', async () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  expect(reader.memoryBytes).toBe(0);
  expect(reader.outline('def f(): pass\n', 'python')).toBeUndefined();
  expect(reader.isWaiting).toBe(true);
  await reader.prepare();
  expect(reader.isWaiting).toBe(false);
  expect(reader.outline('def f(): pass\n', 'python')?.definitions).toHaveLength(1);
  expect(reader.memoryBytes).toBeGreaterThan(0);
  expect(reader.poisoned).toBe(false);
});

test('a script without errors needs no grammar', () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  expect(reader.outline('let a;', 'jsx')?.definitions).toHaveLength(1);
  expect(reader.isWaiting).toBe(false);
  expect(reader.memoryBytes).toBe(0);
});

test('plain text has no outline and waits for nothing', () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  expect(reader.outline('a', 'text')).toBeUndefined();
  expect(reader.isWaiting).toBe(false);
});

test('the same text again gives the same outline without reading it again', () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  const first = reader.outline('let a;', 'jsx');
  expect(reader.outline('let a;', 'jsx')).toBe(first);
  expect(reader.outline('let b;', 'jsx')?.definitions[0]?.name).toBe('b');
  expect(reader.outline('let a;', 'typescript')).not.toBe(first);
});

test('a snippet with errors that is wanted only without needs no grammar, and its answer serves no other question', async () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  const broken = 'function a() {}\nfunction (';
  expect(reader.outline(broken, 'jsx', 'sound')).toMatchObject({ definitions: [], errors: Int32Array.of(25, 26) });
  expect(reader.isWaiting).toBe(false);
  expect(reader.outline(broken, 'jsx')).toBeUndefined();
  await reader.prepare();
  expect(reader.outline(broken, 'jsx')?.definitions).toHaveLength(1);
  expect(reader.outline('let a;', 'jsx', 'sound')).toBe(reader.outline('let a;', 'jsx'));
});

describe.each(languages)('hostile text called %s', (language) => {
  test.each([
    ['nothing', ''],
    ['a byte order mark', '\ufeff'],
    ['blanks', ' \t\r\n\n'],
    ['NUL', 'a\0b\0\n'],
    ['half of a surrogate pair', 'x = "\ud800";\n'],
    ['other brackets than its own', '}}}])))\n'],
    ['an open string', 'a = "\n'],
    ['an open comment', '/* \n'],
    ['deep nesting', '('.repeat(200) + ')'.repeat(200)],
    ['deep blocks', 'if (a) {\n'.repeat(150)],
    ['one long line', `x = ${'a, '.repeat(50_000)}b;\n`],
    ['prose', 'Dear class, the function of def is to fn. {'],
  ])('gives a sound outline: %s', async (_what, text) => {
    const outline = await outlineOf(text, language);
    expect(findFlaws(text, outline)).toEqual([]);
  });
});

test.each(languages.slice(4))('code of %s may be nested deeply, but not without end', async (language) => {
  const text = '{('.repeat(400);
  expect(findFlaws(text, await outlineOf(text, language))).toEqual([]);
  await expect(outlineOf('{('.repeat(20_000), language)).rejects.toMatchObject({ code: 'E_FILE_TOO_DEEP' });
});

test('a script nested too deeply for the exact parser is refused', () => {
  const reader = new OutlineReader({ scripts: loadOxc({ memoryLimitBytes }), memoryLimitBytes });
  expect(() => reader.outline('['.repeat(100_000), 'jsx')).toThrow(
    expect.objectContaining({ code: 'E_FILE_TOO_DEEP' }),
  );
});

test.each([
  ['python', '# c\rdef f():\r    pass\r'],
  ['go', '// c\rpackage a\rfunc f() {\r}\r'],
  ['rust', '// c\rfn f() {\r}\r'],
  ['java', '// c\rclass f {\r}\r'],
  ['c', '// c\r#define A\rint f() {\r}\r'],
  ['cpp', '// c\rint f() {\r}\r'],
  ['jsx', '// c\rfunction f() {\r}\r'],
] as const)('lines of %s may end with a carriage return alone', async (language, text) => {
  const outline = await outlineOf(text, language);
  expect(outline.definitions.at(-1)?.name).toBe('f');
  expect(outline.errors).toHaveLength(0);
});

test('a text above 2 MB is refused', async () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  const text = ' '.repeat(2 * 2 ** 20 + 1);
  await expect(completeOutline(reader, text, 'python')).rejects.toMatchObject({ code: 'E_FILE_TOO_LARGE' });
  await expect(completeOutline(reader, text, 'jsx')).rejects.toMatchObject({ code: 'E_FILE_TOO_LARGE' });
});

test('a text that a scanner would read once for each token is refused by count, and the reader goes on', async () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  const unclosed = `fn main() {\n${'r#"\n'.repeat(500)}`;
  await expect(completeOutline(reader, unclosed, 'rust')).rejects.toMatchObject({ code: 'E_FILE_TOO_LARGE' });
  const other = await completeOutline(reader, 'fn f() {}\n', 'rust');
  expect(other.definitions).toHaveLength(1);
});

test('memory stays flat over many texts', async () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  const readAll = async (round: number): Promise<void> => {
    for (const language of languages)
      await completeOutline(reader, `class A${String(round)} { };\n`.repeat(200), language);
  };
  await readAll(0);
  const before = reader.memoryBytes;
  for (let round = 1; round < 20; round += 1) await readAll(round);
  expect(reader.memoryBytes).toBe(before);
});
