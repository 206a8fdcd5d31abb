import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merge, merged } from './merged.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript', 'typescript', 'python', 'go', 'java', 'c', 'cpp');
});

const shop = lines(
  "import { round } from './round.js';",
  "import { log } from './log.js';",
  '',
  'const rate = 0.2;',
  '',
  '/** Sum of all prices. */',
  'export function total(items) {',
  '  let sum = 0;',
  '  for (const item of items) sum += item.price;',
  '  return round(sum);',
  '}',
  '',
  'export function count(items) {',
  '  return items.length;',
  '}',
  '',
  'export class Cart {',
  '  constructor() {',
  '    this.items = [];',
  '  }',
  '',
  '  add(item) {',
  '    this.items.push(item);',
  '  }',
  '}',
);

describe('a whole definition without a marker', () => {
  it('takes the place of the one with its name, and the comment above it stays', () => {
    const edit = lines(
      'export function total(items) {',
      '  return round(items.reduce((sum, item) => sum + item.price, 0));',
      '}',
    );
    const result = merged(port, { file: shop, edit, language: 'javascript' });
    expect(result).toContain('/** Sum of all prices. */\nexport function total(items) {\n  return round(items.reduce');
    expect(result).not.toContain('let sum = 0');
    expect(result).toContain('export function count');
  });

  it('takes the place of its comment when it has one', () => {
    const edit = lines('/** The number of items. */', 'export function count(items) {', '  return items.length;', '}');
    expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(
      shop.replace('export function count', '/** The number of items. */\nexport function count'),
    );
  });

  it('is found in its class when a method is sent without it, at any indentation', () => {
    const method = ['add(item) {', '  if (!item) return;', '  this.items.push(item);', '}'];
    const wanted = shop.replace('    this.items.push', '    if (!item) return;\n    this.items.push');
    for (const indent of ['', '  ', '    ']) {
      const edit = lines(...method.map((line) => indent + line));
      expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(wanted);
    }
  });

  it('is one of several, and what stands between them in the file stays', () => {
    const edit = lines(
      'export function total(items) {',
      '  return 0;',
      '}',
      '',
      'export class Cart {',
      '  constructor() {',
      '    this.items = [];',
      '  }',
      '',
      '  add(item) {',
      '    return item;',
      '  }',
      '}',
    );
    const result = merged(port, { file: shop, edit, language: 'javascript' });
    expect(result).toContain('export function count(items) {');
  });

  it('that is new comes behind the last one of the file', () => {
    const edit = lines('export function last(items) {', '  return items.at(-1);', '}');
    expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(`${shop}\n${edit}`);
  });

  it('that is new comes behind the one that stands before it in the edit', () => {
    const edit = lines(
      'export function count(items) {',
      '  return items.length;',
      '}',
      '',
      'export function isEmpty(items) {',
      '  return items.length === 0;',
      '}',
    );
    expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(
      shop.replace(
        '  return items.length;\n}\n',
        '  return items.length;\n}\n\nexport function isEmpty(items) {\n  return items.length === 0;\n}\n',
      ),
    );
  });

  it('is refused when two classes have it', () => {
    const file = lines(
      'class A {',
      '  run() {',
      '    return 1;',
      '  }',
      '}',
      '',
      'class B {',
      '  run() {',
      '    return 2;',
      '  }',
      '}',
    );
    const edit = lines('  run() {', '    return 3;', '  }');
    const result = merge(port, { file, edit, language: 'javascript' });
    expect(result).toMatchObject({ status: 'refused' });
  });

  it('of a language with receivers is another one when the receiver is', () => {
    const file = lines(
      'package p',
      '',
      'type A struct{}',
      '',
      'type B struct{}',
      '',
      'func (a *A) Len() int {',
      '\treturn 1',
      '}',
    );
    const edit = lines('func (b *B) Len() int {', '\treturn 2', '}');
    expect(merged(port, { file, edit, language: 'go' })).toBe(`${file}\n${edit}`);
  });

  it('of one overload leaves the others as they are', () => {
    const file = lines(
      'class Text {',
      '    String pad(String s) {',
      '        return s;',
      '    }',
      '',
      '    String pad(String s, int width) {',
      '        return s + width;',
      '    }',
      '}',
    );
    const edit = lines('    String pad(String s, int width) {', '        return width + s;', '    }');
    expect(merged(port, { file, edit, language: 'java' })).toBe(file.replace('return s + width', 'return width + s'));
  });
});

describe('a definition with markers', () => {
  it('gets a new method at its end', () => {
    const edit = lines(
      'export class Cart {',
      '  // ... existing code ...',
      '',
      '  clear() {',
      '    this.items = [];',
      '  }',
      '}',
    );
    expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(
      shop.replace(/\}\n$/, '\n  clear() {\n    this.items = [];\n  }\n}\n'),
    );
  });

  it('has one of its methods changed by name', () => {
    const edit = lines(
      'export class Cart {',
      '  // ... existing code ...',
      '  add(item) {',
      '    this.items.unshift(item);',
      '  }',
      '}',
    );
    expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(
      shop.replace('.push(item)', '.unshift(item)'),
    );
  });

  it('has a line changed at its end when the line says what it takes the place of', () => {
    const edit = lines(
      'export function total(items) {',
      '  // ... existing code ...',
      '  return round(sum * (1 + rate));',
      '}',
    );
    expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(
      shop.replace('return round(sum);', 'return round(sum * (1 + rate));'),
    );
  });

  it('in Python ends where its body does', () => {
    const file = lines(
      'class Bank:',
      '    def open(self):',
      '        return 1',
      '',
      '',
      'def main():',
      '    return Bank()',
    );
    const edit = lines('class Bank:', '    # ... existing code ...', '', '    def close(self):', '        return 0');
    expect(merged(port, { file, edit, language: 'python' })).toBe(
      lines(
        'class Bank:',
        '    def open(self):',
        '        return 1',
        '',
        '    def close(self):',
        '        return 0',
        '',
        '',
        'def main():',
        '    return Bank()',
      ),
    );
  });
});

