import { findingKey } from '../../engine/finding-key.ts';
import type { PlacedFinding } from '../../engine/optimize.ts';

/** A text and what was found in it. */
export interface Examined {
  readonly text: string;
  readonly findings: readonly PlacedFinding[];
}

/**
 * The findings of `now` that `before` did not have. A finding is the same when the same rule found the same code, wherever
 * that stands, or when it starts in the part that the edit left alone, at the very place of one of the same rule: then the
 * edit was made within code that was slow before.
 */
export function introducedFindings(before: Examined, now: Examined): readonly PlacedFinding[] {
  const known = new Map<string, number>();
  for (const finding of before.findings) count(known, codeKey(finding, before.text), 1);
  const moved = now.findings.filter((finding) => {
    const key = codeKey(finding, now.text);
    if ((known.get(key) ?? 0) === 0) return true;
    count(known, key, -1);
    return false;
  });
  const places = new Set(before.findings.map(findingKey));
  const toBefore = offsetMap(before.text, now.text);
  return moved.filter(({ ruleId, start }) => {
    const at = toBefore(start);
    return at === undefined || !places.has(findingKey({ ruleId, start: at }));
  });
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Indentation and line ends may change with a move. */
function codeKey({ ruleId, start, end }: PlacedFinding, text: string): string {
  return `${ruleId} ${text.slice(start, end).replace(/\s+/g, ' ')}`;
}

/** Offsets of the one text in the other, where both agree from their beginnings or from their ends. */
function offsetMap(before: string, now: string): (offset: number) => number | undefined {
  const shorter = Math.min(before.length, now.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(head) === now.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return (offset) => {
    if (offset < head) return offset;
    return offset >= now.length - tail ? offset - now.length + before.length : undefined;
  };
}
