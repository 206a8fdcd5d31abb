import type { Ast } from '../ast.ts';

/** The text that a regular expression of nothing but plain characters stands for. */
export interface PlainRegExp {
  readonly text: string;
  /** It ends with `$`. */
  readonly isAtEnd: boolean;
}

/** Reads a literal without flags and without characters that have a meaning of their own; `undefined` for any other. */
export function plainRegExp(ast: Ast, expression: number): PlainRegExp | undefined {
  if (!ast.is(expression, 'RegExpLiteral')) return undefined;
  const [, source = ''] = /^\/(.*)\/$/s.exec(ast.source(expression)) ?? [];
  // letters and digits behind a backslash are classes or characters of another name
  const [, characters = '', end = ''] = /^((?:[^\\^$.*+?()[\]{}|]|\\[^A-Za-z0-9\s])+)(\$?)$/.exec(source) ?? [];
  const text = characters.replace(/\\(.)/g, '$1');
  return text === '' ? undefined : { text, isAtEnd: end !== '' };
}

/** A text as a string literal, in the quotes that need fewer backslashes. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(/[\\]/g, '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}
