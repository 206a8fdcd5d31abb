import { describe, expect, it } from 'vitest';
import { countPassing, newFailures, outcomesOf, readLines, readTap } from '../../scripts/corpus-outcomes.mjs';

const run = (...lines: string[]) => outcomesOf(readTap(lines.join('\n')));

describe('outcomes of the tests of packages', () => {
  it('are read from nested lines of TAP, without times and without what was skipped', () => {
    expect([...run('# Subtest: a', '    ok 1 - b # time=3ms', 'not ok 2 - a', 'ok 3 c', 'ok 4 - d # SKIP')]).toEqual([
      ['b', true],
      ['a', false],
      ['c', true],
    ]);
  });

  it('are read from coloured lines', () => {
    const mark = /^- (?<name>\S+): (?<mark>OK|FAIL)/;
    expect(readLines('- css: \u001B[32mOK\u001B[39m\nother\n- mixins: FAIL', mark, 'OK')).toEqual([
      { name: 'css', passed: true },
      { name: 'mixins', passed: false },
    ]);
  });

  it('count a test as a new failure when it passed each time before and fails, or is missing, each time after', () => {
    const before = [run('ok 1 a', 'ok 2 b', 'ok 3 c', 'ok 4 a'), run('ok 1 a', 'not ok 2 b', 'ok 3 c', 'ok 4 a')];
    expect(countPassing(before)).toBe(3);
    expect(newFailures(before, [run('ok 1 a', 'not ok 2 b', 'not ok 3 c')])).toEqual(['c', 'a #2']);
    expect(newFailures(before, [run('ok 1 a'), run('ok 3 c', 'ok 1 a', 'ok 1 a')])).toEqual([]);
  });
});
