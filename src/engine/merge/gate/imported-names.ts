import type { SourceLanguage } from '../source-language.ts';

/** The names that one statement brings in, as the rest of the file says them; none where that is not told by the statement. */
export function importedNames(statement: string, language: SourceLanguage): readonly string[] {
  const text = statement.replace(/\/\*[\s\S]*?\*\/|(?:\/\/|#(?!\[)).*$/gm, ' ').replace(/\s+/g, ' ');
  const read = readers[language];
  return read === undefined ? [] : read(text.trim()).filter((name) => /^[\p{L}_$][\p{L}\p{N}_$.]*$/u.test(name));
}

const readers: Partial<Record<SourceLanguage, (text: string) => readonly string[]>> = {
  javascript: ofScript,
  jsx: ofScript,
  typescript: ofScript,
  tsx: ofScript,
  python: ofPython,
  rust: ofRust,
  java: ofJava,
};

function ofScript(text: string): readonly string[] {
  const required = /^(?:const|let|var) (.+?) ?= ?require\b/.exec(text)?.[1];
  if (required !== undefined) return listOf(required).map((one) => one.split(':').at(-1)?.trim() ?? '');
  const clause = /^import (?:type )?(.+?) ?from ?["']/.exec(text)?.[1];
  return clause === undefined ? [] : listOf(clause).map((one) => aliasOf(one.replace(/^type /, '')));
}

function ofPython(text: string): readonly string[] {
  const clause = /^from \S+ import (.+)$/.exec(text)?.[1] ?? /^import (.+)$/.exec(text)?.[1];
  return clause === undefined ? [] : listOf(clause).map(aliasOf);
}

function ofRust(text: string): readonly string[] {
  const path = /^(?:pub(?:\([^)]*\))? )?use (.+?);?$/.exec(text)?.[1];
  return path === undefined ? [] : listOf(path).map((one) => aliasOf(one.split('::').at(-1)?.trim() ?? ''));
}

/** Static ones may share a name. */
function ofJava(text: string): readonly string[] {
  const path = /^import (?!static\b)([\w.]+) ?;?$/.exec(text)?.[1];
  return path === undefined ? [] : [path.split('.').at(-1) ?? ''];
}

/** What brackets and commas separate. */
function listOf(clause: string): string[] {
  return clause
    .split(/[,{}()]/)
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.endsWith('::'));
}

function aliasOf(item: string): string {
  return / as ([\p{L}\p{N}_$]+)$/u.exec(item)?.[1] ?? item;
}
