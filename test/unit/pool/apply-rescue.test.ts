import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/engine/edit.ts';
import type { Merged, MergeRequest } from '../../../src/engine/merge/merge.ts';
import { refuse } from '../../../src/engine/merge/refuse.ts';
import type { SourceLanguage } from '../../../src/engine/merge/source-language.ts';
import { rescueEdit } from '../../../src/pool/apply-rescue.ts';
import { Engines } from '../../../src/pool/engines.ts';
import { MergeEngines } from '../../../src/pool/merge-engines.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';

type Propose = MergeEngines['propose'];

// a busy machine takes longer than the limit of use
const engines = new MergeEngines(new Engines({ memoryLimitBytes: 512 * 2 ** 20 }), { proposalTimeoutMs: 60_000 });
const { outlines } = engines;

beforeAll(async () => {
  outlines.outline('', 'python');
  outlines.outline('class {', 'jsx');
  await outlines.prepare();
});

interface Asked {
  readonly text: string;
  readonly edit: string;
  readonly language?: SourceLanguage;
  readonly code?: ErrorCode;
  readonly propose?: Propose;
}

function rescue({ text, edit, language = 'jsx', code = 'E_APPLY_NOT_FOUND', propose }: Asked): Merged | undefined {
  const request: MergeRequest = { text, edit, language, strictness: 'balanced' };
  const ask: Propose = propose ?? ((question) => engines.propose(question));
  return rescueEdit({ request, refusal: refuse(code, 'No place.'), engines: { outlines, propose: ask } });
}

const never: Propose = () => {
  throw new TypeError('must not be asked');
};

const text = [
  'const rate = 0.2;',
  'const limit = 40;',
  '',
  'export function addTax(price) {',
  '  const tax = price * rate;',
  '  return price + tax;',
  '}',
  '',
  'export function label(name, count) {',
  "  return name + ' (' + count + ')';",
  '}',
  '',
  'export function clamp(count) {',
  '  return Math.min(count, limit);',
  '}',
  '',
].join('\n');
const edit = 'export function addTax(price) {\n  const tax = price * rate;\n  return Math.round(price + tax);\n}\n';

test('an edit of a function that is there once is rescued, and the result names the engine', () => {
  const merged = rescue({ text, edit });
  expect(merged).toMatchObject({ status: 'applied', engine: 'agent-booster', form: 'definition', deleted: [] });
  expect(applyEdits(text, merged?.edits ?? [])).toBe(text.replace('price + tax;', 'Math.round(price + tax);'));
});

test('several functions are placed one by one', () => {
  const clamp = 'export function clamp(count) {\n  return Math.max(0, Math.min(count, limit));\n}\n';
  const merged = rescue({ text, edit: `${edit}\n${clamp}` });
  expect(applyEdits(text, merged?.edits ?? [])).toBe(
    text
      .replace('price + tax;', 'Math.round(price + tax);')
      .replace('return Math.min(count, limit)', 'return Math.max(0, Math.min(count, limit))'),
  );
});

test('when one of several functions has no place, none is merged', () => {
  const answers = [{ text: text.replace('price + tax;', 'Math.round(price + tax);') }, { refusal: 'no place' }];
  const propose: Propose = () => answers.shift() ?? { refusal: 'asked too often' };
  const zebra = 'function zebra() {\n  return [[1, 2], [3, 4]];\n}\n';
  expect(rescue({ text, edit: `${edit}\n${zebra}`, propose })).toBeUndefined();
  expect(answers).toEqual([]);
});

test('a new function never takes the place of one that resembles it', () => {
  const added = 'export function addToll(price) {\n  const toll = price * rate;\n  return price + toll;\n}\n';
  expect(engines.propose({ text, edit: added, language: 'jsx' })).toHaveProperty('text');
  expect(rescue({ text, edit: added })).toBeUndefined();
});

test('methods of one name in two classes are not told apart by resemblance', () => {
  const method = (name: string, result: string): string =>
    `class ${name}:\n    def size(self):\n        total = len(self.items)\n        return ${result}\n`;
  const python = `${method('Cart', 'total')}\n\n${method('Shelf', 'total * 2')}`;
  const changed = 'def size(self):\n    total = len(self.items)\n    return total * 3\n';
  expect(rescue({ text: python, edit: changed, language: 'python' })).toBeUndefined();
});

describe('agent-booster is not even asked', () => {
  test.each<ErrorCode>(['E_APPLY_PLACEHOLDER', 'E_APPLY_MALFORMED', 'E_APPLY_EMPTY', 'E_APPLY_NOT_TEXT'])(
    'when the refusal is about the edit (%s)',
    (code) => {
      expect(rescue({ text, edit, code, propose: never })).toBeUndefined();
    },
  );

  test.each([
    ['has a marker', `// ... existing code ...\n${edit}`],
    [
      'is a search and a replacement',
      '<<<<<<< SEARCH\nconst rate = 0.2;\n=======\nconst rate = 0.3;\n>>>>>>> REPLACE\n',
    ],
    ['is a unified diff', '--- a.js\n+++ a.js\n@@ -1 +1 @@\n-const rate = 0.2;\n+const rate = 0.3;\n'],
    ['is empty', ''],
    ['has a NUL', `${edit}\0`],
  ])('when the edit %s', (_name, sent) => {
    expect(rescue({ text, edit: sent, propose: never })).toBeUndefined();
  });

  test('for a text of no language', () => {
    expect(rescue({ text, edit, language: 'text', propose: never })).toBeUndefined();
  });
});

/** Proposals that must not be believed, whoever makes them. */
const lies: Readonly<Record<string, string>> = {
  'the snippet alone': edit,
  'a file without one of its functions': text
    .replace('price + tax;', 'Math.round(price + tax);')
    .replace(/export function label[^]*?\}\n\n/, ''),
  'a file with the function twice': `${text}\n${edit}`,
  'a file with a change elsewhere': text
    .replace('price + tax;', 'Math.round(price + tax);')
    .replace('limit = 40', 'limit = 41'),
  'a file without the change': text,
  'a file with half of the change': text.replace('price + tax;', 'Math.round(price);'),
  'a file with a syntax error': text.replace('price + tax;\n}', 'Math.round(price + tax);\n'),
  'the function inside of itself': text.replace(
    '  return price + tax;\n',
    `  ${edit.replaceAll('\n', '\n  ').trimEnd()}\n`,
  ),
  nothing: '',
};

test.each(Object.entries(lies))('a proposal of %s does not pass', (_name, answer) => {
  expect(rescue({ text, edit, propose: () => ({ text: answer }) })).toBeUndefined();
});

test('the same proposal passes when it is right', () => {
  const answer = text.replace('price + tax;', 'Math.round(price + tax);');
  expect(rescue({ text, edit, propose: () => ({ text: answer }) })).toMatchObject({ status: 'applied' });
});
