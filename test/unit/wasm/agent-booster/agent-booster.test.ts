import { expect, test } from 'vitest';
import type { SourceLanguage } from '../../../../src/engine/merge/source-language.ts';
import { loadAgentBooster } from '../../../../src/wasm/agent-booster/agent-booster.ts';
import type { Proposal } from '../../../../src/wasm/agent-booster/agent-booster.ts';

const booster = loadAgentBooster({ memoryLimitBytes: 32 * 2 ** 20 });

function propose(text: string, edit: string, language: SourceLanguage = 'jsx'): Proposal {
  return booster.propose({ text, edit, language });
}

const file = [
  'const rate = 0.2;',
  '',
  'export function addTax(price) {',
  '  const tax = price * rate;',
  '  return price + tax;',
  '}',
  '',
  'export function label(name, count) {',
  "  return name + ' (' + count + ')';",
  '}',
  '',
].join('\n');
const edit = 'export function addTax(price) {\n  const tax = price * rate;\n  return Math.round(price + tax);\n}';
const merged = file.replace('return price + tax', 'return Math.round(price + tax)');

test('a function gives way to the snippet that resembles it, and all else stays byte for byte', () => {
  expect(propose(file, edit)).toEqual({ text: merged });
});

test('blank lines around the snippet are not part of it', () => {
  expect(propose(file, `\n  \n${edit}\n\n`)).toEqual({ text: merged });
});

test.each(['\r\n', '\r'])('the line ends %j of the file are kept, whatever those of the snippet are', (lineEnd) => {
  const inFile = (text: string): string => text.replaceAll('\n', lineEnd);
  for (const own of ['\n', '\r\n', '\r']) {
    expect(propose(inFile(file), edit.replaceAll('\n', own))).toEqual({ text: inFile(merged) });
  }
});

test('a byte order mark is kept, also before a block', () => {
  const lone = file.slice(file.indexOf('export'));
  expect(propose(`\uFEFF${lone}`, edit)).toEqual({ text: `\uFEFF${merged.slice(merged.indexOf('export'))}` });
});

test('a file without a final newline stays without', () => {
  expect(propose(file.trimEnd(), edit)).toEqual({ text: merged.trimEnd() });
});

test('characters of several bytes around the edit survive', () => {
  const text = `// ünï 😀\n${file}// 😀`;
  expect(propose(text, edit)).toEqual({ text: `// ünï 😀\n${merged}// 😀` });
});

test('the indentation of the block is given to the snippet', () => {
  const java = [
    'class Cart {',
    '    private int total;',
    '',
    '    int addItem(int price, int count) {',
    '        int sum = price * count;',
    '        return sum;',
    '    }',
    '}',
    '',
  ].join('\n');
  const method = 'int addItem(int price, int count) {\n    int sum = price * count;\n    return sum + total;\n}';
  expect(propose(java, method, 'java')).toEqual({ text: java.replace('return sum', 'return sum + total') });
});

test('a comment above the block is not doubled when the snippet brings it along', () => {
  const text = file.replace('export function addTax', '/** With tax. */\nexport function addTax');
  expect(propose(text, `/** With tax. */\n${edit}`)).toEqual({
    text: merged.replace('export function addTax', '/** With tax. */\nexport function addTax'),
  });
});

test('the semicolon of a C++ class is not doubled', () => {
  const text = '#include <a.h>\n\nclass Point {\npublic:\n  int x;\n  int y;\n};\n\nint f(int a) {\n  return a;\n}\n';
  const answer = propose(text, 'class Point {\npublic:\n  int x;\n  int y;\n  int z;\n};', 'cpp');
  expect(answer).toEqual({ text: text.replace('int y;', 'int y;\n  int z;') });
});

test('blocks beyond the fiftieth are found', () => {
  const functions = Array.from({ length: 70 }, (_, index) => `function f${index}(a) {\n  return a + ${index};\n}\n`);
  const text = functions.join('\n');
  const changed = 'function f64(a) {\n  return a + 64 + 1;\n}';
  expect(propose(text, changed)).toEqual({ text: text.replace('a + 64;', 'a + 64 + 1;') });
});

/** File and snippet that would make the engine answer with the snippet alone. */
const templates: readonly (readonly [string, string, string])[] = [
  ['JSON.parse', 'const a = JSON.parse(b);\n', 'try {\n  a();\n} catch {\n}'],
  ['function and try', 'function f() {\n  return 1;\n}\n', 'try {\n  f();\n} catch (e) {\n}'],
  ['return and a dot', 'function f(a) {\n  return a.b;\n}\n', 'if (x) {\n  return null;\n}'],
  ['function and a slash', 'function f(a) {\n  return a / 2;\n}\n', 'if (q) {\n  throw new Error("no");\n}'],
  ['typeof', 'function f(a) {\n  return a / 2;\n}\n', 'const t = [typeof q];'],
  ['class', 'class A {\n  b() {}\n}\n', 'private name: string;'],
  ['then', 'a.then(b);\nfunction f() {\n  return 1;\n}\n', 'const g = async () => { await a; };'],
];

