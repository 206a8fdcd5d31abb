import { describe, expect, it } from 'vitest';
import { introducedFindings } from '../../../../src/app/hook/introduced-findings.ts';
import type { Examined } from '../../../../src/app/hook/introduced-findings.ts';

/** Every `slow(…)` is a finding. */
function examine(text: string): Examined {
  const findings = [...text.matchAll(/slow\([^)]*\)/g)].map((match) => ({
    ...({ ruleId: 'r', message: 'm', tier: 'safe', evidence: [], complexity: { before: 'a', after: 'b' } } as const),
    ...{ start: match.index, end: match.index + match[0].length, line: 1, column: 1, status: 'applied' as const },
  }));
  return { text, findings };
}

function introduced(before: string, now: string): string[] {
  return introducedFindings(examine(before), examine(now)).map(({ start, end }) => now.slice(start, end));
}

describe('what an edit introduced', () => {
  it('is everything in a new text', () => {
    expect(introduced('', 'slow(1); slow(2)')).toEqual(['slow(1)', 'slow(2)']);
  });

  it('is not what stood there before, wherever it stands now and however it is indented', () => {
    expect(introduced('a; slow(1,\n  2); b', 'b; x; slow(1,\n      2); a')).toEqual([]);
  });

  it('is a further copy of what stood there once', () => {
    expect(introduced('slow(1)', 'slow(1); slow(1)')).toHaveLength(1);
  });

  it('is not a place that was slow before and was edited inside', () => {
    expect(introduced('head; slow(1); tail', 'head; slow(1 + 1); tail')).toEqual([]);
  });

  it('is a place in the part that the edit wrote', () => {
    expect(introduced('head; fast(1); slow(9)', 'head; also; slow(2); slow(9)')).toEqual(['slow(2)']);
  });
});
