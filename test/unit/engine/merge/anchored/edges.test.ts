import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merge, merged } from './merged.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript');
});

const marker = '// ... existing code ...';

describe('whole definitions that stand in the file as they were sent', () => {
  const file = lines('const x = 1;', 'function one(a) {', '  return a + x;', '}', '', 'const last = one(x);');

  it('are there already, also close to an edge of the file', () => {
    const edit = lines('function one(a) {', '  return a - x;', '}');
    const once = merged(port, { file, edit, language: 'javascript' });
    expect(once).toBe(file.replace('a + x', 'a - x'));
    expect(merge(port, { file: once, edit, language: 'javascript' })).toMatchObject({ status: 'unchanged' });
  });

  it('tell nothing of code behind them that has nothing to do with them', () => {
    const own = lines('function one(a) {', '  return a + 1;', '}');
    const others = lines('function two() {', '  return 2;', '}', '', 'function three() {', '  return 3;', '}', '');
    const again = (last: string) =>
      merge(port, { file: others + own + lines('', last), edit: own, language: 'javascript' });
    expect(again('start();')).toMatchObject({ code: 'E_APPLY_EDGE' });
    expect(again('start(one);')).toMatchObject({ status: 'unchanged' });
  });

  it('are no word on what is beyond them when other lines come along', () => {
    const edit = lines('const x = 1;', 'function one(a) {', '  return a + x;', '}');
    expect(merge(port, { file, edit, language: 'javascript' })).toMatchObject({ code: 'E_APPLY_EDGE' });
  });
});

describe('a comment at the end of an edit without markers', () => {
  const file = lines(
    ...['function one(a) {', '  const b = a * 2;', '  return b;', '}', ''],
    ...['/** Doubles. */', 'function two(c) {', '  return 2 * c;', '}'],
  );
  const edit = lines('function one(a) {', '  const b = a * 3;', '  return b;', '}', '', '/** Doubles. */');

  it('keeps the definition that it belongs to', () => {
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(file.replace('a * 2', 'a * 3'));
  });

  it('tells nothing of code that is set apart from it', () => {
    const apart = file.replace('/** Doubles. */\n', '/** Doubles. */\n\n');
    expect(merge(port, { file: apart, edit, language: 'javascript' })).toMatchObject({ code: 'E_APPLY_EDGE' });
  });
});

describe('new code behind lines that stand in several places', () => {
  const check = (name: string): string[] => [
    `test('${name}', () => {`,
    '  expect(run()).toBe(`',
    '    yes',
    '  `);',
    '});',
    '',
  ];
  const file = lines(...check('one'), ...check('two'), ...check('three'), ...check('four')).trimEnd() + '\n';
  const added = ["test('five', () => {", '  expect(run(5)).toBeDefined();', '});'];

  it('comes at the end of the file when there is a marker before it and none behind it', () => {
    const edit = lines(marker, '  `);', '});', '', ...added);
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(file + lines('', ...added));
  });

  it('has no place when a marker stands behind it too', () => {
    const edit = lines(marker, '  `);', '});', '', ...added, marker);
    expect(merge(port, { file, edit, language: 'javascript' })).toMatchObject({ status: 'refused' });
  });

  it('has no place when the edit has no marker at all', () => {
    const edit = lines('  `);', '});', '', ...added);
    expect(merge(port, { file, edit, language: 'javascript' })).toMatchObject({ status: 'refused' });
  });

  it('has no place when it comes in before lines that say something', () => {
    const repeated = lines(
      'import os',
      '',
      'def one(value):',
      ...Array.from({ length: 3 }, () => '    reset(value)'),
      '    save(value)',
      '    reset(value)',
    );
    const edit = lines(
      '    # ... existing code ...',
      '    reset(value)',
      '    reset(value)',
      '    save(value)',
      '    reset(value)',
    );
    const result = merged(port, { file: repeated, edit });
    expect([repeated, 'E_APPLY_AMBIGUOUS']).toContain(result);
  });

  it('is refused with all places that fit', () => {
    const file = lines('a: 1', 'retries: 3', 'z: 1', 'b: 2', 'retries: 3', 'z: 1', 'c: 3', 'retries: 3', 'z: 1');
    const edit = lines('# ... existing code ...', 'retries: 3', 'limit: 5', 'z: 1', '# ... existing code ...');
    const refusal = merge(port, { file, edit });
    expect(refusal).toMatchObject({ code: 'E_APPLY_AMBIGUOUS' });
    expect('candidates' in refusal && refusal.candidates.map(({ startLine }) => startLine)).toEqual([2, 5, 8]);
  });
});
