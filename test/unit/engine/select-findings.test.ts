import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundFinding } from '../../../src/engine/find-findings.ts';
import { selectFindings } from '../../../src/engine/select-findings.ts';

function found(
  ruleId: string,
  edits: readonly (readonly [number, number])[],
  reliedOffsets: readonly number[] = [],
): FoundFinding {
  const [start, end] = [Math.min(...edits.map(([from]) => from)), Math.max(...edits.map(([, to]) => to))];
  const finding = {
    ruleId,
    start,
    end,
    message: '',
    tier: 'safe',
    evidence: [],
    complexity: { before: 'O(n²)', after: 'O(n)' },
  } as const;
  return {
    node: 0,
    finding: { ...finding, edits: edits.map(([from, to]) => ({ start: from, end: to, text: '' })) },
    reliedOffsets,
  };
}

function chosen(list: readonly FoundFinding[]): string[] {
  return selectFindings(list).map(({ finding }) => finding.ruleId);
}

const anyFindings = fc
  .array(
    fc.record({
      edits: fc.array(fc.tuple(fc.nat(60), fc.nat(5)), { minLength: 1, maxLength: 3 }),
      relied: fc.array(fc.nat(65), { maxLength: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map(({ edits, relied }, index) => {
      // edits of one finding are disjoint
      const sorted = edits.map(([start, length]) => [start, start + length] as const).sort((a, b) => a[0] - b[0]);
      const disjoint = sorted.filter(([start], at) => sorted.slice(0, at).every(([, end]) => end < start));
      return found(`rule-${String(index)}`, disjoint, relied);
    }),
  );

function areIndependent(a: FoundFinding, b: FoundFinding): boolean {
  const editsA = a.finding.edits ?? [];
  const editsB = b.finding.edits ?? [];
  const meets = (edits: typeof editsA, offsets: readonly number[]): boolean =>
    edits.some((edit) => offsets.some((offset) => edit.start <= offset && offset <= edit.end));
  const overlaps = editsA.some((one) => editsB.some((other) => one.start <= other.end && other.start <= one.end));
  return !overlaps && !meets(editsA, b.reliedOffsets) && !meets(editsB, a.reliedOffsets);
}

describe('selectFindings', () => {
  it('chooses findings that are independent of each other, and leaves out only what depends on a chosen one', () => {
    fc.assert(
      fc.property(anyFindings, (list) => {
        const result = selectFindings(list);
        for (const one of list) {
          const others = result.filter((other) => other !== one);
          expect(others.every((other) => areIndependent(one, other))).toBe(result.includes(one));
        }
      }),
    );
  });

  it('chooses the same in whatever order the findings come', () => {
    fc.assert(
      fc.property(anyFindings, fc.infiniteStream(fc.nat()), (list, keys) => {
        const shuffled = list.map((one) => ({ one, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        expect(chosen(shuffled.map(({ one }) => one))).toEqual(chosen(list));
      }),
    );
  });

  it('prefers the inner rewrite', () => {
    expect(chosen([found('outer', [[0, 20]]), found('inner', [[5, 10]])])).toEqual(['inner']);
  });

  it('does not edit a use that another rewrite relies on', () => {
    expect(chosen([found('relying', [[0, 2]], [10]), found('editing', [[9, 12]])])).toEqual(['relying']);
  });

  it('copes with thousands of findings that rely on one variable with thousands of uses', () => {
    const uses = Array.from({ length: 4000 }, (_, index) => index * 10 + 5);
    const list = Array.from({ length: 4000 }, (_, index) => found('rule', [[index * 10, index * 10 + 2]], uses));
    expect(selectFindings(list)).toHaveLength(4000);
  });
});
