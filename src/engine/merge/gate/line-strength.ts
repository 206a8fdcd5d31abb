/** Lines that stand in many places of every file: they hold nothing. */
const commonplace =
  /^(?:[^\w]*|(?:\} ?)?(?:end|else|return|break|continue|pass|try|finally|do|then|begin|fi|done|default:)(?: ?\{)?[\s;,:{})\]]*)$/;

/** Whether a trimmed line says enough to be recognised by. */
export function isStrong(trimmed: string): boolean {
  return /\w\w/.test(trimmed) && !commonplace.test(trimmed);
}

function words(line: string): readonly string[] {
  return line.match(/[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+|[^\s\p{L}\p{N}_$]/gu) ?? [];
}

/** The words of lines that are compared with many others: read once. */
export class KnownWords {
  readonly #known = new Map<string, readonly string[]>();

  readonly of = (line: string): readonly string[] => {
    const known = this.#known.get(line) ?? words(line);
    this.#known.set(line, known);
    return known;
  };
}

/** How much two lines have in common: 0 nothing, 1 all words and signs (in whatever order). */
export function similarity(one: string, other: string, wordsOf = words): number {
  if (one === other) return 1;
  const left = wordsOf(one);
  const right = wordsOf(other);
  if (left.length === 0 || right.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count > 0) shared += 1;
    counts.set(word, count - 1);
  }
  return (2 * shared) / (left.length + right.length);
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
