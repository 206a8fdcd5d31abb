import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/engine/edit.ts';
import type { Tier } from '../../../src/engine/finding.ts';
import type { OptimizeRequest, OptimizeResult } from '../../../src/engine/optimize.ts';
import { mayMatch, optimizeText, reportFindings } from '../../../src/engine/optimize-text.ts';
import { defineRule, type Rule, type RuleContext } from '../../../src/engine/rule.ts';
import { parser } from './analyse.ts';

/** A rule for tests: what it finds is given, everything else is plain. */
function rule(
  id: string,
  find: (ctx: RuleContext) => void,
  tier: Tier = 'safe',
  triggers: readonly string[] = [''],
): Rule {
  return defineRule({
    meta: {
      id,
      group: 'builtin',
      summary: id,
      why: id,
      since: '0.1.0',
      languages: ['typescript'],
      tier,
      assumes: [],
      complexity: { before: 'O(n)', after: 'O(1)' },
      example: { before: 'a', after: 'b' },
      stays: [],
    },
    triggers,
    find,
  });
}

/** Renames identifiers: a rule with any effect one likes. */
function rename(id: string, from: string, to: string, tier: Tier = 'safe'): Rule {
  return rule(
    id,
    ({ ast, report }) => {
      for (const node of ast.ofKind('Identifier')) {
        if (ast.value(node) !== from) continue;
        report({ node, message: `${from} → ${to}`, edits: [{ start: ast.start(node), end: ast.end(node), text: to }] });
      }
    },
    tier,
  );
}

function optimize(
  text: string,
  rules: readonly Rule[],
  level: Tier = 'safe',
  more: Partial<OptimizeRequest> = {},
): OptimizeResult {
  const ids = rules.map((one) => one.meta.id);
  return optimizeText({ text, language: 'typescript', level, rules: ids, ...more }, rules, parser);
}

function after(text: string, rules: readonly Rule[], level?: Tier): string {
  return applyEdits(text, optimize(text, rules, level).edits);
}

