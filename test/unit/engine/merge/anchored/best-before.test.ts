import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BestBefore } from '../../../../../src/engine/merge/anchored/best-before.ts';

const rows = fc.array(
  fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: -3, max: 3 })), {
    selector: ([column]) => column,
    maxLength: 8,
  }),
  { maxLength: 6 },
);

test('the best value before a column is the one that looking at all of them finds', () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const best = new BestBefore();
      const all: { column: number; value: number; tag: number; row: number }[] = [];
      for (const [row, values] of drawn.entries()) {
        const sorted = values
          .toSorted(([one], [other]) => one - other)
          .map(([column, value]) => ({ column, value, tag: 100 * row + column, row }));
        best.add({
          columns: sorted.map(({ column }) => column),
          values: sorted.map(({ value }) => value),
          tags: sorted.map(({ tag }) => tag),
        });
        all.push(...sorted);
        best.rewind();
        const found: unknown[] = [];
        const expected: unknown[] = [];
        for (let column = 0; column <= 21; column += 1) {
          best.moveTo(column);
          const [wanted] = all
            .filter((one) => one.column < column)
            .sort((one, other) => other.value - one.value || one.row - other.row || other.column - one.column);
          found.push(best.value, best.tag);
          expected.push(wanted?.value ?? -Infinity, wanted?.tag ?? 0);
        }
        expect(found).toEqual(expected);
      }
    }),
    { numRuns: 100 },
  );
});
