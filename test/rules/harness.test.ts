import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/engine/rule.ts';
import type { EquivalenceSubject } from '../../src/rules/proof.ts';
import { equivalenceProblem } from './harness/check-equivalence.ts';
import { metaProblems } from './harness/check-meta.ts';
import { orderProblem } from './harness/check-order.ts';
import { rewriteProblems, rewriteWith, type Sample, textProblems } from './harness/check-rewrite.ts';
import * as planted from './planted/planted-rules.ts';

const runs = { seed: 1, numRuns: 500 };
const anything = fc.oneof(fc.constantFrom(Number.NaN, 0, -0, undefined, 'a'), fc.integer({ max: 3, min: 0 }));
const lists = fc.array(anything, { maxLength: 8 });

function sampleOf(input: string): Sample {
  return { input, language: 'typescript', level: 'aggressive' };
}

function subjectOf(body: string, args: EquivalenceSubject['args'], isAsync = false): EquivalenceSubject {
  const prefix = isAsync ? 'async ' : '';
  return { name: 'planted', source: `export ${prefix}function subject(a: any, b: any) { ${body} }\n`, args, isAsync };
}

describe('a wrong rewrite is caught by what it does', () => {
  const caught = async (rule: Rule, subject: EquivalenceSubject): Promise<string> =>
    (await equivalenceProblem(rule, subject, runs)) ?? 'not caught';

  test('indexOf to includes, by NaN', async () => {
    const problem = await caught(
      planted.indexOfToIncludes,
      subjectOf('return a.indexOf(b) !== -1;', fc.tuple(lists, anything)),
    );
    expect(problem).toContain('false became true');
  });

  test('another order of callback calls', async () => {
    const rule = planted.plantPattern('planted-order', 'ordered($A, $B)', '[$B, $A].reverse()');
    const source =
      'const ordered = (x: any, y: any) => [x, y];\nexport function subject(a: any, b: any) { return ordered(a(1), b(2)); }\n';
    const args = fc.tuple(fc.func(fc.integer()), fc.func(fc.integer()));
    expect(await caught(rule, { name: 'planted', source, args })).toContain('calls of the functions handed in');
  });

  test('fewer callback calls with the same result', async () => {
    const rule = planted.plantPattern('planted-fewer', '$A.filter($B).length > 0', '$A.some($B)');
    const subject = subjectOf('return a.filter(b).length > 0;', fc.tuple(lists, fc.func(fc.boolean())));
    expect(await caught(rule, subject)).toContain('calls of the functions handed in');
  });

  test('a mutated argument', async () => {
    const rule = planted.plantPattern('planted-mutation', '$A.toSorted()', '$A.sort()');
    const subject = subjectOf('return [...a.toSorted()];', fc.tuple(lists, anything));
    expect(await caught(rule, subject)).toMatch(/args/);
  });

  test('a copy in the place of the argument itself', async () => {
    const rule = planted.plantPattern('planted-copy', 'Object.freeze($A)', 'Object.freeze([...$A])');
    expect(await caught(rule, subjectOf('return Object.freeze(a);', fc.tuple(lists, anything)))).not.toBe('not caught');
  });

  test('undefined in the place of a hole', async () => {
    const rule = planted.plantPattern('planted-hole', '$A.slice()', 'Array.from($A)');
    const sparse = fc.constant([1, , 3]); // eslint-disable-line no-sparse-arrays
    expect(await caught(rule, subjectOf('return a.slice();', fc.tuple(sparse, anything)))).toContain('own keys');
  });

  test('0 in the place of -0', async () => {
    const rule = planted.plantPattern('planted-zero', 'Math.round($A)', '($A | 0)');
    expect(await caught(rule, subjectOf('return Math.round(a);', fc.tuple(fc.constant(-0), anything)))).toContain(
      '-0 became 0',
    );
  });

  test('another order of properties', async () => {
    const rule = planted.plantPattern('planted-keys', 'merged($A, $B)', '({ ...$B, ...$A })');
    const source =
      'const merged = (x: any, y: any) => ({ ...x, ...y });\nexport function subject(a: any, b: any) { return merged(a, b); }\n';
    const args = fc.constant([{ x: 1 }, { y: 2 }]);
    expect(await caught(rule, { name: 'planted', source, args })).toContain('own keys x,y became y,x');
  });

  test('another error', async () => {
    const rule = planted.plantPattern('planted-error', '$A.item.name', '$A.item?.name');
    expect(await caught(rule, subjectOf('return a.item.name;', fc.constant([{}, 1])))).toContain('threw TypeError');
  });

  test('state kept from one call to the next', async () => {
    const rule = planted.plantPattern('planted-state', '/a/g.test($A)', 'shared.test($A)');
    const source = 'const shared = /a/g;\nexport function subject(a: any) { return [shared.flags, /a/g.test(a)]; }\n';
    const problem = await caught(
      { ...rule, triggers: ['shared'] },
      { name: 'planted', source, args: fc.constant(['a']) },
    );
    expect(problem).toContain('second call');
  });

  test('another rejection of an async subject', async () => {
    const rule = planted.plantPattern('planted-async', 'Promise.all($A)', 'Promise.allSettled($A)');
    const subject = subjectOf('return (await Promise.all(a.map(async (f: any) => f()))).length;', failing(), true);
    expect(await caught(rule, subject)).toContain('threw');
  });

  test('a subject that the rule does not rewrite', async () => {
    expect(await caught(planted.indexOfToIncludes, subjectOf('return a;', fc.constant([])))).toContain(
      'does not rewrite',
    );
  });

  function failing(): EquivalenceSubject['args'] {
    const fail = (): never => {
      throw new RangeError('no');
    };
    return fc.constant([[fail], 1]);
  }
});

