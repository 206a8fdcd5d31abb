import { describe, expect, test } from 'vitest';
import { Flag } from '../../../src/engine/syntax-tree.ts';
import type { SyntaxTree } from '../../../src/engine/syntax-tree.ts';
import { cookText } from '../../../src/wasm/convert-literals.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';
import { loadTreeSitter } from '../../../src/wasm/tree-sitter-reader.ts';
import { readCorpus } from './corpus.ts';
import { describeKind, describeRow, findBrokenLinks, kindOf } from './tree-text.ts';

const memoryLimitBytes = 256 * 2 ** 20;
const reader = await loadTreeSitter({ memoryLimitBytes });
const oxc = loadOxc({ memoryLimitBytes });

/** What rules look at most; kinds and spans must be those of oxc. */
const comparedKinds: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'BigIntLiteral',
  'BinaryExpression',
  'BlockStatement',
  'BooleanLiteral',
  'CallExpression',
  'ChainExpression',
  'ConditionalExpression',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'FunctionExpression',
  'Hole',
  'IfStatement',
  'LogicalExpression',
  'MemberExpression',
  'NewExpression',
  'NullLiteral',
  'NumericLiteral',
  'ObjectExpression',
  'Property',
  'RegExpLiteral',
  'SpreadElement',
  'StringLiteral',
  'TemplateElement',
  'TemplateLiteral',
  'UnaryExpression',
  'UpdateExpression',
  'VariableDeclaration',
  'VariableDeclarator',
  'WhileStatement',
  'YieldExpression',
]);

/** Rows of the compared kinds that exist at run time, with spans, values, flags and fields. */
function comparedRows(tree: SyntaxTree): string[] {
  const rows: string[] = [];
  for (let row = 0; row < tree.count; row += 1) {
    if (!comparedKinds.has(kindOf(tree, row)) || ((tree.flags[row] ?? 0) & Flag.typeOnly) !== 0) continue;
    rows.push(
      `${String(tree.start[row])}-${String(tree.end[row])} ${tree.names.name(tree.field[row] ?? 0)}: ${describeRow(tree, row)}`,
    );
  }
  return rows;
}

test('a table of valid JavaScript equals that of oxc in all that rules look at', () => {
  const files = readCorpus('three/src');
  expect(files.length).toBeGreaterThan(100);
  for (const { path, text, language } of files) {
    const tree = reader.parse(text, language);
    expect(tree.problems, path).toEqual([]);
    expect(findBrokenLinks(tree), path).toEqual([]);
    expect(comparedRows(tree), path).toEqual(comparedRows(oxc.parse(text, language)));
  }
});

/**
 * Known defects of tree-sitter-typescript 0.23.2, by the text that it misreads: a `!` or `satisfies` swallows the operator
 * before it (`+a - b!.c()` becomes `(+a - b!).c()`). A reason more to report only.
 */
