import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/engine/edit.ts';
import { mergeEdit } from '../../src/engine/merge/merge-edit.ts';
import type { OutlinePort } from '../../src/engine/merge/outline.ts';
import { sourceLanguageOfName } from '../../src/engine/merge/source-language.ts';
import { openOutlines, parsedLanguages } from './open-outlines.ts';

interface Case {
  readonly id: string;
  readonly language: string;
  readonly code: string;
  readonly edit: string;
  readonly expected: string;
}

/** What a case gives today where that is not the expected file. */
type KnownFailure = { readonly refused: string } | { readonly output: string };

const folder = new URL('.', import.meta.url);
const cases = readFileSync(new URL('own-cases.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);
const knownFailures = JSON.parse(readFileSync(new URL('known-failures.json', folder), 'utf8')) as Record<
  string,
  KnownFailure
>;

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines(...parsedLanguages);
});

function outcome({ code, edit, language }: Case): KnownFailure {
  const source = sourceLanguageOfName(language) ?? 'text';
  const result = mergeEdit({ text: code, edit, language: source, strictness: 'balanced' }, port);
  return result.status === 'refused' ? { refused: result.code } : { output: applyEdits(code, result.edits) };
}

/** The texts say the same but for blank lines. */
function isBlankOnly(one: string, other: string): boolean {
  const solid = (text: string): string => text.replace(/\n\s*\n+/g, '\n').trim();
  return solid(one) === solid(other);
}

describe('own cases', () => {
  it.each(cases.map((one) => [one.id, one] as const))('%s gives what it gave', (id, one) => {
    expect(outcome(one)).toEqual(knownFailures[id] ?? { output: one.expected });
  });

  it('knows no failure that is a wrong file', () => {
    const wrong = cases.filter(({ id, expected }) => {
      const known = knownFailures[id];
      return known !== undefined && 'output' in known && !isBlankOnly(known.output, expected);
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('knows failures of cases that exist, and of no more than a few', () => {
    const ids = new Set(cases.map(({ id }) => id));
    expect(Object.keys(knownFailures).filter((id) => !ids.has(id))).toEqual([]);
    expect(cases.length - Object.keys(knownFailures).length).toBeGreaterThanOrEqual(195);
  });
});
