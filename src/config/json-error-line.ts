const token =
  /[ \t\r\n]*(?:([[\]{},:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)\b))/y;

/** What may come next: a value, a value or `]`, a key, a key or `}`, a colon, or a comma or the closing bracket. */
type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'separator';

/**
 * The 1-based line in which a text stops being JSON. For texts that `JSON.parse` refused: its own messages name no place
 * for some errors, and differ between Node versions.
 */
export function jsonErrorLine(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    const next: Expected | undefined = match === null ? undefined : step(expected, match, open);
    if (match === null || next === undefined) break;
    expected = next;
    at = token.lastIndex;
    if (expected === 'separator' && open.length === 0) break;
  }
  const place = at + (/^[ \t\r\n]*/.exec(text.slice(at))?.[0].length ?? 0);
  return text.slice(0, place).split(/\r\n|\r|\n/).length;
}

/** What is expected after a token, or `undefined` when the token may not stand there. */
function step(expected: Expected, match: RegExpExecArray, open: string[]): Expected | undefined {
  const [, punctuation, string] = match;
  const isKeyPlace = expected === 'key' || expected === 'first-key';
  if (punctuation === undefined) {
    if (isKeyPlace) return string === undefined ? undefined : 'colon';
    return expected === 'value' || expected === 'first-value' ? 'separator' : undefined;
  }
  if (punctuation === ':') return expected === 'colon' ? 'value' : undefined;
  if (punctuation === ',') {
    if (expected !== 'separator') return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  if (punctuation === '{' || punctuation === '[') {
    if (expected !== 'value' && expected !== 'first-value') return undefined;
    open.push(punctuation);
    return punctuation === '{' ? 'first-key' : 'first-value';
  }
  const opener = punctuation === '}' ? '{' : '[';
  const isEmpty = expected === (opener === '{' ? 'first-key' : 'first-value');
  if (open.at(-1) !== opener || !(isEmpty || expected === 'separator')) return undefined;
  open.pop();
  return 'separator';
}
