/** A piece of C or C++ text that means something to the grammar; comments are left out. */
export interface CToken {
  readonly kind: 'word' | 'sign' | 'literal' | 'directive';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /\/\/(?:[^\n\\]|\\[^])*|\/\*[^]*?(?:\*\/|$)|R"([^()\s\\]{0,16})\([^]*?\)\1"|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|[\p{ID_Start}_$][\p{ID_Continue}$]*|\d[\w.']*|::|\S/gu;

/** A whole preprocessor line, with those that a backslash joins to it. */
const directive = /#(?:\/\*[^]*?\*\/|\\\r?\n|[^\n])*/y;

export function readCTokens(text: string): CToken[] {
  const tokens: CToken[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = match.index;
    let [part] = match;
    if (part.startsWith('//') || part.startsWith('/*')) continue;
    const kind = kindOf(part, text, start);
    if (kind === 'directive') {
      directive.lastIndex = start;
      part = (directive.exec(text)?.[0] ?? part).trimEnd();
      pattern.lastIndex = start + part.length;
    }
    tokens.push({ kind, text: part, start, end: start + part.length });
  }
  return tokens;
}

function kindOf(part: string, text: string, start: number): CToken['kind'] {
  if (/^(?:R?"|'|\d)/.test(part)) return 'literal';
  if (/^[\p{ID_Start}_$]/u.test(part)) return 'word';
  return part === '#' && isFirstOfLine(text, start) ? 'directive' : 'sign';
}

function isFirstOfLine(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at -= 1;
  return at < 0 || text.charCodeAt(at) === 10 || text.charCodeAt(at) === 13;
}
