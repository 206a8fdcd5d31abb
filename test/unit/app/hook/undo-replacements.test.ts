import { describe, expect, it } from 'vitest';
import { undoReplacements } from '../../../../src/app/hook/undo-replacements.ts';

describe('the text before an edit', () => {
  it('has back what was replaced, the last replacement first', () => {
    const replacements = [
      { before: 'one', after: 'two!' },
      { before: 'two!', after: 'three' },
    ];
    expect(undoReplacements('a three b', replacements)).toBe('a one b');
    expect(undoReplacements('a three b', replacements.toReversed())).toBe(undefined);
  });

  it('is unknown when the place is gone, is there twice, or was only deleted from', () => {
    expect(undoReplacements('nothing', [{ before: 'a', after: 'x' }])).toBe(undefined);
    expect(undoReplacements('x x', [{ before: 'a', after: 'x' }])).toBe(undefined);
    expect(undoReplacements('x', [{ before: 'a', after: '' }])).toBe(undefined);
  });

  it('is known by the line of a hunk even when its text stands there twice', () => {
    expect(undoReplacements('x\nx\n', [{ before: 'a', after: 'x', line: 2 }])).toBe('x\na\n');
    expect(undoReplacements('x\ny\n', [{ before: 'a', after: 'x', line: 2 }])).toBe(undefined);
  });

  it('has back every place of a replacement made everywhere', () => {
    expect(undoReplacements('$& x $& x', [{ before: '$&', after: 'x', isEverywhere: true }])).toBe('$& $& $& $&');
  });

  it('keeps the line ends of the file when the event has others', () => {
    expect(undoReplacements('a\r\nnew\r\nb\r\n', [{ before: 'a\nold', after: 'a\nnew' }])).toBe('a\r\nold\r\nb\r\n');
  });
});
