import type { Structure } from '../outline.ts';
import type { Assembled } from './assembled.ts';
import { isCommentLine } from './comment-line.ts';
import type { GateFailure, GateInput } from './gate-verdict.ts';
import { importedNames } from './imported-names.ts';
import type { SourceLanguage } from '../source-language.ts';
import type { MergedRows } from './merged-rows.ts';

/**
 * G7 and G9: a line with a list of imports stands for all of it, but who sends it may have left out what he does not need. Then
 * the file would use a name that nothing brings in, or bring one in twice.
 */
export function importFailures({ input, merged }: Assembled, after: Structure | undefined): GateFailure[] {
  if (input.outline === undefined || after === undefined) return [];
  const was = statementsOf(input.source, input.outline);
  const is = statementsOf(merged.text, after);
  if (String(was) === String(is)) return [];
  const had = countNames(was, input);
  const has = countNames(is, input);
  const twice = [...has].find(([name, count]) => count > 1 && count > (had.get(name) ?? 0))?.[0];
  if (twice !== undefined) {
    const message = `\`${twice}\` would be imported twice`;
    return [{ gate: 'G7', code: 'E_APPLY_DUPLICATE', message, lines: [] }];
  }
  const lost = [...had.keys()].filter((name) => !has.has(name));
  if (lost.length === 0) return [];
  const kept = codeThatStays(input, merged, was);
  const [name, line] = usedIn(kept, lost, input.language) ?? [];
  if (name === undefined || line === undefined) return [];
  const message = `\`${name}\` would no longer be imported, and line ${line + 1} uses it`;
  return [{ gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [line + 1] }];
}

function statementsOf(text: string, { imports }: Structure): string[] {
  const statements: string[] = [];
  for (let at = 0; at + 1 < imports.length; at += 2) {
    const start = imports[at] ?? 0;
    // what is indented comes in under a condition, and may stand there twice
    if (start === 0 || /[\r\n]/.test(text[start - 1] ?? '')) statements.push(text.slice(start, imports[at + 1]));
  }
  return statements;
}

function countNames(statements: readonly string[], { language }: GateInput): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const statement of statements)
    for (const name of importedNames(statement, language)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

interface CodeLine {
  readonly line: number;
  readonly code: string;
}

/** Lines that the edit leaves alone, without comments, text in quotes, and imports. */
function codeThatStays({ text }: GateInput, { rows }: MergedRows, imports: readonly string[]): CodeLine[] {
  const inImports = new Set(imports.flatMap((statement) => statement.split(/\r\n|\r|\n/).map((line) => line.trim())));
  return rows.flatMap(({ origin }) => {
    const line = text.lines[origin];
    if (line === undefined || isCommentLine(line) || inImports.has(line.trim())) return [];
    return [{ line: origin, code: line.replace(/(["'`])(?:\\.|(?!\1).)*\1/g, '""') }];
  });
}

/** A use that can be of nothing else: nowhere in these lines the name is a parameter, or something that is set or declared. */
function usedIn(
  lines: readonly CodeLine[],
  names: readonly string[],
  language: SourceLanguage,
): readonly [string, number] | undefined {
  // a colon behind a name declares it, but for scripts without types, where it is a key
  const isUntyped = language === 'javascript' || language === 'jsx';
  const colon = isUntyped ? '' : '|:(?!:)|\\?:';
  for (const name of names) {
    const word = `(?<![\\p{L}\\p{N}_$.])${name.replace(/[$.]/g, '\\$&')}(?![\\p{L}\\p{N}_$])`;
    // a Rust path may begin with a crate, which needs no import
    const use = new RegExp(`${word}(?!\\s*:${isUntyped ? '' : ':'})`, 'u');
    const own = new RegExp(
      `(?:const|let|var|function|class|def|fn|for|as|mut|struct|enum|type|interface)\\W+${word}|` +
        `${word}\\s*(?:=(?!=)${colon})|\\([^()]*${word}[^()]*\\)\\s*(?:=>|[{:]|->)`,
      'u',
    );
    const found = lines.find(({ code }) => use.test(code));
    if (found !== undefined && !lines.some(({ code }) => own.test(code))) return [name, found.line];
  }
  return undefined;
}
