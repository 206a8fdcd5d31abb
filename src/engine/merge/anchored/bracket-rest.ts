const literal = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
/** Without one of these a line changes nothing. */
const telling = /[()[\]{}]|\/\*/;
const commentEnd = /\*\//;
const quote = /["'`]/;
/** What can begin a comment. */
const commentSign = /\/[/*]|#/;
const bracket = /[()[\]{}]/g;
const closes: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * The brackets that lines leave unmatched, closing ones before opening ones: what they need around them to parse. Comments and
 * literals that end on their line do not count. `undefined` when a comment stays open or brackets of two kinds cross.
 */
export function bracketRest(lines: readonly string[]): string | undefined {
  const rest: string[] = [];
  let inComment = false;
  for (const line of lines) {
    if (!(inComment ? commentEnd : telling).test(line)) continue;
    let code = quote.test(line) ? line.replace(literal, ' ') : line;
    if (inComment) {
      const end = code.indexOf('*/');
      if (end < 0) continue;
      code = code.slice(end + 2);
      inComment = false;
    }
    if (commentSign.test(code)) {
      code = code.replace(/\/\*.*?\*\//g, ' ').replace(/(?:^|\s)(?:\/\/|#).*$/, ' ');
      const comment = code.indexOf('/*');
      if (comment >= 0) {
        inComment = true;
        code = code.slice(0, comment);
      }
    }
    for (const sign of code.match(bracket) ?? []) {
      const opener = closes[sign];
      if (opener === undefined) rest.push(sign);
      else if (rest.at(-1) === opener) rest.pop();
      else if (rest.length > 0 && closes[rest.at(-1) ?? ''] === undefined) return undefined;
      else rest.push(sign);
    }
  }
  return inComment ? undefined : rest.join('');
}
