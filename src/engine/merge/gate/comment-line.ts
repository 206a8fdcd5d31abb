const commentLine = /^\s*(?:\/\/|\/\*|\*(?:[\s/]|$)|#(?:\s+(?!include|define|if|el|endif|pragma|undef)|$)|--\s)/;

/** Whether a line is nothing but comment, or a part of one, in any language. */
export function isCommentLine(line: string): boolean {
  return commentLine.test(line);
}
