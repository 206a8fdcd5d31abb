import { applyEdits } from '../../../../../src/engine/edit.ts';
import { mergeEdit } from '../../../../../src/engine/merge/merge-edit.ts';
import type { MergeResult, Strictness } from '../../../../../src/engine/merge/merge.ts';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../../../src/engine/merge/source-language.ts';

export interface MergeQuestion {
  readonly file: string;
  readonly edit: string;
  readonly language?: SourceLanguage;
  readonly strictness?: Strictness;
}

/** No parser at all: lines, brackets and indentation. */
export const noParser: OutlinePort = { outline: () => undefined };

export function merge(
  port: OutlinePort,
  { file, edit, language = 'text', strictness = 'balanced' }: MergeQuestion,
): MergeResult {
  return mergeEdit({ text: file, edit, language, strictness }, port);
}

/** The merged file, or the code of the refusal. */
export function merged(port: OutlinePort, question: MergeQuestion): string {
  const result = merge(port, question);
  return result.status === 'refused' ? result.code : applyEdits(question.file, result.edits);
}

/** Lines of a text, for files that are written as lists. */
export function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
