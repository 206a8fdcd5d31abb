import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, trimEdit } from '../../../src/engine/edit.ts';
import type { Edit } from '../../../src/engine/edit.ts';
import type { Structure } from '../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../src/engine/merge/source-language.ts';
import { OutlineReader } from '../../../src/wasm/outline/outline-reader.ts';
import { rootOnly } from '../../../src/wasm/tree-builder.ts';

interface OwnCase {
  readonly language: SourceLanguage;
  readonly code: string;
  readonly expected: string;
}

const memoryLimitBytes = 64 * 2 ** 20;
const ownCases = readFileSync('test/apply/own-cases.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as OwnCase);

/** Finds fault with everything, so that scripts are read by tree-sitter too. */
const rejecting = {
  parse: (text: string, language: Parameters<typeof rootOnly>[0]['language']) =>
    rootOnly({ text, language, source: 'oxc', comments: [], problems: [{ message: 'no', offset: 0 }] }),
};

/** A reader that remembers no text. */
async function prepared(language: SourceLanguage): Promise<OutlineReader> {
  const fresh = new OutlineReader({ scripts: rejecting, memoryLimitBytes });
  fresh.outline('(', language);
  await fresh.prepare();
  return fresh;
}

function partsOf(outline: Structure | undefined): unknown {
  return { definitions: outline?.definitions, imports: outline?.imports, errors: outline?.errors };
}

/** Lines of a text that go, come twice or get another word, each as an edit; most of what comes of it has errors. */
function lineEdits(text: string, changes: readonly { readonly at: number; readonly how: string }[]): Edit[] {
  const starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), ({ index, 0: end }) => index + end.length)];
  const edits = new Map<number, Edit>();
  for (const { at, how } of changes) {
    const row = at % starts.length;
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? text.length;
    const line = text.slice(start, end);
    const fresh = { cut: '', twice: line + line, word: line.replace(/[a-z]+/, 'other'), brace: `{${line}` }[how] ?? '';
    edits.set(row, trimEdit(text, { start, end, text: fresh }));
  }
  return [...edits].sort(([one], [other]) => one - other).map(([, edit]) => edit);
}

const change = fc.record({ at: fc.nat(500), how: fc.constantFrom('cut', 'twice', 'word', 'brace') });

describe('the outline of an edited text', () => {
  it('is that of the same text read by itself, for results of own cases', async () => {
    for (const { language, code, expected } of ownCases.filter((_, index) => index % 3 === 0)) {
      const edits = [trimEdit(code, { start: 0, end: code.length, text: expected })];
      const fresh = await prepared(language);
      const base = await prepared(language);
      base.outline(code, language, 'base');
      expect(partsOf(base.outline(expected, language, { base: code, edits }))).toEqual(
        partsOf(fresh.outline(expected, language)),
      );
    }
  });

  it('is that of the same text read by itself, whatever the edits and the line ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ownCases),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        async ({ language, code: lines }, changes, lineEnd) => {
          const code = lines.replaceAll('\n', lineEnd);
          const edits = lineEdits(code, changes);
          const text = applyEdits(code, edits);
          const base = await prepared(language);
          const fresh = await prepared(language);
          base.outline(code, language, 'base');
          expect(partsOf(base.outline(text, language, { base: code, edits }))).toEqual(
            partsOf(fresh.outline(text, language)),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('has the comments and strings of a base when they are asked for, kept or not', async () => {
    const text = '# one\na = "two"\n';
    const own = (await prepared('python')).outline(text, 'python');
    const base = await prepared('python');
    const kept = base.outline(text, 'python', 'base');
    expect([kept?.comments, kept?.strings]).toEqual([own?.comments, own?.strings]);
    const other = await prepared('python');
    const lost = other.outline(text, 'python', 'base');
    other.outline('b = 1\n', 'python', 'base');
    expect([lost?.comments, lost?.strings]).toEqual([Int32Array.of(0, 5), Int32Array.of(10, 15)]);
  });

  it('is found without the base too', async () => {
    const [one] = ownCases;
    if (one === undefined) throw new Error('no cases');
    const { language, code, expected } = one;
    const base = await prepared(language);
    const edits = [trimEdit(code, { start: 0, end: code.length, text: expected })];
    expect(partsOf(base.outline(expected, language, { base: 'another text', edits }))).toEqual(
      partsOf((await prepared(language)).outline(expected, language)),
    );
  });
});
