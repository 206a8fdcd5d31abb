const literal = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
const closes: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Whether lines could stand anywhere by themselves: brackets and comments that they open they close, and no others. */
export function isWholeCode(lines: readonly string[]): boolean {
  const open: string[] = [];
  let inComment = false;
  for (const line of lines) {
    let code = line.replace(literal, ' ');
    if (inComment) {
      const end = code.indexOf('*/');
      if (end < 0) continue;
      code = code.slice(end + 2);
      inComment = false;
    }
    code = code.replace(/\/\*.*?\*\//g, ' ').replace(/(?:^|\s)(?:\/\/|#).*$/, ' ');
    const comment = code.indexOf('/*');
    if (comment >= 0) {
      inComment = true;
      code = code.slice(0, comment);
    }
    for (const sign of code) {
      if (sign === '(' || sign === '[' || sign === '{') open.push(sign);
      else if (closes[sign] !== undefined && open.pop() !== closes[sign]) return false;
    }
  }
  return open.length === 0 && !inComment;
}