describe('optimizeText', () => {
  it('runs rules until nothing changes any more and gives edits of the original', () => {
    const rules = [rename('b-to-c', 'b', 'c'), rename('a-to-b', 'a', 'b')];
    const result = optimize('a; x; b;', rules);
    expect(result.rounds).toBe(2);
    expect(result.edits).toEqual([
      { start: 0, end: 1, text: 'c' },
      { start: 6, end: 7, text: 'c' },
    ]);
    expect(result.findings.map((finding) => [finding.ruleId, finding.start, finding.status])).toEqual([
      ['a-to-b', 0, 'applied'],
      ['b-to-c', 0, 'applied'],
      ['b-to-c', 6, 'applied'],
    ]);
  });

  it('applies only what the level allows and says what a higher one would add', () => {
    const rules = [rename('safe-one', 'a', 'b'), rename('bold-one', 'x', 'y', 'aggressive')];
    const result = optimize('a; x;', rules);
    expect(result.findings.map((finding) => [finding.ruleId, finding.status])).toEqual([
      ['safe-one', 'applied'],
      ['bold-one', 'available'],
    ]);
    expect(after('a; x;', rules, 'aggressive')).toBe('b; y;');
  });

  it('applies only the findings that are asked for, also when an earlier rewrite has moved them', () => {
    const rules = [rename('a-to-bb', 'a', 'bb'), rename('bb-to-c', 'bb', 'c')];
    const result = optimize('a; a; a;', rules, 'safe', { only: ['a-to-bb@3', 'bb-to-c@3', 'a-to-bb@6'] });
    expect(applyEdits('a; a; a;', result.edits)).toBe('a; c; bb;');
  });

  it('only finds when nothing is to be tried', () => {
    const rules = [rename('a-to-b', 'a', 'b'), rename('bold-one', 'x', 'y', 'aggressive')];
    const result = optimize('a; x;', rules, 'safe', { findOnly: true });
    expect([result.status, result.edits]).toEqual(['unchanged', []]);
    expect(result.findings.map(({ status }) => status)).toEqual(['applied', 'available']);
  });

  it('drops and names a rewrite that breaks the syntax, and keeps the others', () => {
    const rules = [rename('bad', 'a', '('), rename('good', 'x', 'y')];
    const result = optimize('a; x; x;', rules);
    expect(applyEdits('a; x; x;', result.edits)).toBe('a; y; y;');
    expect(result.failedRules.map((failure) => failure.ruleId)).toEqual(['bad']);
  });

  it('drops a rewrite that declares a name twice', () => {
    const result = optimize('let a = 1; let b = 2;', [rename('twice', 'a', 'b')]);
    expect(result.status).toBe('unchanged');
    expect(result.failedRules).toHaveLength(1);
  });

  it('never loses a comment', () => {
    const drop = rule('drop', ({ ast, report }) => {
      for (const node of ast.ofKind('CallExpression'))
        report({ node, message: 'gone', edits: [{ start: ast.start(node), end: ast.end(node), text: 'f()' }] });
    });
    const result = optimize('f(/* why */ 1);', [drop]);
    expect(result.status).toBe('unchanged');
    expect(result.findings[0]?.blockedBy).toContain('comment');
  });

  it('keeps each of two equal comments, or the code as it is', () => {
    const keepOne = rule('keep-one', ({ ast, report }) => {
      for (const node of ast.ofKind('CallExpression')) {
        if (ast.source(node).startsWith('g')) continue;
        report({
          node,
          message: 'short',
          edits: [{ start: ast.start(node), end: ast.end(node), text: 'g/* why */()' }],
        });
      }
    });
    const result = optimize('f/* why */(/* why */);', [keepOne]);
    expect(result).toMatchObject({ status: 'unchanged', failedRules: [] });
    expect(result.findings[0]?.blockedBy).toContain('comment');
    expect(after('f/* why */();', [keepOne])).toBe('g/* why */();');
  });

  it('refuses a file whose rewrites never settle', () => {
    const result = optimize('a;', [rename('there', 'a', 'b'), rename('back', 'b', 'a')]);
    expect(result.status).toBe('refused');
    expect(result.reason?.code).toBe('E_GATE_REFUSED');
  });

  it('names a rule that throws, skips it and goes on', () => {
    const broken = rule('broken', () => {
      throw new TypeError('boom');
    });
    const result = optimize('a;', [broken, rename('good', 'a', 'b')]);
    expect(result.failedRules).toEqual([{ ruleId: 'broken', message: 'boom' }]);
    expect(result.status).toBe('rewritten');
  });

  it('refuses a file with a syntax error, with its place', () => {
    const result = optimize('a;\nlet = = 1', [rename('one', 'a', 'b')]);
    expect(result.status).toBe('refused');
    expect(result.reason).toMatchObject({ code: 'E_SYNTAX', line: 2 });
  });

  it('refuses to edit a file that declares a name twice', () => {
    const result = optimize('let a; let a;', [rename('one', 'a', 'b')]);
    expect(result.reason?.code).toBe('E_SYNTAX');
  });

  it('edits nothing in a file with a direct eval', () => {
    const result = optimize('eval(s); a;', [rename('one', 'a', 'b')]);
    expect(result.status).toBe('unchanged');
    expect(result.findings[0]?.blockedBy).toContain('eval');
  });

  it('does not apply two rewrites in one round when one relies on what the other edits', () => {
    const seen: string[] = [];
    const relying = rule('relying', ({ ast, scope, report }) => {
      const declarator = ast.ofKind('VariableDeclarator')[0] ?? -1;
      const binding = scope.bindingOf(ast.child(declarator, 'id'));
      seen.push(ast.text);
      if (binding === undefined || binding.name !== 'q') return;
      const start = ast.start(declarator);
      report({ node: declarator, message: 'rename', relies: [binding], edits: [{ start, end: start + 1, text: 'r' }] });
    });
    const other = rule('other', ({ ast, report }) => {
      for (const node of ast.ofKind('CallExpression')) {
        if (ast.source(node) === 'f(q)')
          report({ node, message: 'g', edits: [{ start: ast.start(node), end: ast.end(node), text: 'g(q)' }] });
      }
    });
    optimize('const q = 1; f(q);', [relying, other]);
    expect(
      seen.some((text) => text.includes('const r') && text.includes('f(q)')) &&
        seen.some((text) => text.includes('const q') && text.includes('g(q)')),
    ).toBe(false);
    expect(seen).toHaveLength(3);
  });

  it('does not parse a file in which no trigger occurs', () => {
    const result = optimize('let = = 1', [rule('needs-x', () => undefined, 'safe', ['xyz'])]);
    expect(result).toMatchObject({ status: 'unchanged', reader: 'none' });
    expect(mayMatch('xyz', [rule('needs-x', () => undefined, 'safe', ['xyz'])])).toBe(true);
  });

  it('refuses code nested too deeply for the passes instead of crashing', () => {
    const text = `${'a+'.repeat(4000)}a;`;
    expect(['rewritten', 'refused', 'unchanged']).toContain(optimize(text, [rename('one', 'zzz', 'b')]).status);
  });

  it('refuses a file in which a rule exhausts the stack, and says that the code is too deep', () => {
    const descend = (): number => 1 + descend();
    const rules = [rule('descends', () => void descend())];
    expect(optimize('a;', rules)).toMatchObject({ status: 'refused', reason: { code: 'E_FILE_TOO_DEEP' } });
    const request = { text: 'a;', language: 'typescript', level: 'safe', rules: ['descends'] } as const;
    const report = (): unknown => reportFindings(parser.parse('a;', 'typescript'), request, rules, parser);
    expect(report).toThrow(expect.objectContaining({ code: 'E_FILE_TOO_DEEP' }));
  });

  it('blames the rule for a range error of another kind', () => {
    const result = optimize('a;', [rule('counts-badly', () => void 'a'.repeat(-1))]);
    expect(result).toMatchObject({ status: 'unchanged', failedRules: [{ ruleId: 'counts-badly' }] });
  });

  it('only reports for the trees of the tolerant reader', () => {
    const rules = [rename('one', 'a', 'b')];
    const request = { text: 'a;', language: 'typescript', level: 'safe', rules: ['one'] } as const;
    const findings = reportFindings(parser.parse('a;', 'typescript'), request, rules, parser);
    expect(findings[0]).toMatchObject({ status: 'manual', blockedBy: 'the file has a syntax error' });
  });
});
