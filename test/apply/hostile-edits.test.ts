import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/engine/edit.ts';
import { mergeEdit } from '../../src/engine/merge/merge-edit.ts';
import type { OutlinePort } from '../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../src/engine/merge/source-language.ts';
import { openOutlines, parsedLanguages } from './open-outlines.ts';

/** `null` stands for a refusal. */
interface HostileEdit {
  readonly id: string;
  readonly language: SourceLanguage;
  readonly code: string;
  readonly edit: string;
  /** What may come of it. */
  readonly wanted: readonly (string | null)[];
  /** What comes of it today, where that is none of them: a known failure. */
  readonly today?: string | null;
}

const edits = readFileSync(new URL('hostile-edits.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as HostileEdit);

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines(...parsedLanguages);
});

function outcome({ code, edit, language }: HostileEdit): string | null {
  const result = mergeEdit({ text: code, edit, language, strictness: 'balanced' }, port);
  return result.status === 'refused' ? null : applyEdits(code, result.edits);
}

describe('edits that fit more than one place, or say less than they mean', () => {
  it.each(edits.map((one) => [one.id, one] as const))('%s is merged as meant or refused', (_, one) => {
    if (one.today === undefined) expect(one.wanted).toContain(outcome(one));
    else expect(outcome(one)).toBe(one.today);
  });

  it('knows no failure that is a wrong file', () => {
    expect(edits.filter(({ today }) => typeof today === 'string').map(({ id }) => id)).toEqual([]);
  });
});