test('the text of an error may name the value differently, but not another problem', async () => {
  const rule = planted.plantPattern('planted-text', '[...$A].length', '$A.length');
  const absent = subjectOf('return [...a].length;', fc.constant([undefined, 1]));
  expect(await equivalenceProblem(rule, absent, runs)).toBe(undefined);
  const other = planted.plantPattern('planted-other', '[].reduce($A)', 'null.reduce($A)');
  const empty = subjectOf('return [].reduce(a);', fc.constant([(): number => 1, 1]));
  expect(await equivalenceProblem(other, empty, runs)).toContain('threw TypeError: Reduce of empty array');
});

test('a right rewrite is not accused', async () => {
  const rule = planted.plantPattern('planted-right', '$A.concat($B)', '[...$A, ...$B]');
  const subject = subjectOf('const xs = a.concat(b); a.push(1); return { xs, a };', fc.tuple(lists, lists));
  expect(await equivalenceProblem(rule, subject, runs)).toBe(undefined);
});

describe('a rule that breaks a law is caught', () => {
  test('one that drops a comment is blocked by the engine', () => {
    const sample = sampleOf('compute(/* why */ 1);\n');
    const { text, result } = rewriteWith([planted.dropsComment], { ...sample, input: 'compute(1 /* why */);\n' });
    expect(text).toBe('compute(1 /* why */);\n');
    expect(result.findings.map(({ blockedBy }) => blockedBy)).toEqual([
      'a comment stands inside the code to be rewritten',
    ]);
  });

  test('a lost comment is seen without the engine', () => {
    expect(textProblems(sampleOf('f(); // why\n// why\n'), 'f(); // why\n')).toEqual(['a comment was lost: // why']);
  });

  test('a result that does not parse is seen without the engine', () => {
    expect(textProblems(sampleOf('f();\n'), 'f(;\n').join()).toContain('does not parse');
  });

  test('one that never settles', () => {
    expect(rewriteProblems(planted.growsForEver, sampleOf('grow(1);\n')).join('\n')).toContain('did not settle');
  });

  test('one that breaks the syntax', () => {
    expect(rewriteProblems(planted.breaksSyntax, sampleOf('broken(1);\n')).join('\n')).toContain('refused by the gate');
  });

  test('one that reports a higher tier than its meta names', () => {
    expect(rewriteProblems(planted.exceedsItsTier, sampleOf('risky();\n'))).toEqual([
      'a aggressive rewrite of a rule whose meta says safe',
    ]);
  });

  test('one whose find() remembers', () => {
    expect(rewriteProblems(planted.isNotPure, sampleOf('count();\n')).join('\n')).toContain('not pure');
  });

  test('one that throws', () => {
    expect(rewriteProblems(planted.throwsAlways, sampleOf('anything();\n'))).toContain('the rule failed: planted');
  });

  test('two whose order decides', () => {
    expect(orderProblem(planted.rewritesBefore, sampleOf('race();\n'), 1)).toContain('the result is another');
  });

  test('one with an incomplete meta', () => {
    const { meta } = planted.growsForEver;
    const rule = {
      ...planted.growsForEver,
      triggers: [],
      meta: { ...meta, id: 'Bad_Id', stays: [], summary: ' x', since: 'now' },
    };
    expect(metaProblems(rule, 'bad-id')).toEqual([
      'meta.id Bad_Id is not the name of the folder, bad-id',
      'meta.id is not kebab-case',
      'meta.since is no version: now',
      'meta.stays is empty: every rewrite has its limits',
      'triggers must be texts that occur in the code',
      'meta: summary is empty or has white space around it',
    ]);
  });
});
