import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { isWholeCode } from '../../../src/engine/merge/anchored/whole-code.ts';
import { isImportLine } from '../../../src/engine/merge/gate/pieces.ts';
import type { SourceLanguage } from '../../../src/engine/merge/source-language.ts';
import { changed, type Change, type RandomEdit } from './random-edit.ts';

interface SourceFile {
  readonly language: SourceLanguage;
  readonly lines: readonly string[];
}

const mergeSources = new URL('../../../src/engine/merge/gate/', import.meta.url);
const ownCases = new URL('../../apply/own-cases.jsonl', import.meta.url);

/** Files that people wrote: those of the own cases, in eight languages, and a part of this project's. */
function realFiles(): SourceFile[] {
  const own = readFileSync(ownCases, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly code: string; readonly language: SourceLanguage })
    .filter(({ code }) => !code.includes('\r'))
    .map(({ code, language }): SourceFile => ({ language, lines: code.trimEnd().split('\n') }));
  const project = readdirSync(mergeSources)
    .sort()
    .map((name): SourceFile => {
      const text = readFileSync(new URL(name, mergeSources), 'utf8');
      return { language: 'typescript', lines: text.trimEnd().split('\n') };
    });
  return [...own, ...project].filter(({ lines }) => lines.length >= 12);
}

const endsStatement: Readonly<Partial<Record<SourceLanguage, string>>> = { python: '', go: '' };

/** A line that the file does not have, or a copy of one that it has with another name in it. */
function freshLine(language: SourceLanguage, line: string, number: number, isCopy: boolean): string {
  if (!isCopy) return `step${number}(value)${endsStatement[language] ?? ';'}`;
  return line.trim().replace(/([\p{L}_]\w*)(?!.*[\p{L}_]\w)/u, `$1Next${number}`);
}

/** No header of a definition or a block, nothing that belongs to one, and no import: where that stands is free. */
function isStatement(line: string): boolean {
  return /\w\w/.test(line) && !/^\s*[@#]|:\s*$|^\S.*\)\s*$/.test(line) && !isImportLine(line.trim());
}

/** A real file with one to three hunks of changes anywhere in it. */
export const realEdit: fc.Arbitrary<RandomEdit> = fc.constantFrom(...realFiles()).chain(({ language, lines }) => {
  const isPlace = (line: string): boolean => isStatement(line) && isWholeCode([line]);
  const places = lines.flatMap((line, index) => (isPlace(line) ? [index] : []));
  const change: fc.Arbitrary<Change> = fc
    .record({
      at: fc.constantFrom(...places),
      kind: fc.constantFrom('insert', 'replace', 'delete'),
      fresh: fc.array(fc.tuple(fc.nat(999), fc.boolean()), { minLength: 1, maxLength: 3 }),
    })
    .map(({ at, kind, fresh }) => ({
      at,
      kind,
      lines: fresh.map(([number, isCopy]) => freshLine(language, lines[at] ?? '', number, isCopy)),
    }));
  return fc
    .uniqueArray(change, { minLength: 1, maxLength: 3, selector: ({ at }) => at })
    .map((changes) => changed(language, lines, changes));
});
