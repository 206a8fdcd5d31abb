import { describe, expect, test } from 'vitest';
import type { Language } from '../../../src/engine/language.ts';
import type { SyntaxTree } from '../../../src/engine/syntax-tree.ts';
import { loadOxc, maximumParseBytes } from '../../../src/wasm/oxc-parser.ts';
import { describeKind, describeRow, findBrokenLinks, kindOf, rowsOfKind } from './tree-text.ts';

const parser = loadOxc({ memoryLimitBytes: 256 * 2 ** 20 });
const parse = (text: string, language: Language = 'jsx'): SyntaxTree => {
  const tree = parser.parse(text, language);
  expect(tree.problems).toEqual([]);
  expect(findBrokenLinks(tree)).toEqual([]);
  return tree;
};
const fieldOf = (tree: SyntaxTree, row: number): string => tree.names.name(tree.field[row] ?? 0);

describe('rows', () => {
  test('stand in pre-order, with the whole text as root', () => {
    const tree = parse(' f(a, 1); ');
    expect(Array.from({ length: tree.count }, (_, row) => `${fieldOf(tree, row)}: ${describeRow(tree, row)}`)).toEqual([
      ': Program " f(a, 1); " ="script"',
      'body: ExpressionStatement "f(a, 1);"',
      'expression: CallExpression "f(a, 1)"',
      'callee: Identifier "f" ="f"',
      'arguments: Identifier "a" ="a"',
      'arguments: NumericLiteral "1" ="1"',
    ]);
  });

  test('split literals by type and keep what they mean', () => {
    const tree = parse(String.raw`['a\n', 0x1F, true, false, null, /a+/g, 10n, 1e999, "\uD800"]`);
    const rows = Array.from({ length: tree.count }, (_, row) => row).filter((row) =>
      kindOf(tree, row).endsWith('Literal'),
    );
    expect(rows.map((row) => [kindOf(tree, row), tree.strings[tree.value[row] ?? -1]])).toEqual([
      ['StringLiteral', 'a\n'],
      ['NumericLiteral', '0x1F'],
      ['BooleanLiteral', 'true'],
      ['BooleanLiteral', 'false'],
      ['NullLiteral', 'null'],
      ['RegExpLiteral', '/a+/g'],
      ['BigIntLiteral', '10n'],
      ['NumericLiteral', '1e999'],
      ['StringLiteral', '\uD800'],
    ]);
  });

  test('have a zero-width hole for every elision', () => {
    const tree = parse('[, a, , b, ]');
    const array = rowsOfKind(tree, 'ArrayExpression')[0] ?? -1;
    const children: string[] = [];
    for (let row = tree.first[array] ?? -1; row >= 0; row = tree.next[row] ?? -1) children.push(describeRow(tree, row));
    expect(children).toEqual(['Hole ""', 'Identifier "a" ="a"', 'Hole ""', 'Identifier "b" ="b"']);
  });

  test.each([
    [
      'a.b[c]?.d',
      'MemberExpression',
      ['MemberExpression "a.b[c]?.d" +optional', 'MemberExpression "a.b[c]" +computed', 'MemberExpression "a.b"'],
    ],
    [
      'a => b; async () => {}',
      'ArrowFunctionExpression',
      ['ArrowFunctionExpression "a => b" +expression', 'ArrowFunctionExpression "async () => {}" +async'],
    ],
    ['function* f() { yield* g }', 'YieldExpression', ['YieldExpression "yield* g" +delegate']],
    [
      '++a; a--; typeof a',
      'UpdateExpression',
      ['UpdateExpression "++a" ="++" +prefix', 'UpdateExpression "a--" ="--"'],
    ],
    [
      'async () => { for await (const x of y); }',
      'ForOfStatement',
      ['ForOfStatement "for await (const x of y);" +await'],
    ],
    ['a ??= b && c + d', 'AssignmentExpression', ['AssignmentExpression "a ??= b && c + d" ="??="']],
    ['a ??= b && c + d', 'LogicalExpression', ['LogicalExpression "b && c + d" ="&&"']],
    [
      '({ a, b() {}, get c() { return 1 } })',
      'Property',
      [
        'Property "a" ="init" +shorthand',
        'Property "b() {}" ="init" +method',
        'Property "get c() { return 1 }" ="get"',
      ],
    ],
    ['class A { static #p = 1; constructor() {} }', 'PrivateIdentifier', ['PrivateIdentifier "#p" ="p"']],
    [
      '"use strict"; f()',
      'ExpressionStatement',
      ['ExpressionStatement "\\"use strict\\";" ="use strict"', 'ExpressionStatement "f()"'],
    ],
    ['import a from "b"', 'Program', ['Program "import a from \\"b\\"" ="module"']],
  ])('carry flags and values: %s, %s', (text, kind, expected) => {
    expect(describeKind(parse(text), kind)).toEqual(expected);
  });

  test('give a shorthand property both key and value', () => {
    const tree = parse('({ a })');
    expect(rowsOfKind(tree, 'Identifier').map((row) => fieldOf(tree, row))).toEqual(['key', 'value']);
  });

  test.each(['jsx', 'typescript'] as const)(
    'put template elements between their expressions, without delimiters: %s',
    (language) => {
      const tree = parse('tag`a\\n${x}${y}\\u`', language);
      const template = rowsOfKind(tree, 'TemplateLiteral')[0] ?? -1;
      const children: string[] = [];
      for (let row = tree.first[template] ?? -1; row >= 0; row = tree.next[row] ?? -1)
        children.push(describeRow(tree, row));
      expect(children).toEqual([
        'TemplateElement "a\\\\n" ="a\\n"',
        'Identifier "x" ="x"',
        'TemplateElement "" =""',
        'Identifier "y" ="y"',
        'TemplateElement "\\\\u" +tail',
      ]);
    },
  );

  test('hold an annotated name with its annotation inside, marked as type', () => {
    const tree = parse('const xs: readonly number[] = [];', 'typescript');
    expect(describeKind(tree, 'Identifier')).toEqual(['Identifier "xs: readonly number[]" ="xs"']);
    expect(describeKind(tree, 'TSTypeOperator')).toEqual(['TSTypeOperator "readonly number[]" ="readonly" +typeOnly']);
  });

  test.each([
    ['import type { A } from "a"', 'ImportDeclaration'],
    ['import { type A } from "a"', 'ImportSpecifier'],
    ['type A = B', 'TSTypeAliasDeclaration'],
    ['type A = B', 'Identifier'],
    ['export type { A }', 'ExportSpecifier'],
  ])('mark what only the type checker sees: %s, %s', (text, kind) => {
    expect(describeKind(parse(text, 'typescript'), kind).every((row) => row.endsWith('+typeOnly'))).toBe(true);
  });

  test('do not mark casts as types', () => {
    expect(describeKind(parse('a as B; c!; d satisfies E', 'typescript'), 'TSAsExpression')).toEqual([
      'TSAsExpression "a as B"',
    ]);
  });

  test('widen a declaration over decorators that stand before `export`', () => {
    expect(describeKind(parse('@a export class B {}', 'typescript'), 'ClassDeclaration')).toEqual([
      'ClassDeclaration "@a export class B {}"',
    ]);
  });

  test('stay apart from the tree parsed before', () => {
    const first = parse('a');
    parse('b + c + d');
    expect(describeRow(first, 2)).toBe('Identifier "a" ="a"');
  });
});

