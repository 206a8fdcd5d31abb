import { describe, expect, it } from 'vitest';
import { lines, merge, merged, noParser } from './merged.ts';

const recipe = lines(
  'name: bread',
  'steps:',
  '  - mix the flour and the water',
  '  - wait for one hour',
  '  - bake at 220 degrees',
  'serves: 4',
  'notes:',
  '  - keep it dry',
  '  - wait for one hour',
  'author: someone',
);

describe('a part of an edit without a parser', () => {
  it('takes the place that both of its ends tell', () => {
    const edit = lines(
      '# ... existing code ...',
      '  - mix the flour and the water',
      '  - wait for two hours',
      '  - bake at 220 degrees',
      '# ... existing code ...',
    );
    expect(merged(noParser, { file: recipe, edit })).toBe(
      recipe.replace('  - wait for one hour\n  - bake', '  - wait for two hours\n  - bake'),
    );
  });

  it('takes out what stood between two lines that now are neighbours', () => {
    const edit = lines(
      '# ... existing code ...',
      '  - mix the flour and the water',
      '  - bake at 220 degrees',
      '# ... existing code ...',
    );
    expect(merged(noParser, { file: recipe, edit })).toBe(
      recipe.replace('  - wait for one hour\n  - bake', '  - bake'),
    );
  });

  it('puts new lines in between lines that stay', () => {
    const edit = lines('# ... existing code ...', 'serves: 4', 'time: 2 h', 'notes:', '# ... existing code ...');
    expect(merged(noParser, { file: recipe, edit })).toBe(recipe.replace('serves: 4\n', 'serves: 4\ntime: 2 h\n'));
  });

  it('follows the order of the parts where a line stands twice', () => {
    const edit = lines(
      '# ... existing code ...',
      'notes:',
      '  - keep it dry',
      '  - wait for two hours',
      'author: someone',
    );
    expect(merged(noParser, { file: recipe, edit })).toBe(
      recipe.replace('  - keep it dry\n  - wait for one hour', '  - keep it dry\n  - wait for two hours'),
    );
  });

  it('is refused with both places when it fits two alike', () => {
    const file = lines(
      'alpha:',
      '  - one',
      '  - two',
      'beta: 1',
      '',
      'gamma: 2',
      'alpha:',
      '  - one',
      '  - two',
      'delta: 3',
    );
    const edit = lines('# ... existing code ...', '  - one', '  - new', '  - two', '# ... existing code ...');
    const result = merge(noParser, { file, edit });
    expect(result).toMatchObject({ status: 'refused', code: 'E_APPLY_AMBIGUOUS', form: 'lazy' });
  });

  it('is refused when none of its lines stands in the file, with the line most like it', () => {
    const edit = lines('# ... existing code ...', '  - mix the flour and some water', '# ... existing code ...');
    const result = merge(noParser, { file: recipe, edit });
    expect(result).toMatchObject({
      status: 'refused',
      code: 'E_APPLY_NOT_FOUND',
      editLine: 2,
      difference: { line: 3, found: '  - mix the flour and the water', expected: '  - mix the flour and some water' },
    });
  });

  it('is refused when the parts stand in another order', () => {
    const edit = lines(
      '# ... existing code ...',
      'notes:',
      '  - keep it cool',
      '# ... existing code ...',
      'name: bread',
      'size: 1 kg',
      'steps:',
      '# ... existing code ...',
    );
    expect(merge(noParser, { file: recipe, edit }).status).toBe('refused');
  });

  it('takes its indentation from the lines that stay when it has lost it', () => {
    const file = lines('a {', '    b {', '        first = 1', '        second = 2', '        third = 3', '    }', '}');
    const edit = lines('# ... existing code ...', 'first = 1', 'second = 20', 'third = 3', '# ... existing code ...');
    expect(merged(noParser, { file, edit })).toBe(file.replace('second = 2\n', 'second = 20\n'));
  });

  it('gives lines that changed their level the level of the edit', () => {
    const file = lines('open', 'first task here', 'second task here', 'close it');
    const edit = lines(
      '# ... existing code ...',
      'open',
      'when ready',
      '  first task here',
      '  second task here',
      'close it',
    );
    expect(merged(noParser, { file, edit })).toBe(
      lines('open', 'when ready', '  first task here', '  second task here', 'close it'),
    );
  });
});

describe('what stays', () => {
  it('keeps its bytes: white space at the end of a line, blank lines beside a marker, a missing final newline', () => {
    const file = 'alpha one  \n\n\n\nbeta two\ngamma three\t\ndelta four';
    const edit = lines(
      '# ... existing code ...',
      '',
      'beta two',
      'new line',
      'gamma three',
      '',
      '# ... existing code ...',
    );
    expect(merged(noParser, { file, edit })).toBe('alpha one  \n\n\n\nbeta two\nnew line\ngamma three\t\ndelta four');
  });

  it('keeps CRLF, and new lines get it too', () => {
    const file = 'alpha one\r\nbeta two\r\ngamma three\r\n';
    const edit = 'alpha one\nnew line\nbeta two\n# ... existing code ...\n';
    expect(merged(noParser, { file, edit })).toBe('alpha one\r\nnew line\r\nbeta two\r\ngamma three\r\n');
  });
});

