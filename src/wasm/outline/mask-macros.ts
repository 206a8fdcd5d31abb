import { readCTokens } from './c-tokens.ts';
import type { CToken } from './c-tokens.ts';
import {
  macroName,
  heads,
  noTypes,
  typeWords,
  afterSuffix,
  endsHeader,
  blockHead,
  directiveInclude,
  cplusplus,
  isTypeName,
  isNoName,
} from './macro-words.ts';
import type { Span } from './outliner.ts';

/** A text of the same length in which macros that no grammar can read are blank. */
export interface MaskedText {
  readonly text: string;
  /** What was blanked and belongs to the definition behind it, e.g. an export macro, in order. */
  readonly specifiers: readonly Span[];
}

/**
 * Blanks what the preprocessor would take away and a grammar stumbles over: `API void f();`, `class EXPORT A {`,
 * `BEGIN_NAMESPACE` on a line, `PUBLIC(int) f();`, `int x GUARDED_BY(mu);`. A macro is known by its capitals and by standing
 * where no name can. The rest of the text keeps its place, so that what a parser says of it holds for the original.
 */
export function maskMacros(text: string, isC: boolean): MaskedText {
  return new MacroMasker(text, isC).run();
}

class MacroMasker {
  readonly #text: string;
  readonly #isC: boolean;
  readonly #tokens: readonly CToken[];
  readonly #pieces: { readonly span: Span; readonly by: string }[] = [];
  readonly #specifiers: Span[] = [];
  /** Token behind a template list that is open. */
  #templateEnd = -1;
  #depth = 0;
  /** Index of the last token that was not blanked: what follows stands as if right behind it. */
  #last = -1;

  constructor(text: string, isC: boolean) {
    this.#text = text;
    this.#isC = isC;
    this.#tokens = readCTokens(text);
  }

  run(): MaskedText {
    for (let index = 0; index < this.#tokens.length;) {
      const token = this.#tokens[index];
      if (token === undefined) break;
      const behind = this.#maskAt(token, index);
      if (behind === index) {
        this.#last = index;
        this.#countBraces(token);
        index += 1;
      } else index = behind;
    }
    return { text: this.#result(), specifiers: this.#specifiers };
  }

  #countBraces({ text }: CToken): void {
    if (text === '{') this.#depth += 1;
    else if (text === '}') this.#depth = Math.max(0, this.#depth - 1);
  }

