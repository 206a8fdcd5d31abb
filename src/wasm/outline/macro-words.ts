import type { CToken } from './c-tokens.ts';

/** Capitals, and the formats of C's inttypes.h. */
export const macroName = /^(?:[A-Z][A-Z0-9_]+|PRI[diouxX]\w+)$/;
export const heads: ReadonlySet<string> = new Set(['class', 'struct', 'union', 'enum']);
/** Words that may stand before a type without being one. */
export const noTypes: ReadonlySet<string> = new Set(
  'return case goto else do const volatile static extern inline virtual constexpr consteval constinit typedef friend public private protected register mutable explicit typename template using namespace operator new delete throw co_return co_yield co_await sizeof and or not if while for switch'.split(
    ' ',
  ),
);
export const typeWords: ReadonlySet<string> = new Set(
  'void char short int long float double signed unsigned bool auto const struct union enum wchar_t char8_t char16_t char32_t size_t'.split(
    ' ',
  ),
);
export const afterSuffix: ReadonlySet<string> = new Set([';', '{', '=', ':', 'override', 'final', 'const', 'noexcept']);
export const endsHeader: ReadonlySet<string> = new Set([')', 'const', 'override', 'final', 'noexcept']);
/** Macros that stand for the head of a block. */
export const blockHead = /(?:^|_)(?:TRY|CATCH)$/;
export const directiveInclude = /\b(?:__has_include|\w+_HAS_INCLUDE)\s*\(\s*(?:<[^>\n]*>|"[^"\n]*")\s*\)/g;
export const cplusplus = /^#\s*if(?:def\s+|\s+defined\s*\(?\s*)__cplusplus\b/;

/** A type with a `*`, or of built-in words alone. */
export function isTypeName(argument: readonly CToken[]): boolean {
  const isPlain = argument.every(({ kind, text }) => kind === 'word' || text === '*' || text === '::');
  return isPlain && (argument.at(-1)?.text === '*' || argument.every(({ text }) => typeWords.has(text)));
}

/** A keyword or a literal where a parameter would stand. */
export function isNoName([only, ...rest]: readonly CToken[]): boolean {
  if (only === undefined || rest.length > 0) return false;
  return only.kind === 'literal' || typeWords.has(only.text) || noTypes.has(only.text);
}
