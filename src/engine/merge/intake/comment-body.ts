/** What stands in a line that is nothing but a comment, or nothing but words. */
export interface CommentBody {
  /** Without comment brackets, and without white space at both ends. */
  readonly body: string;
  /** `false` for a line without any comment prefix: only context tells whether it is meant as code. */
  readonly isComment: boolean;
}

/** Comments with an opening and a closing bracket, as they fill a whole line. Models mix up languages, so all are read in all. */
const brackets: readonly (readonly [string, string])[] = [
  ['{/*', '*/}'],
  ['/*', '*/'],
  ['<!--', '-->'],
  ['(*', '*)'],
  ['{-', '-}'],
  ['{{!--', '--}}'],
  ['{#', '#}'],
  ['<%--', '--%>'],
  ['@*', '*@'],
  ['"""', '"""'],
  ["'''", "'''"],
];

/** Prefixes of line comments, and `*` for a line inside a block comment. */
const prefix = /^(?:\/{2,}!?|#+|-{2,}|;+|%+|\*(?!\/)|rem\b|!)/iu;

/** Vim script and Visual Basic begin comments with a quote; with a second one on the line it is a string. */
const quotePrefix = /^(?:"[^"]*|'[^']*)$/u;

export function commentBody(line: string): CommentBody {
  const trimmed = line.trim();
  for (const [open, close] of brackets) {
    if (trimmed.length >= open.length + close.length && trimmed.startsWith(open) && trimmed.endsWith(close)) {
      const inner = trimmed.slice(open.length, trimmed.length - close.length);
      return { body: inner.replace(/^[*!]+(?=\s)|\*+$/gu, '').trim(), isComment: true };
    }
  }
  const found = prefix.exec(trimmed);
  if (found !== null) return { body: trimmed.slice(found[0].length).trim(), isComment: true };
  if (quotePrefix.test(trimmed)) return { body: trimmed.slice(1).trim(), isComment: true };
  return { body: trimmed, isComment: false };
}
