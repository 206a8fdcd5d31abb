import type { FoundFinding } from './find-findings.ts';

/**
 * Findings that can be applied together in one round: their edits do not overlap, and none edits a use of a binding that
 * another relies on. Chosen by place alone, so the order of the rules does not matter; what is left out is looked at again on
 * the new text.
 */
export function selectFindings(found: readonly FoundFinding[]): FoundFinding[] {
  const sorted = [...found].sort((a, b) => compare(a, b));
  const chosen: FoundFinding[] = [];
  const edited = new SortedRanges();
  const relied = new SortedRanges();
  for (const candidate of sorted) {
    const edits = candidate.finding.edits ?? [];
    const offsets = candidate.reliedOffsets;
    if (edits.some(({ start, end }) => edited.touches(start, end) || relied.touches(start, end))) continue;
    if (offsets.some((offset) => edited.touches(offset, offset))) continue;
    chosen.push(candidate);
    for (const { start, end } of edits) edited.add(start, end);
    for (const offset of offsets) relied.add(offset, offset);
  }
  return chosen;
}

/** The innermost rewrite goes first: it ends first, and of those it is the shortest. */
function compare(a: FoundFinding, b: FoundFinding): number {
  const byPlace = a.finding.end - b.finding.end || b.finding.start - a.finding.start;
  if (byPlace !== 0 || a.finding.ruleId === b.finding.ruleId) return byPlace;
  return a.finding.ruleId < b.finding.ruleId ? -1 : 1;
}

/** Ranges that do not touch each other, in order: looked up by halving, as a file may have thousands of findings. */
class SortedRanges {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Adds a range; one that is known already is not added again. */
  add(start: number, end: number): void {
    const index = this.#firstEndingFrom(start);
    if (this.#starts[index] === start && this.#ends[index] === end) return;
    this.#starts.splice(index, 0, start);
    this.#ends.splice(index, 0, end);
  }

  /** `true` when a range overlaps one of these, or ends where one starts. */
  touches(start: number, end: number): boolean {
    return (this.#starts[this.#firstEndingFrom(start)] ?? Infinity) <= end;
  }

  #firstEndingFrom(offset: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
