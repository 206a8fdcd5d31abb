const known = new WeakMap<readonly string[], readonly string[]>();

/** Lines without white space around them; made once for each list, as many rules compare them. */
export function trimmedLines(lines: readonly string[]): readonly string[] {
  const trimmed = known.get(lines) ?? lines.map((line) => line.trim());
  known.set(lines, trimmed);
  return trimmed;
}
