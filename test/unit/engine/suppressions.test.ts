import { describe, expect, it } from 'vitest';
import type { OptimizeResult } from '../../../src/engine/optimize.ts';
import { optimizeText } from '../../../src/engine/optimize-text.ts';
import { rules } from '../../../src/rules/index.ts';
import { parser } from './analyse.ts';

const slow = 'export const last = (xs: number[]) => xs.slice(-1)[0];\n';
const allIds = rules.map(({ meta }) => meta.id);

function optimize(text: string, ids: readonly string[] = allIds): OptimizeResult {
  return optimizeText({ text, language: 'typescript', level: 'safe', rules: ids }, rules, parser);
}

const problemsOf = (text: string, ids?: readonly string[]): unknown =>
  optimize(text, ids).suppressionProblems?.map(({ line, problem, ruleIds }) => [line, problem, ...ruleIds]);

describe('comments that silence findings', () => {
  it.each([
    ['on the line before', `// booster-ignore slice-index: short\n${slow}`],
    ['behind the code', slow.replace('\n', ' // booster-ignore slice-index: short\n')],
    ['for the whole file, at its end', `${slow}/* booster-ignore-file: vendored */\n`],
    ['for one rule in the whole file', `// booster-ignore-file slice-index, filter-some: vendored\n${slow}`],
  ])('are honoured %s', (_title, text) => {
    expect(optimize(text)).toMatchObject({ status: 'unchanged', findings: [] });
  });

  it('say nothing for other rules, and nothing without a reason', () => {
    expect(optimize(`// booster-ignore-file filter-some: x\n${slow}`).status).toBe('rewritten');
    expect(optimize(`// booster-ignore-file\n${slow}`).status).toBe('rewritten');
    expect(optimize(`// this is no booster-ignore-file: x\n${slow}`).status).toBe('rewritten');
  });

  it('are reported when they silence nothing, also in a file that no rule can match', () => {
    expect(problemsOf('// booster-ignore slice-index: x\nexport const a = 1;\n')).toEqual([
      [1, 'unused', 'slice-index'],
    ]);
    expect(problemsOf('\n// booster-ignore-file: x\nexport const a = 1;\n')).toEqual([[2, 'unused']]);
    expect(problemsOf(`// booster-ignore-file slice-index, filter-some: x\n${slow}`)).toEqual([
      [1, 'unused', 'filter-some'],
    ]);
  });

  it('are reported when they give no reason', () => {
    expect(problemsOf(`${slow}// booster-ignore-file\n`)).toEqual([[2, 'no-reason']]);
  });

  it('are not judged by rules that did not run, nor when they did their work', () => {
    expect(problemsOf('// booster-ignore slice-index: x\n// booster-ignore-file: x\n;\n', ['filter-some'])).toBe(
      undefined,
    );
    expect(problemsOf(`// booster-ignore slice-index: x\n${slow}`)).toBe(undefined);
    expect(problemsOf(`// booster-ignore-file: x\n${slow}`)).toBe(undefined);
  });
});