  /** Blanks what begins at a token, if anything does: the index behind it, else the index itself. */
  #maskAt(token: CToken, index: number): number {
    if (token.kind === 'directive') return this.#maskDirective(token, index);
    if (token.kind !== 'word') return index;
    if (token.text === 'template') this.#openTemplate(index);
    if (token.text === 'va_arg') this.#maskTypeArguments(index);
    if (token.text === 'new') this.#maskPointerArray(index);
    if (macroName.test(token.text)) return this.#maskMacro(token, index);
    return this.#isC ? this.#maskLoop(token, index) : index;
  }

  #maskMacro(token: CToken, index: number): number {
    const isCall = this.#tokens[index + 1]?.text === '(';
    const close = isCall ? this.#closing(index + 1) : index;
    if (close < 0) return index;
    const end = this.#tokens[close]?.end ?? token.end;
    const span = { start: token.start, end };
    const next = this.#tokens[close + 1];
    if (index < this.#templateEnd) {
      if (isCall) this.#replace(span, 'int');
      return isCall ? close + 1 : index;
    }
    if (isCall && this.#isTypeInParentheses(index, close)) {
      this.#replace({ start: token.start, end: this.#tokens[index + 1]?.end ?? token.end });
      this.#replace({ start: end - 1, end });
      this.#specifiers.push(span);
      return close + 1;
    }
    const isBlockHead = blockHead.test(token.text) && next?.text === '{' && this.#isAtBoundary();
    if (isBlockHead || this.#isAlone(token, close) || this.#isSuffix(next) || this.#isBesideString(next)) {
      this.#replace(span);
      return close + 1;
    }
    if (this.#isSpecifier(close, isCall)) {
      this.#replace(span);
      this.#specifiers.push(span);
      return close + 1;
    }
    if (isCall) this.#maskTypeArguments(index, next?.text === '{');
    return index;
  }

  /** `"%" PRIu64 "\n"` */
  #isBesideString(next: CToken | undefined): boolean {
    return [this.#previous, next].some((token) => token?.kind === 'literal' && token.text.endsWith('"'));
  }

  /** `PUBLIC(const char *) name(`: the type stays. */
  #isTypeInParentheses(index: number, close: number): boolean {
    const open = this.#tokens[index + 1];
    const last = this.#tokens[close];
    if (open === undefined || last === undefined || !this.#isAtBoundary()) return false;
    if (this.#tokens[close + 1]?.kind !== 'word' || this.#tokens[close + 2]?.text !== '(') return false;
    return /^[\w\s*&:<>]+$/.test(this.#text.slice(open.end, last.start));
  }

  /** On a line of its own, between declarations or statements. */
  #isAlone(token: CToken, close: number): boolean {
    const next = this.#tokens[close + 1];
    const end = this.#tokens[close]?.end ?? token.end;
    if (!this.#isAtBoundary() || (next !== undefined && !/[\n\r]/.test(this.#text.slice(end, next.start))))
      return false;
    if (next === undefined || next.kind === 'directive') return true;
    if (next.kind !== 'word') return ['}', '~', '['].includes(next.text);
    // a type on a line of its own before the function that returns it
    return macroName.test(next.text) || this.#tokens[close + 2]?.text !== '(';
  }

  /** `int x GUARDED_BY(mu);`, `void f() EXCLUDES(mu) {` */
  #isSuffix(next: CToken | undefined): boolean {
    if (next === undefined || !(afterSuffix.has(next.text) || macroName.test(next.text))) return false;
    const before = this.#previous;
    if (before?.text === ')' && next.text === ';') return this.#isBehindFunction();
    if (before !== undefined && endsHeader.has(before.text)) return true;
    if (next.text === ':') return false;
    if (before?.kind !== 'word' || noTypes.has(before.text) || typeWords.has(before.text)) return false;
    const type = this.#tokens[this.#last - 1];
    const pointer = this.#tokens[this.#last - 2]?.text;
    return (
      type !== undefined && (this.#isType(type) || (type.text === 'const' && (pointer === '*' || pointer === '&')))
    );
  }

  /** Behind the parameters of a function that is declared, not of one that is called, nor behind a cast. */
  #isBehindFunction(): boolean {
    let depth = 0;
    for (let at = this.#last; at >= 0; at -= 1) {
      const text = this.#tokens[at]?.text;
      if (text === ')') depth += 1;
      else if (text === '(') depth -= 1;
      if (depth > 0) continue;
      const [name, type] = [this.#tokens[at - 1], this.#tokens[at - 2]];
      return name?.kind === 'word' && type !== undefined && this.#isType(name) && this.#isType(type);
    }
    return false;
  }

  /** Before a type, or between a type and a name. */
  #isSpecifier(close: number, isCall: boolean): boolean {
    const [next, second] = [this.#tokens[close + 1], this.#tokens[close + 2]];
    if (next?.text === '~') return true;
    if (!isCall && this.#previous?.text === '(' && next?.text === '*') return this.#isFunctionPointer(close + 2);
    if (next?.kind !== 'word') return false;
    const before = this.#previous;
    if (before !== undefined && heads.has(before.text)) return ['{', ':', 'final'].includes(second?.text ?? '');
    if (isCall || (before !== undefined && this.#isType(before))) return true;
    if (second?.text === '(') return this.#tokens[this.#closing(close + 2) + 1]?.text === ':';
    const type = next.text === 'const' || next.text === 'volatile' ? close + 2 : close + 1;
    const behind = this.#tokens[type + 1];
    return behind?.kind === 'word' || ['*', '&', '::', '<'].includes(behind?.text ?? '');
  }

  /** `(CALL *name)(` from the name on. */
  #isFunctionPointer(name: number): boolean {
    const isName = this.#tokens[name]?.kind === 'word';
    return isName && this.#tokens[name + 1]?.text === ')' && this.#tokens[name + 2]?.text === '(';
  }

  #isType(token: CToken): boolean {
    return token.kind === 'word' ? !noTypes.has(token.text) : ['*', '&', '>'].includes(token.text);
  }

  #isAtBoundary(): boolean {
    const before = this.#previous;
    return before === undefined || before.kind === 'directive' || [';', '{', '}', ':'].includes(before.text);
  }

  /** `for_each(item, list) {` inside a C function: the braces stay. */
  #maskLoop(token: CToken, index: number): number {
    if (this.#depth === 0 || this.#tokens[index + 1]?.text !== '(' || noTypes.has(token.text)) return index;
    if (!this.#isAtBoundary() && this.#previous?.text !== ')') return index;
    const close = this.#closing(index + 1);
    if (close < 0 || this.#tokens[close + 1]?.text !== '{') return index;
    if (this.#tokens.slice(index, close).some(({ kind }) => kind === 'literal')) return index;
    this.#replace({ start: token.start, end: this.#tokens[close]?.end ?? token.end });
    return close + 1;
  }

  /** `extern "C" {` and its `}` between `#ifdef __cplusplus` and `#endif`; what asks for an include. */
  #maskDirective(token: CToken, index: number): number {
    for (const match of token.text.matchAll(directiveInclude))
      this.#replace({ start: token.start + match.index, end: token.start + match.index + match[0].length }, '1');
    if (!cplusplus.test(token.text)) return index;
    const rest = this.#tokens.slice(index + 1, index + 5);
    const last = rest.findIndex(({ kind }) => kind === 'directive');
    const inside = rest
      .slice(0, last)
      .map(({ text }) => text)
      .join(' ');
    const behind = rest[last];
    if (last < 0 || behind === undefined || !/^#\s*endif/.test(behind.text)) return index;
    if (inside !== 'extern "C" {' && inside !== '}') return index;
    this.#replace({ start: token.start, end: behind.end });
    return index + last + 2;
  }

  #openTemplate(index: number): void {
    let depth = 0;
    for (let at = index + 1; at < this.#tokens.length && at < index + 400; at += 1) {
      const text = this.#tokens[at]?.text;
      if (text === '<' || text === '(') depth += 1;
      else if (text === '>' || text === ')') depth -= 1;
      if (depth <= 0) {
        this.#templateEnd = at;
        return;
      }
    }
  }

  /** Arguments that only a macro can take: `va_arg(list, char *)`, and before a block `TEST(suite, enum) {`. */
  #maskTypeArguments(index: number, isHead = false): void {
    const close = this.#closing(index + 1);
    let start = index + 2;
    for (let at = start; at <= close; at += 1) {
      if (at < close && this.#tokens[at]?.text !== ',') continue;
      const argument = this.#tokens.slice(start, at);
      const [first, last] = [argument[0], argument.at(-1)];
      const isOdd = isHead ? isNoName(argument) : isTypeName(argument);
      if (first !== undefined && last !== undefined && isOdd)
        this.#replace({ start: first.start, end: last.end }, isHead ? 'a'.repeat(last.end - first.start) : '0');
      start = at + 1;
    }
  }

  /** `new T*[n]` is an array of pointers; the grammar does not know it. */
  #maskPointerArray(index: number): void {
    let at = index + 1;
    while (this.#tokens[at]?.kind === 'word' || this.#tokens[at]?.text === '::') at += 1;
    const star = this.#tokens[at];
    if (star?.text === '*' && this.#tokens[at + 1]?.text === '[') this.#replace(star);
  }

  /** Index of the token that closes the parenthesis at an index; -1 when it is far or missing. */
  #closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.#tokens.length && at < open + 1_000; at += 1) {
      const token = this.#tokens[at];
      if (token?.kind === 'directive') return -1;
      if (token?.text === '(') depth += 1;
      else if (token?.text === ')') depth -= 1;
      if (depth === 0) return at;
    }
    return -1;
  }

  get #previous(): CToken | undefined {
    return this.#tokens[this.#last];
  }

  #replace(span: Span, by = ''): void {
    this.#pieces.push({ span, by });
  }

  #result(): string {
    const parts: string[] = [];
    let at = 0;
    for (const { span, by } of [...this.#pieces].sort((a, b) => a.span.start - b.span.start)) {
      if (span.start < at) continue;
      // line ends stay, so that whatever counts lines still counts right
      const blank = this.#text.slice(span.start + by.length, span.end).replace(/[^\n\r]/g, ' ');
      parts.push(this.#text.slice(at, span.start), by, blank);
      at = span.end;
    }
    return parts.join('') + this.#text.slice(at);
  }
}
