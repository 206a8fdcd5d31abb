import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SourceLanguage } from '../../../../src/engine/merge/source-language.ts';
import { loadAgentBooster } from '../../../../src/wasm/agent-booster/agent-booster.ts';

const booster = loadAgentBooster({ memoryLimitBytes: 32 * 2 ** 20 });

const languages: readonly SourceLanguage[] = ['jsx', 'typescript', 'python', 'rust', 'go', 'java', 'c', 'cpp'];

/** Pieces of all languages, most with balanced brackets: others make the engine refuse the whole file. */
const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'function NAME(a) {\n  BODY\n}',
          'export class NAME {\n  BODY\n}',
          'def NAME(a):\n    BODY',
          '    def NAME(self):\n        BODY\n',
          'class NAME:\n    BODY\n\n    def two(self):\n        BODY',
          'fn NAME(a: u8) -> u8 {\n    BODY\n}',
          'func NAME(a int) (int) {\n\tBODY\n}',
          '  int NAME(int a) {\n    BODY\n  }',
          'class NAME {\npublic:\n  BODY\n};',
          'impl NAME {\n  fn one() {\n    BODY\n  }\n}',
        ),
        fc.constantFrom('one', 'two', 'three'),
        fc.constantFrom(
          'return a',
          'x = "é😀"; y = x',
          'await a.then(b)',
          'private b: c; throw a',
          'try { a } catch { }',
        ),
      )
      .map(([shape, name, body]) => shape.replaceAll('NAME', name).replaceAll('BODY', body)),
  },
  { weight: 2, arbitrary: fc.constantFrom('', '\n', '// ünï /', '# ünï', 'return null; typeof a', '@decorated', '\t') },
  { weight: 1, arbitrary: fc.constantFrom('}', '{', "s = '{'", '/* ( */', '});') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);

const text = fc
  .tuple(fc.array(piece, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.boolean())
  .map(([pieces, end, hasMark, hasFinalEnd]) => {
    const body = pieces.join('\n').replaceAll('\n', end);
    return `${hasMark ? '\uFEFF' : ''}${body}${hasFinalEnd ? end : ''}`;
  });
const edit = fc.array(piece, { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join('\n'));

test('whatever the texts are, the engine survives, and all but one stretch of lines stays as it was', () => {
  let proposals = 0;
  fc.assert(
    fc.property(text, edit, fc.constantFrom(...languages), (before, snippet, language) => {
      const answer = booster.propose({ text: before, edit: snippet, language });
      expect(booster.poisoned).toBe(false);
      if ('refusal' in answer) return;
      proposals += 1;
      expect(answer.text).not.toContain('\uE000');
      expect(answer.text.startsWith('\uFEFF')).toBe(before.startsWith('\uFEFF'));
      const [own = '\n'] = /\r\n?|\n/.exec(before) ?? [];
      expect(new Set(answer.text.match(/\r\n?|\n/g))).toEqual(new Set(answer.text.includes(own) ? [own] : []));
      const added = new Set(snippet.split(/\r\n?|\n/).map((one) => one.trim()));
      const known = new Set(before.split(/\r\n?|\n/).map((one) => one.trim()));
      for (const one of answer.text.split(own)) expect(added.has(one.trim()) || known.has(one.trim())).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(proposals).toBeGreaterThan(100);
});
