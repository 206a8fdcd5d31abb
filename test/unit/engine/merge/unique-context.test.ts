import { describe, expect, it } from 'vitest';
import { uniqueContext } from '../../../../src/engine/merge/unique-context.ts';

const lines = ['function one() {', '  return total;', '}', '', 'function two() {', '  return total;', '}'];
const places = [2, 6].map((line) => ({ startLine: line, endLine: line, text: '  return total;' }));

describe('what would make a place unique', () => {
  it('is the nearest line that the file has once, for each place', () => {
    expect(uniqueContext(lines, places)).toBe(
      'Repeat more of the lines around the change, up to one that stands only once in the file: line 1 (`function one() {`) ' +
        'to mean line 2, line 5 (`function two() {`) to mean line 6.',
    );
  });

  it('is looked for behind a place too', () => {
    const [place] = places;
    expect(uniqueContext(['{', '  return total;', '  finish();', '  return total;'], place ? [place] : [])).toContain(
      'line 3 (`finish();`) to mean line 2',
    );
  });

  it('is left out where every line has a twin', () => {
    expect(uniqueContext(['a();', 'b();', 'a();', 'b();'], places)).toBe(
      'Repeat more of the lines around the change, up to one that stands only once in the file.',
    );
  });
});
