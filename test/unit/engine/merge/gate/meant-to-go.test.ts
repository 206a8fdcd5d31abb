import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merge, merged } from '../anchored/merged.ts';
import { judge } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript', 'typescript', 'go', 'cpp', 'rust');
});

const marker = '// ... existing code ...';

describe('a definition whose text stays', () => {
  it('is not lost because the parser takes it for something else', () => {
    const file = lines(
      'export interface Thenable<Value> {',
      '  then<V>(onFulfilled: (value: Value) => V): Thenable<V>',
      '  catch<V>(onRejected: (error: Error) => V): Thenable<V>',
      '}',
      '',
      'export const last = 1',
    );
    const edit = lines(
      'export type Thenable<Value> = {',
      '  then<V>(onFulfilled: (value: Value) => V): Thenable<V>',
      marker,
    );
    expect(merged(port, { file, edit, language: 'typescript' })).toBe(
      file.replace('interface', 'type').replace('> {', '> = {'),
    );
    expect(merge(port, { file, edit, language: 'typescript' })).toMatchObject({ status: 'applied', deleted: [] });
  });

  it('is lost when a comment that the edit opens swallows it', () => {
    const file = lines('int first() {', '    return 1;', '}', '/* old */', 'int second() {', '    return 2;', '}');
    const edit = lines('/* see below', 'int first() {', marker);
    const result = `/* see below\n${file}`;
    expect(judge(port, { file, edit, result, language: 'cpp' }).failures.map(({ gate }) => gate)).toContain('G5');
  });
});

describe('a definition between two others that the edit has in full', () => {
  const file = lines(
    '#define ERROR_MEM 6 /* out of memory */',
    '#define ERROR_BAD 8 /* failed to parse the given text */',
    '',
    'void report(int code)',
    '{',
    '  exit(code);',
    '}',
    '',
    'int main(void)',
    '{',
    '  if(!parse())',
    '    report(ERROR_BAD);',
    '  return 0;',
    '}',
  );
  const head = [
    '#define ERROR_MEM 6 /* out of memory */',
    '',
    'static void report(int code)',
    '{',
    '  exit(code);',
    '}',
  ];

  it('goes along with all that used it', () => {
    const edit = lines(...head, '', 'int main(void)', '{', '  parse();', '  return 0;', '}');
    expect(merged(port, { file, edit, language: 'cpp' })).toBe(edit);
  });

  it('is not lost where something uses it still', () => {
    expect(merged(port, { file, edit: lines(...head, marker), language: 'cpp' })).not.toContain('static');
  });
});

describe('a class that is shown without one of its methods', () => {
  const method = (name: string, value: string): string => lines(`  ${name}() {`, `    return ${value};`, '  }', '');

  it('loses it where several others are shown as they were', () => {
    const [one, two] = [method('one', '1'), method('two', '2')];
    const file = `class A {\n${one}${method('three', '3')}${two}${method('four', '4')}}\n`;
    const edit = `class A {\n${one}${two}${method('four', '44')}}\n`;
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(edit);
  });
});

describe('many lines that go, with one line that says something before or behind them', () => {
  const gone = Array.from({ length: 9 }, (_, index) => `    check(value, "field${index}");`);
  const above = ['function run(all) {', '  // ----', '  // ====', '  for (const value of all) {'];
  const below = ['    write(value);', '    count(value);', '    log(value);', '  }', '}'];

  it('go where some lines of each side are shown', () => {
    const edit = lines(...above, ...below);
    expect(merged(port, { file: lines(...above, ...gone, ...below), edit, language: 'javascript' })).toBe(edit);
  });

  it('stay where they are all that a block has: a marker may be missing', () => {
    const closed = ['  }', '}', '', 'run(1);'];
    const edit = lines(...above, ...closed);
    const question = { file: lines(...above, ...gone, ...closed), edit, language: 'javascript' } as const;
    expect(merge(port, question)).toMatchObject({ status: 'refused' });
  });
});

describe('tests that come in between two lines which stand next to each other', () => {
  const test = (title: string, value: string): string[] => [
    `  it('${title}', () => {`,
    '    const observer = new Observer(client);',
    `    observer.setOptions({ focus: ${value} });`,
    '    expect(observer.shouldFetch()).toBe(true);',
    '  });',
    '',
  ];
  const begin = ["describe('observer', () => {"];
  const end = ["  it('fetches at last', async () => {", '    await observer.fetch();', '  });', '});'];
  const tail = ['    expect(observer.shouldFetch()).toBe(true);', '  });', ''];
  const file = lines(
    ...begin,
    ...test('is true for true', 'true'),
    ...test('is true for always', '"always"'),
    ...test('is true for any', '"any"'),
    ...end,
  );

  it('never take the place of others with other titles', () => {
    const fresh = [...test('is true for a function', '() => true'), ...test('is true for a constant', 'constant')];
    const edit = lines(marker, ...tail, ...fresh, ...end.slice(0, 2), marker);
    const wanted = file.replace(lines(...end), lines(...fresh, ...end));
    expect([wanted, 'E_APPLY_AMBIGUOUS', 'E_APPLY_LOSSY']).toContain(
      merged(port, { file, edit, language: 'javascript' }),
    );
  });
});

describe('an edit that takes lines out and brings none in', () => {
  it('is not done because the lines beside them stand together once more', () => {
    const option = (name: string, field: string): string[] => [
      `func ${name}() Option {`,
      '\treturn optionFunc(func(v *Viper) {',
      `\t\tv.${field} = true`,
      '\t})',
      '}',
      '',
    ];
    const finder = ['// Finder looks for files.', 'type Finder interface {', '\tFind() error', '}'];
    const file = lines(
      'package viper',
      '',
      ...option('WithFinder', 'finder'),
      ...option('Experimental', 'trial'),
      ...finder,
    );
    const edit = lines(marker, '\t})', '}', '', ...finder.slice(0, 2), marker);
    expect(merged(port, { file, edit, language: 'go' })).toBe('E_APPLY_AMBIGUOUS');
  });

  it('is refused where as many lines hold a longer deletion as the shorter one', () => {
    const block = (name: string): string[] => [`/// fn ${name}() {`, '///     call();', '/// }', '/// ```', '///'];
    const gone = ['/// In general we recommend this to avoid', '/// errors of types.', '///'];
    const next = ['/// # Shared mutable state', '///', '/// State is global.', 'pub struct State;'];
    const file = lines('/// # First', '///', ...block('one'), '/// Some words.', ...block('two'), ...gone, ...next);
    const edit = lines(marker, '/// }', '/// ```', '///', ...next.slice(0, 3), marker);
    expect(merge(port, { file, edit, language: 'rust' })).toMatchObject({ status: 'refused' });
  });

  it('go when they are comments of a function that is sent from its first line to its last', () => {
    const head = ['function sum(all) {', '  let total = 0;', '  for (const one of all) {', '    total += one;', '  }'];
    const why = Array.from({ length: 9 }, (_, index) => `  // reason number ${index} why it is so`);
    const file = lines(
      ...head,
      ...why,
      '  note(total);',
      '  keep(total);',
      '}',
      '',
      'sum([1]);',
      'sum([2]);',
      'sum([3]);',
      'sum([4]);',
    );
    const edit = lines(...head, '  keep(total);', '  return total;', '}');
    const wanted = file.replace(
      lines(...why, '  note(total);', '  keep(total);'),
      lines('  keep(total);', '  return total;'),
    );
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(wanted);
  });
});
