import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/engine/edit.ts';
import { mergeEdit } from '../../../src/engine/merge/merge-edit.ts';
import type { OutlinePort } from '../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../src/engine/merge/source-language.ts';
import { openOutlines, parsedLanguages } from '../../apply/open-outlines.ts';
import { isExpressible, lazySnippet, randomEdit, wording, type RandomEdit, type Wording } from './random-edit.ts';
import { realEdit } from './real-edit.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines(...parsedLanguages);
});

/** The merged text; `undefined` when the edit is refused, or said to be in the file already. */
function merged(text: string, edit: string, language: SourceLanguage): string | undefined {
  const result = mergeEdit({ text, edit, language, strictness: 'balanced' }, port);
  if (result.status === 'unchanged') expect(holdsAll(text, edit)).toBe(true);
  return result.status === 'applied' ? applyEdits(text, result.edits) : undefined;
}

/** Each part of the edit between markers stands in the text, in order: it has nothing to add. */
function holdsAll(text: string, edit: string): boolean {
  const solid = (lines: string): string[] =>
    lines
      .split(/\r\n|\n|\r/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  let rest = ` ${solid(text).join(' ')} `;
  let part: string[] = [];
  for (const line of [...solid(edit), '…']) {
    if (!/\.\.\.|…/.test(line)) {
      part.push(line);
      continue;
    }
    const wanted = part.length === 0 ? ' ' : ` ${part.join(' ')} `;
    const at = rest.indexOf(wanted);
    if (at < 0) return false;
    rest = ` ${rest.slice(at + wanted.length)}`;
    part = [];
  }
  return true;
}

/** The same edits in each run, so that a test that fails is one that has changed; `APPLY_SEED=n` takes others. */
const runs = { numRuns: 200, seed: Number(process.env['APPLY_SEED'] ?? 1) };

/** Files made of a few words, which repeat their lines, and files that people wrote; each with an edit and its wording. */
const worded: fc.Arbitrary<readonly [RandomEdit, Wording]> = fc.oneof(
  fc.tuple(randomEdit, wording),
  fc.tuple(
    realEdit,
    // without a marker at its ends an edit is a list of definitions, and says nothing of lines between them
    wording.map((how) => ({ ...how, edges: true, context: Math.max(1, how.context) })),
  ),
);

/** How bytes may differ that the edit does not speak of. */
const dress = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  finalNewline: fc.boolean(),
  emoji: fc.boolean(),
  editLineEnd: fc.constantFrom('\n', '\r\n'),
});

describe('a lazy snippet made from a difference', () => {
  it('gives the wanted file or is refused', () => {
    fc.assert(
      fc.property(worded, ([edit, how]) => {
        fc.pre(isExpressible(edit, how));
        const snippet = lazySnippet(edit, how);
        const result = merged(`${edit.before.join('\n')}\n`, `${snippet.join('\n')}\n`, edit.language);
        if (result !== undefined) expect(result).toBe(`${edit.after.join('\n')}\n`);
      }),
      runs,
    );
  });

  it('leaves line ends, the final newline and strange characters as they are', () => {
    fc.assert(
      fc.property(fc.oneof(randomEdit, realEdit), dress, (edit, { lineEnd, finalNewline, emoji, editLineEnd }) => {
        const dressed = (lines: readonly string[]): string =>
          [...(emoji && edit.language === 'javascript' ? ['// 👩‍👩‍👧 ünï'] : []), ...lines].join(lineEnd) +
          (finalNewline ? lineEnd : '');
        const how = { context: 4, marker: '// ... existing code ...', edges: true, dedented: false };
        fc.pre(isExpressible(edit, how));
        const snippet = lazySnippet(edit, how);
        const result = merged(dressed(edit.before), snippet.join(editLineEnd), edit.language);
        if (result !== undefined) expect(result).toBe(dressed(edit.after));
      }),
      runs,
    );
  });

  it('changes nothing more when it is applied again', () => {
    fc.assert(
      fc.property(worded, ([edit, how]) => {
        fc.pre(isExpressible(edit, how));
        const snippet = `${lazySnippet(edit, how).join('\n')}\n`;
        const once = merged(`${edit.before.join('\n')}\n`, snippet, edit.language);
        const twice = once === undefined ? undefined : merged(once, snippet, edit.language);
        if (twice !== undefined) expect(twice).toBe(once);
      }),
      runs,
    );
  });
});
