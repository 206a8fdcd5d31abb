import { describe, expect, it } from 'vitest';
import { readCustomRule } from '../../../../src/app/custom/read-custom-rule.ts';
import { applyEdits } from '../../../../src/engine/edit.ts';
import type { Tier } from '../../../../src/engine/finding.ts';
import { optimizeText } from '../../../../src/engine/optimize-text.ts';
import { parser } from '../../engine/analyse.ts';

const last = { id: 'last-item', message: 'm', pattern: 'lodash.last($XS)', rewrite: '$XS.at(-1)' };

function run(rule: object, text: string, level: Tier = 'aggressive') {
  const { data } = readCustomRule(rule, 'r.json');
  const result = optimizeText({ text, language: 'typescript', level, rules: [data.id], custom: [data] }, [], parser);
  return { ...result, code: applyEdits(text, result.edits) };
}

describe('a rule of the project', () => {
  it('rewrites what its pattern matches, with parentheses where they are needed, at level aggressive only', () => {
    expect(run(last, 'f(lodash.last(xs) + 1, lodash.last(a ?? b));\n').code).toBe(
      'f(xs.at(-1) + 1, (a ?? b).at(-1));\n',
    );
    const sum = { ...last, rewrite: '$XS + 1' };
    expect(run(sum, 'const y = lodash.last(x) * 2;\n').code).toBe('const y = (x + 1) * 2;\n');
    expect(run(last, 'f(lodash.last(xs));\n', 'balanced').findings).toMatchObject([{ status: 'available' }]);
  });

  it('takes a list of nodes', () => {
    const spread = { ...last, pattern: 'old($A, $$$REST)', rewrite: 'fresh($A, $$$REST)' };
    expect(run(spread, 'old(a, b, ...c); old(a);\n').code).toBe('fresh(a, b, ...c); fresh(a);\n');
  });

  it('puts what binds loosely in parentheses where its place needs them', () => {
    const of = (rewrite: string, text: string) => run({ ...last, rewrite }, `lodash.last(${text});\n`).code;
    expect(of('new $XS()', 'a.b')).toBe('new (a.b)();\n');
    expect(of('$XS.at(-1)', '5')).toBe('(5).at(-1);\n');
    expect(of('f($XS, 1)', 'a ? b : c')).toBe('f(a ? b : c, 1);\n');
    expect(of('$XS ** 2', '-a')).toBe('(-a) ** 2;\n');
  });

  it('leaves alone what is not known to meet its constraints', () => {
    const typed = { ...last, where: { XS: { type: ['array', 'string'] } } };
    const text = 'const xs = [1]; f(lodash.last(xs), lodash.last(ys));\n';
    const { code, findings } = run(typed, text);
    expect(code).toBe('const xs = [1]; f(xs.at(-1), lodash.last(ys));\n');
    expect(findings.map(({ status, blockedBy }) => [status, blockedBy])).toEqual([
      ['applied', undefined],
      ['manual', '$XS is not known to be what the rule asks for'],
    ]);
  });

  it('does not move, drop or repeat what may have an effect', () => {
    const swap = { ...last, pattern: 'mix($A, $B)', rewrite: 'mix2($B, $A)' };
    expect(run(swap, 'mix(1, 2); mix(f(), g());\n').code).toBe('mix2(2, 1); mix(f(), g());\n');
    const twice = { ...last, rewrite: '$XS[$XS.length - 1]' };
    expect(run(twice, 'lodash.last(make());\n').status).toBe('unchanged');
  });

  it('is named when its pattern does not parse, and cannot spoil a file', () => {
    expect(run({ ...last, pattern: 'lodash.last($XS' }, 'lodash.last(x);\n').failedRules).toMatchObject([
      { ruleId: 'last-item' },
    ]);
    expect(run({ ...last, rewrite: '$XS +' }, 'lodash.last(x);\n').status).toBe('unchanged');
  });

  it.each([
    [[], 'a rule is an object'],
    [{ ...last, id: 'Last' }, 'kebab-case'],
    [{ ...last, pattern: '' }, "'pattern' must be a text"],
    [{ ...last, rewrite: '$YS' }, 'has $YS, which the pattern has not'],
    [{ ...last, tier: 'safe' }, 'aggressive only'],
    [{ ...last, run: 'rm -rf /' }, "unknown key 'run'"],
    [{ ...last, where: { YS: {} } }, 'speaks of YS'],
    [{ ...last, where: { XS: { type: 'list' } } }, 'must be of array'],
    [{ ...last, tests: [{ after: 'x' }] }, "'tests[0]' must have before"],
  ])('is refused when it is %j', (rule, message) => {
    expect(() => readCustomRule(rule, 'r.json')).toThrow(expect.objectContaining({ code: 'E_RULE_INVALID' }));
    expect(() => readCustomRule(rule, 'r.json')).toThrow(message);
  });
});