test.each(templates)('a template (%s) never replaces the file by the snippet', (_name, text, snippet) => {
  const answer = propose(`${text}const kept = 1;\n`, snippet, 'typescript');
  if ('text' in answer) expect(answer.text).toContain('const kept = 1;');
});

test('a file without any block that the engine sees is refused, not replaced', () => {
  const text = 'const a = 1;\nconst b = 2;\n';
  expect(propose(text, 'const a = 1;\nconst b = 3;')).toEqual({ refusal: 'agent-booster sees no block in the file' });
});

test('a snippet that resembles nothing is refused with what the engine says', () => {
  expect(propose(file, 'const zebra = [[1, 2], [3, 4]];')).toEqual({
    refusal: expect.stringContaining('No suitable merge location found') as string,
  });
});

test.each([
  '// ... existing code ...',
  '# ... same ...',
  '/* … */',
  '{/* ... keep existing code */}',
  '<!-- ... -->',
  '...',
  '  …',
  'x(); // ... rest',
])('a snippet with the marker %s never reaches the engine', (line) => {
  expect(propose(file, `${edit.slice(0, -1)}${line}\n}`)).toEqual({ refusal: 'the snippet leaves code out' });
});

test('a spread is no marker', () => {
  const text = 'function all(a, b) {\n  return [...a];\n}\nfunction none() {\n}\n';
  expect(propose(text, 'function all(a, b) {\n  return [\n    ...a,\n    ...b,\n  ];\n}')).toMatchObject({
    text: expect.stringContaining('    ...b,\n') as string,
  });
});

test.each([
  ['an empty file', '', edit],
  ['a blank file', ' \n\n', edit],
  ['an empty snippet', file, ''],
  ['a blank snippet', file, '\n \n'],
  ['mixed line ends', file.replace('\n', '\r\n'), edit],
  ['half a surrogate pair in the file', `${file}// \uD83D`, edit],
  ['half a surrogate pair in the snippet', file, `${edit} // \uDE00`],
  ['NUL', `${file}// \0`, edit],
  ['the mask itself', file, edit.replace('round', 'ro\uE000und')],
  ['a byte order mark inside', `${file}// \uFEFF`, edit],
  ['brackets that do not balance', `${file}// :)\n`, edit],
])('%s is refused', (_name, text, snippet) => {
  expect(propose(text, snippet)).toEqual({ refusal: expect.any(String) as string });
});

test('text of no language is refused', () => {
  expect(propose(file, edit, 'text')).toEqual({ refusal: 'agent-booster does not know text' });
});

test('every other language reaches the engine', () => {
  const c = '#include <a.h>\n\nint twice(int a) {\n  return a * 2;\n}\n\nint half(int a) {\n  return a / 2;\n}\n';
  const edited = 'int twice(int a) {\n  return a << 1;\n}';
  for (const language of ['c', 'cpp'] as const) {
    expect(propose(c, edited, language)).toEqual({ text: c.replace('a * 2', 'a << 1') });
  }
  for (const language of ['javascript', 'jsx', 'typescript', 'tsx'] as const) {
    expect(propose(file, edit, language)).toEqual({ text: merged });
  }
  const rust = 'use a;\n\nfn twice(a: u8) -> u8 {\n    a * 2\n}\n\nfn half(a: u8) -> u8 {\n    a / 2\n}\n';
  expect(propose(rust, 'fn twice(a: u8) -> u8 {\n    a << 1\n}', 'rust')).toEqual({
    text: rust.replace('a * 2', 'a << 1'),
  });
  const go =
    'package a\n\nfunc Twice(a int) (int) {\n\treturn a * 2\n}\n\nfunc Half(a int) (int) {\n\treturn a / 2\n}\n';
  expect(propose(go, 'func Twice(a int) (int) {\n\treturn a << 1\n}', 'go')).toEqual({
    text: go.replace('a * 2', 'a << 1'),
  });
  const python = 'import a\ndef twice(a):\n    return a * 2\n\nx = 1\n';
  expect(propose(python, 'def twice(a):\n    return a * 3', 'python')).toEqual({
    text: python.replace('a * 2', 'a * 3'),
  });
});

test('the same question gets the same answer, and memory does not grow', () => {
  propose(file, edit);
  const before = booster.memoryBytes;
  for (let round = 0; round < 2_000; round += 1) {
    expect(propose(file, edit)).toEqual({ text: merged });
    expect(propose(file, 'const zebra = [[1, 2], [3, 4]];')).toHaveProperty('refusal');
  }
  expect(booster.memoryBytes).toBe(before);
  expect(booster.poisoned).toBe(false);
});

test('nothing is loaded for a question that is refused beforehand', () => {
  const fresh = loadAgentBooster({ memoryLimitBytes: 32 * 2 ** 20 });
  expect(fresh.propose({ text: 'const a = 1;\n', edit, language: 'jsx' })).toHaveProperty('refusal');
  expect([fresh.memoryBytes, fresh.baseBytes]).toEqual([0, 0]);
  expect(fresh.propose({ text: file, edit, language: 'jsx' })).toHaveProperty('text');
  expect(fresh.baseBytes).toBeGreaterThan(2 ** 20);
  expect(fresh.memoryBytes).toBeGreaterThanOrEqual(fresh.baseBytes);
});