describe('imports', () => {
  it('come behind their like', () => {
    expect(merged(port, { file: shop, edit: "import { tax } from './tax.js';\n", language: 'javascript' })).toBe(
      shop.replace("'./log.js';\n", "'./log.js';\nimport { tax } from './tax.js';\n"),
    );
  });

  it('that bring in more take the place of those that bring in less', () => {
    const edit = "import { round, floor } from './round.js';\n";
    expect(merged(port, { file: shop, edit, language: 'javascript' })).toBe(
      shop.replace('{ round }', '{ round, floor }'),
    );
  });

  it('that bring in something else from the same module are put beside them', () => {
    const edit = "import { ceil } from './round.js';\n";
    const result = merged(port, { file: shop, edit, language: 'javascript' });
    expect(result).toContain("import { round } from './round.js';");
    expect(result).toContain("import { ceil } from './round.js';");
  });

  it('of Go go into the group', () => {
    const file = lines(
      'package p',
      '',
      'import (',
      '\t"errors"',
      '\t"sort"',
      ')',
      '',
      'var E = errors.New("e")',
      '',
      'var S = sort.Ints',
    );
    expect(merged(port, { file, edit: 'import "fmt"\n', language: 'go' })).toBe(
      file.replace('\t"sort"', '\t"fmt"\n\t"sort"'),
    );
  });

  it('of several lines may begin alike when they are of other modules', () => {
    const file = lines(
      'import {',
      '  one,',
      '  two,',
      '} from "a";',
      '',
      'run(one, two);',
      'stop();',
      'rest();',
      'end(1);',
    );
    const edit = lines(
      '// ... existing code ...',
      '  two,',
      '} from "a";',
      'import {',
      '  six,',
      '} from "b";',
      '',
      'run(one, two);',
      '// ... existing code ...',
    );
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(
      file.replace('} from "a";\n', '} from "a";\nimport {\n  six,\n} from "b";\n'),
    );
  });

  it('that are there already change nothing', () => {
    expect(
      merge(port, { file: shop, edit: "import { log } from './log.js';\n", language: 'javascript' }),
    ).toMatchObject({
      status: 'unchanged',
    });
  });
});

describe('code that is a copy of its neighbour, changed', () => {
  const file = lines(
    "test('adds one', () => {",
    '  const cart = new Cart();',
    '  cart.add(1);',
    '  expect(cart.size).toBe(1);',
    '});',
    '',
    "test('is empty at first', () => {",
    '  expect(new Cart().size).toBe(0);',
    '});',
  );

  it('is put beside it and does not take its place', () => {
    const copy = lines(
      "test('adds two', () => {",
      '  const cart = new Cart();',
      '  cart.add(1);',
      '  cart.add(2);',
      '  expect(cart.size).toBe(2);',
      '});',
    );
    const edit = `// ... existing code ...\n  expect(cart.size).toBe(1);\n});\n\n${copy}\ntest('is empty at first', () => {\n// ... existing code ...\n`;
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(
      file.replace("\ntest('is empty", `\n${copy}\ntest('is empty`),
    );
  });
});

describe('an edit that reads like the whole file', () => {
  it('keeps the blank lines at the end of the file', () => {
    const file = lines('function a() {', '  return 1;', '}', '', 'function b() {', '  return 2;', '}', '', '');
    const edit = file.replace('return 2', 'return 4');
    const results = [edit, edit.trimEnd(), `${edit}\n`].map((sent) =>
      merged(port, { file, edit: sent, language: 'javascript' }),
    );
    expect(results).toEqual([edit, edit, edit]);
  });

  it('takes no definition out that it does not have', () => {
    const file = lines(
      'export function read(text) {',
      '  try {',
      '    return JSON.parse(text);',
      '  } catch {',
      '    return undefined;',
      '  }',
      '}',
      '',
      'export function write(value) {',
      '  return JSON.stringify(value);',
      '}',
    );
    const edit = file.slice(0, file.indexOf('export function write'));
    expect(merge(port, { file, edit, language: 'javascript' }).status).not.toBe('applied');
  });
});

describe('an open end', () => {
  it('takes no code that closes what the lines around it opened', () => {
    const edit = lines(
      '// ... existing code ...',
      'export function count(items) {',
      '  return 0;',
      '}',
      '',
      '/**',
      '// ... existing code ...',
    );
    const result = merge(port, { file: shop, edit, language: 'javascript' });
    expect(result.status).toBe('refused');
  });
});

describe('a directive that says what goes', () => {
  it('takes the definition out, with its comment and the blank line behind it', () => {
    const result = merged(port, { file: shop, edit: '// remove total\n', language: 'javascript' });
    expect(result).toBe(shop.replace(/\/\*\* Sum[^]*?\n\}\n\n/, ''));
  });

  it('stands beside changes', () => {
    const edit = lines('// ... existing code ...', '// remove count', '// ... existing code ...', 'const rate = 0.3;');
    const result = merge(port, { file: shop, edit, language: 'javascript' });
    expect(result.status === 'refused' || result.deleted.includes('count')).toBe(true);
  });

  it('is refused when the file has no such definition', () => {
    expect(merge(port, { file: shop, edit: '// remove nothing\n', language: 'javascript' })).toMatchObject({
      status: 'refused',
      code: 'E_APPLY_NOT_FOUND',
    });
  });
});
