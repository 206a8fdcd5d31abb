const word = /[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu;
/** Of a line; the rest of a longer one is not compared. */
const maximumWords = 200;

/** Share of words and signs that two lines have in common, from 0 to 1 (Dice's coefficient over multisets). */
export function lineSimilarity(a: string, b: string): number {
  if (a.trim() === b.trim()) return 1;
  const left = wordsOf(a);
  const right = wordsOf(b);
  if (left.length === 0 || right.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const token of left) counts.set(token, (counts.get(token) ?? 0) + 1);
  let common = 0;
  for (const token of right) {
    const count = counts.get(token) ?? 0;
    if (count === 0) continue;
    counts.set(token, count - 1);
    common += 1;
  }
  return (2 * common) / (left.length + right.length);
}

function wordsOf(line: string): readonly string[] {
  const words: string[] = line.slice(0, 8 * maximumWords).match(word) ?? [];
  return words.length > maximumWords ? words.slice(0, maximumWords) : words;
}
