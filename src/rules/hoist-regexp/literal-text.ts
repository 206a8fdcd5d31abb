import type { Language } from '../../engine/language.ts';

/** What all engines have known for long. Others may not parse a file that holds such a literal, even where it is never reached. */
const oldFlags = /^[gimsuy]*$/;
/** Look-behind (Safari before 16.4) and flags for a part of the pattern. */
const newSyntax = /\(\?(<[=!]|[ims-]+:)/;
/** Letters, digits, punctuation and symbols, no half of a surrogate pair and nothing that can't be seen. */
const visible = /^[\p{L}\p{N}\p{P}\p{S} ]*$/u;

/**
 * The literal that makes the same object as `new RegExp(pattern, flags)`; `undefined` when that throws, or when a literal could
 * not be read (invisible characters) or might not compile.
 */
export function literalText(pattern: string, flags: string, language: Language): string | undefined {
  const source = sourceOf(pattern, flags);
  // by specification `source` is the text for which a literal gives an equal expression: `/` and line ends are escaped
  if (source === undefined || !visible.test(source) || sourceOf(source, flags) !== source) return undefined;
  if (!oldFlags.test(flags) || newSyntax.test(source)) return undefined;
  const isTyped = language === 'typescript' || language === 'tsx';
  // the compiler refuses references to groups that are not there, which the constructor accepts
  const isDoubtful = /\\\d/.test(source) && sourceOf(source, 'u') === undefined;
  return isTyped && isDoubtful ? undefined : `/${source}/${flags}`;
}

function sourceOf(pattern: string, flags: string): string | undefined {
  try {
    return new RegExp(pattern, flags).source;
  } catch {
    return undefined;
  }
}