describe('an edge of the edit without a marker', () => {
  const file = lines('first: 1', 'second: 2', 'third: 3', 'fourth: 4', 'fifth: 5');

  it('may be the edge of the file', () => {
    const edit = lines('first: 1', 'second: 20', 'third: 3', '# ... existing code ...');
    expect(merged(noParser, { file, edit })).toBe(file.replace('second: 2', 'second: 20'));
  });

  it('is refused just behind the beginning of the file: these lines may be meant to go', () => {
    const edit = lines('second: 2', 'third: 30', 'fourth: 4', '# ... existing code ...');
    expect(merge(noParser, { file, edit })).toMatchObject({ code: 'E_APPLY_EDGE', candidates: [{ startLine: 1 }] });
  });

  it('is refused just before the end of the file', () => {
    const edit = lines('# ... existing code ...', 'second: 2', 'third: 30', 'fourth: 4');
    expect(merge(noParser, { file, edit })).toMatchObject({ code: 'E_APPLY_EDGE', candidates: [{ startLine: 5 }] });
  });
});

describe('a second run', () => {
  it('changes nothing', () => {
    const edit = lines('# ... existing code ...', 'serves: 4', 'time: 2 h', 'notes:', '# ... existing code ...');
    const once = merged(noParser, { file: recipe, edit });
    expect(merge(noParser, { file: once, edit })).toMatchObject({ status: 'unchanged', edits: [] });
  });
});

describe('work is bounded', () => {
  it('by comparisons that are counted: a long edit of lines that are all alike is refused, not waited for', () => {
    const file = lines(...Array.from({ length: 30_000 }, (_, index) => `entry ${String(index % 7)}`));
    const edit = lines(
      '# ... existing code ...',
      ...Array.from({ length: 10_000 }, (_, index) => `entry ${String(index % 7)}`),
      'new',
    );
    expect(merge(noParser, { file, edit })).toMatchObject({ status: 'refused', code: 'E_APPLY_BUDGET' });
  });

  it('and a short edit of a long file is merged', () => {
    const all = Array.from({ length: 30_000 }, (_, index) => `entry ${String(index)}`);
    const edit = lines(
      '# ... existing code ...',
      'entry 14999',
      'entry 15000 changed',
      'entry 15001',
      '# ... existing code ...',
    );
    expect(merged(noParser, { file: lines(...all), edit })).toBe(lines(...all.with(15_000, 'entry 15000 changed')));
  });

  it('a line of a megabyte is only a line', () => {
    const long = 'x'.repeat(1_000_000);
    const file = lines('first: 1', long, 'last: 2');
    const edit = lines('first: 10', long, 'last: 2');
    expect(merged(noParser, { file, edit })).toBe(lines('first: 10', long, 'last: 2'));
  });
});

describe('a key of YAML or CSS at the open end of a part', () => {
  const marker = '# ... existing code ...';

  it('takes the place of its old form, which no mapping has twice', () => {
    const file = lines(
      'jobs:',
      '  build:',
      '    runs-on: old',
      '    steps: []',
      '  test:',
      '    runs-on: older',
      '    steps: [a]',
    );
    const edit = lines(marker, '  test:', '    runs-on: newest', marker);
    expect(merged(noParser, { file, edit })).toBe(file.replace('older', 'newest'));
  });

  it('is refused beside another key that is alike', () => {
    const file = lines('jobs:', '  build:', '    run-in: old', '    steps: []');
    const edit = lines(marker, '  build:', '    run-on: old', marker);
    expect(merged(noParser, { file, edit })).toMatch(/^E_APPLY_/);
  });
});

describe('a part of which both ends stand twice', () => {
  const marker = '# ... existing code ...';

  it('goes where the lines between them stand', () => {
    const block = (name: string, more: readonly string[]): string[] => [
      `def ${name}(self):`,
      '    self.open()',
      ...more,
      '    self.close()',
      '',
    ];
    const file = lines(
      ...block('first', ['    self.read(1)']),
      ...block('second', ['    self.write(2)', '    self.flush()']),
      'last = 1',
    );
    const edit = lines(
      marker,
      '    self.open()',
      '    self.write(2)',
      '    self.sync()',
      '    self.flush()',
      '    self.close()',
      marker,
    );
    expect(merged(noParser, { file, edit })).toBe(file.replace('    self.flush', '    self.sync()\n    self.flush'));
  });
});
