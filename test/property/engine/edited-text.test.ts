import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, areDisjoint, type Edit, EditedText, sortEdits, trimEdit } from '../../../src/engine/edit.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '😀', 'é'), maxLength: 30 });

/** Sorted, disjoint edits of a text of this length. */
function editsOf(length: number): fc.Arbitrary<Edit[]> {
  const edit = fc.record({ from: fc.nat(length), to: fc.nat(length), text });
  return fc.array(edit, { maxLength: 5 }).map((edits) => {
    const sorted = sortEdits(
      edits.map(({ from, to, text: inserted }) => ({
        start: Math.min(from, to),
        end: Math.max(from, to),
        text: inserted,
      })),
    );
    const kept: Edit[] = [];
    for (const one of sorted) if (areDisjoint([...kept, one])) kept.push(one);
    return kept;
  });
}

describe('EditedText', () => {
  it('gives one edit set that does what all rounds did', () => {
    const rounds = text.chain((original) =>
      editsOf(original.length).chain((first) =>
        editsOf(applyEdits(original, first).length).map((second) => ({ original, first, second })),
      ),
    );
    fc.assert(
      fc.property(rounds, ({ original, first, second }) => {
        const edited = new EditedText(original);
        edited.apply(first);
        edited.apply(second);
        const expected = applyEdits(applyEdits(original, first), second);
        const edits = edited.edits();
        expect(edited.text).toBe(expected);
        expect(areDisjoint(edits)).toBe(true);
        expect(applyEdits(original, edits)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('maps places of untouched text back to where they came from', () => {
    const edited = new EditedText('one two three');
    edited.apply([{ start: 4, end: 7, text: 'zweiundzwanzig' }]);
    expect(edited.originalOffset(edited.text.indexOf('three'))).toBe(8);
    expect(edited.originalOffset(1)).toBe(1);
    expect(edited.originalOffset(6)).toBe(4);
  });

  it('trims edits without changing what they do and without splitting a character', () => {
    fc.assert(
      fc.property(text, text, text, text, (head, old, inserted, tail) => {
        const original = head + old + tail;
        const edit = { start: head.length, end: head.length + old.length, text: inserted };
        const trimmed = trimEdit(original, edit);
        expect(applyEdits(original, [trimmed])).toBe(applyEdits(original, [edit]));
        expect(/^[\udc00-\udfff]/.test(trimmed.text) || /[\ud800-\udbff]$/.test(trimmed.text)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
