import ts from 'typescript';
import type { FileChange } from '../../src/app/file-result.ts';
import type { Edit } from '../../src/engine/edit.ts';
import { languageOfPath } from '../../src/engine/language.ts';
import { isStackOverflow } from '../../src/shared/stack-overflow.ts';
import { textProblems } from '../rules/harness/check-rewrite.ts';

/**
 * What is wrong with a change of a file, judged without the engine's own gate and edit code; empty when nothing is. The
 * result must parse for oxc and, where the original does, for TypeScript's own parser; comments and everything between the
 * edits must be as before; no kind of line end may be new.
 */
export function changeProblems(path: string, { before, after, edits }: FileChange): string[] {
  const language = languageOfPath(path);
  if (language === undefined) return [`${path} is in no language that booster reads`];
  return [
    ...editProblems(before, after, edits),
    ...textProblems({ input: before, language, level: 'safe' }, after),
    ...typescriptProblems(path, before, after),
    ...lineEndProblems(before, after),
  ];
}

function editProblems(before: string, after: string, edits: readonly Edit[]): string[] {
  const problems: string[] = [];
  let rebuilt = '';
  let at = 0;
  let last: Edit | undefined;
  for (const edit of edits) {
    const { start, end, text } = edit;
    const isSamePlace = last?.start === start && last.end === end && start === end;
    if (start < at || isSamePlace) problems.push(`edits overlap at ${start}`);
    if (start > end || end > before.length) problems.push(`edit ${start}–${end} of ${before.length} is out of range`);
    if (splitsUnit(before, start) || splitsUnit(before, end)) problems.push(`edit ${start}–${end} splits a character`);
    if (start === end && text === '') problems.push(`edit at ${start} does nothing`);
    rebuilt += before.slice(at, start) + text;
    at = end;
    last = edit;
  }
  if (rebuilt + before.slice(at) !== after) problems.push('something outside of the edits changed');
  if (before === after) problems.push('the change changes nothing');
  return problems;
}

/** Inside a surrogate pair or a CRLF. */
function splitsUnit(text: string, at: number): boolean {
  return /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

/**
 * Says nothing where TypeScript does not accept the original either (oxc takes `xs: return[]`): what it then says of any
 * text depends on how it recovers. The same where the code is too deep for it.
 */
function typescriptProblems(path: string, before: string, after: string): string[] {
  if (syntaxErrors(path, before)?.length !== 0) return [];
  const errors = syntaxErrors(path, after) ?? [];
  return errors.map((error) => `TypeScript's parser does not accept the result: ${error}`);
}

function syntaxErrors(path: string, text: string): string[] | undefined {
  try {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
    // not in the public type, and the only way to the errors of a parse without a program
    const diagnostics = Reflect.get(source, 'parseDiagnostics') as readonly ts.Diagnostic[];
    return diagnostics.map(({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  } catch (error) {
    if (isStackOverflow(error)) return undefined;
    throw error;
  }
}

const lineEnds = { CRLF: /\r\n/, LF: /(?<!\r)\n/, CR: /\r(?!\n)/ };

function lineEndProblems(before: string, after: string): string[] {
  return Object.entries(lineEnds)
    .filter(([, pattern]) => /[\r\n]/.test(before) && !pattern.test(before) && pattern.test(after))
    .map(([name]) => `the result has ${name} line ends, the file had none`);
}