const misreadTypeScript = /[\w)\]]!(?!=)|satisfies|enum |declare |as const|<[^>]+>\(/;
const widelyComparedKinds = /^\S+ \S+ (Call|Member|ArrowFunction|ForOf|String|Numeric|Boolean|Null|RegExp)/;

test('a table of valid TypeScript equals that of oxc where the grammar is right', () => {
  let compared = 0;
  for (const { path, text, language } of [...readCorpus('rxjs/src'), ...readCorpus('zod/src')]) {
    const tree = reader.parse(text, language);
    expect(findBrokenLinks(tree), path).toEqual([]);
    if (tree.problems.length > 0 || misreadTypeScript.test(text)) continue;
    const relevant = (rows: string[]): string[] => rows.filter((row) => widelyComparedKinds.test(row));
    expect(relevant(comparedRows(tree)), path).toEqual(relevant(comparedRows(oxc.parse(text, language))));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(100);
});

describe('a broken file', () => {
  test('still shows the functions before the error', () => {
    const tree = reader.parse(
      'function a() { return xs.map(f); }\nconst b = () => 1;\nfunction c() { return ys.filter(',
      'jsx',
    );
    expect(tree.source).toBe('tree-sitter');
    expect(tree.problems.length).toBeGreaterThan(0);
    expect(describeKind(tree, 'FunctionDeclaration')[0]).toBe(
      'FunctionDeclaration "function a() { return xs.map(f); }"',
    );
    expect(describeKind(tree, 'CallExpression')).toEqual(['CallExpression "xs.map(f)"']);
  });

  test.each(
    readCorpus('three/src')
      .slice(0, 40)
      .map((file) => [file.path, file] as const),
  )('cut in the middle keeps a sound table and guesses no calls: %s', (_path, { text, language }) => {
    const cut = text.slice(0, Math.floor(text.length * 0.6));
    const tree = reader.parse(cut, language);
    expect(findBrokenLinks(tree)).toEqual([]);
    const whole = new Set(describeKind(oxc.parse(text, language), 'CallExpression'));
    expect(describeKind(tree, 'CallExpression').filter((call) => !whole.has(call))).toEqual([]);
  });

  test('has a childless Error for the whole statement around an error', () => {
    const tree = reader.parse('f();\nfor (const a of b) { if ( { g() } }\nh();', 'jsx');
    expect(describeKind(tree, 'ForOfStatement')).toEqual([]);
    expect(describeKind(tree, 'Error').length).toBeGreaterThan(0);
    expect(describeKind(tree, 'CallExpression')[0]).toBe('CallExpression "f()"');
    const errors = Array.from({ length: tree.count }, (_, row) => row).filter((row) => kindOf(tree, row) === 'Error');
    expect(errors.every((row) => tree.first[row] === -1)).toBe(true);
  });

  test('is read around an error inside one method', () => {
    const tree = reader.parse(
      'class A {\n  a() { return x.map(f); }\n  b() { return ( ; }\n  c() { return y.map(g); }\n}',
      'jsx',
    );
    expect(describeKind(tree, 'CallExpression')).toEqual(['CallExpression "x.map(f)"', 'CallExpression "y.map(g)"']);
    expect(describeKind(tree, 'MethodDefinition').map((row) => row.slice(0, 24))).toContain('MethodDefinition "a() { ');
  });

  test('has its problems at UTF-16 offsets', () => {
    const text = '"😀😀";\nlet = = 1;';
    const [problem] = reader.parse(text, 'jsx').problems;
    expect(problem?.offset).toBeGreaterThanOrEqual(text.indexOf('let'));
  });

  test('of nothing but brackets, however many, is an Error', () => {
    const tree = reader.parse('['.repeat(20_000), 'jsx');
    expect(findBrokenLinks(tree)).toEqual([]);
    expect(describeKind(tree, 'ArrayExpression')).toEqual([]);
  });
});

test('comments are listed and are no nodes', () => {
  const text = '/* a */ f(/* b */ x); // c\n';
  const tree = reader.parse(text, 'jsx');
  expect(tree.comments.map(({ start, end, block }) => [text.slice(start, end), block])).toEqual([
    ['/* a */', true],
    ['/* b */', true],
    ['// c', false],
  ]);
  expect(describeKind(tree, 'CallExpression')).toEqual(['CallExpression "f(/* b */ x)"']);
});

test('nodes that the conversion does not know keep their name behind ts:', () => {
  const tree = reader.parse('namespace A { f() }', 'typescript');
  expect(Array.from({ length: tree.count }, (_, row) => kindOf(tree, row)).some((kind) => kind.startsWith('ts:'))).toBe(
    true,
  );
});

test('JSX and TSX are read', () => {
  expect(describeKind(reader.parse('<A b={f(x)} {...c}>{g(y)}</A>', 'jsx'), 'CallExpression')).toEqual([
    'CallExpression "f(x)"',
    'CallExpression "g(y)"',
  ]);
  expect(describeKind(reader.parse('const a = <A<B> c={f<D>(x)} />;', 'tsx'), 'CallExpression')).toEqual([
    'CallExpression "f<D>(x)"',
  ]);
});

test.each([
  [String.raw`a\n\x41\u0042\u{1F600}\0\q`, 'a\nAB😀\0q'],
  ['a\\\r\nb', 'ab'],
  [String.raw`\u{110000}`, null],
  [String.raw`\u12`, null],
  [String.raw`\xg`, null],
])('escapes mean what the language says: %j', (raw, cooked) => {
  expect(cookText(raw)).toBe(cooked);
});

test('a text above 2 MB is refused', () => {
  expect(() => reader.parse(' '.repeat(2 * 2 ** 20 + 1), 'jsx')).toThrow(
    expect.objectContaining({ code: 'E_FILE_TOO_LARGE' }),
  );
});

test('memory stays flat over many files', () => {
  const files = readCorpus('rxjs/src').slice(0, 60);
  const readAll = (): void => {
    for (const file of files) reader.parse(file.text, file.language);
  };
  readAll();
  const before = reader.memoryBytes;
  for (let round = 0; round < 5; round += 1) readAll();
  expect(reader.memoryBytes).toBe(before);
});
