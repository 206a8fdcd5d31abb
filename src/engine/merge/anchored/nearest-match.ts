import type { Refusal } from '../merge.ts';
import type { Segment } from '../snippet.ts';
import { lineSimilarity } from './line-similarity.ts';

/** Lines of the file that are compared with one line of the edit. */
const maximumLines = 20_000;
const likeEnough = 0.5;

/** The line of the file that is most like the first telling line of a segment, as a refusal shows it. */
export function nearestMatch(segment: Segment, lines: readonly string[]): Pick<Refusal, 'candidates' | 'difference'> {
  const wanted = segment.lines.find((line) => /[\p{L}\p{N}]{2}/u.test(line)) ?? segment.lines[0] ?? '';
  let best = likeEnough;
  let at = -1;
  for (let index = 0; index < Math.min(lines.length, maximumLines); index += 1) {
    const similarity = lineSimilarity(lines[index] ?? '', wanted);
    if (similarity > best) [best, at] = [similarity, index];
  }
  const found = lines[at];
  if (found === undefined) return { candidates: [] };
  return {
    candidates: [{ startLine: at + 1, endLine: at + 1, text: found }],
    difference: { line: at + 1, found, expected: wanted },
  };
}