describe('offsets', () => {
  test.each(['"😀é"; ', '/* 😀\u2028 */', '\r\n\r\n', '"\uFEFF";', '`\u2028${1}`;', '"\0";', ''])(
    'count UTF-16 units behind %j',
    (prefix) => {
      const tree = parse(`${prefix}call(found)`);
      expect(describeKind(tree, 'CallExpression')).toEqual(['CallExpression "call(found)"']);
    },
  );

  test('of a syntax error count UTF-16 units', () => {
    const text = '"😀😀"; let = ;';
    expect(parser.parse(text, 'jsx').problems[0]?.offset).toBe(text.indexOf('= ;') + 2);
  });

  test('of comments include their delimiters and leave the hashbang out', () => {
    const text = '#!/usr/bin/env node\n/* 😀 */ a // b\n';
    const tree = parse(text);
    expect(tree.comments.map(({ start, end, block }) => [text.slice(start, end), block])).toEqual([
      ['/* 😀 */', true],
      ['// b', false],
    ]);
    expect(describeKind(tree, 'Hashbang')).toEqual(['Hashbang "#!/usr/bin/env node"']);
  });
});

describe('texts', () => {
  test.each([
    'with (a) b',
    'var await = 1',
    '<!-- html\na',
    'return 1',
    'new.target',
    'await a',
    'for await (const a of b);',
    'import a from "b"; await a',
    '010',
    '',
  ])('of modules, sloppy scripts and CommonJS are all accepted: %s', (text) => void parse(text));

  test.each([
    ['a +', 'jsx'],
    ['let x: number', 'jsx'],
    ['<div/>', 'typescript'],
    ['// @flow\ntype A = {| a: 1 |}', 'jsx'],
    ['return await a', 'jsx'],
  ] as const)('with a syntax error give the root alone: %s', (text, language) => {
    const tree = parser.parse(text, language);
    expect(tree.problems.length).toBeGreaterThan(0);
    expect(tree.count).toBe(1);
    expect(describeRow(tree, 0)).toContain('Program');
  });

  test('are checked for scope errors only on demand', () => {
    expect(parser.parse('let a; let a', 'jsx').problems).toEqual([]);
    expect(parser.parse('let a; let a', 'jsx', { semantic: true }).problems).toHaveLength(1);
  });

  test('with half a surrogate pair are refused', () => {
    expect(() => parser.parse('"a\uD800"', 'jsx')).toThrow(
      expect.objectContaining({ code: 'E_FILE_NOT_TEXT', data: { offset: 2 } }),
    );
  });

  test('above 2 MB are refused, counted in bytes', () => {
    expect(parser.parse(' '.repeat(maximumParseBytes), 'jsx').count).toBe(1);
    expect(() => parser.parse('/*' + 'é'.repeat(maximumParseBytes / 2) + '*/', 'jsx')).toThrow(
      expect.objectContaining({ code: 'E_FILE_TOO_LARGE' }),
    );
    expect(parser.poisoned).toBe(false);
  });
});
