import type { AlignInput } from './align-input.ts';
import { interiorMatch } from './match-bits.ts';

// What it costs, in bits: a run of deleted lines, and the same with nothing new in its place; a run of new lines;
// an end without an anchor; a blank line on one side only.
const deletionStart = 2;
const nothingInstead = 2.5;
const insertionStart = 1;
export const openEnd = 16;
const blankDiffers = 0.75;
/** That nothing goes where new lines come in speaks for them, in bits. */
const nothingGoes = 3;

const impossible = -1e9;

/** Best alignment for each end: its score, and where it begins as `row * 8 + hold`, with 4 on top when it has copies. */
export interface Ends {
  readonly score: Float64Array;
  readonly origin: Int32Array;
  readonly hold: Uint8Array;
}

/** One pass of the alignment, from the first row of the segment to the last. */
export class Aligner {
  readonly #input: AlignInput;
  readonly #ends: Ends;
  /** Score and origin of alignments that end in a match, a deletion or an insertion; one row of the segment each. */
  #match: Float64Array;
  #matchBefore: Float64Array;
  readonly #gone: Float64Array;
  readonly #fresh: Float64Array;
  /** The same for new lines between two lines that stand next to each other in the file: these may be copies. */
  readonly #copied: Float64Array;
  #matchOrigin: Int32Array;
  #matchOriginBefore: Int32Array;
  readonly #goneOrigin: Int32Array;
  readonly #freshOrigin: Int32Array;
  readonly #copiedOrigin: Int32Array;

  constructor(input: AlignInput) {
    this.#input = input;
    const size = input.file.exact.length + 1;
    const scores = (): Float64Array => new Float64Array(size).fill(impossible);
    this.#ends = { score: scores(), origin: new Int32Array(size), hold: new Uint8Array(size) };
    this.#match = scores();
    this.#matchBefore = scores();
    this.#gone = scores();
    this.#fresh = scores();
    this.#copied = scores();
    this.#matchOrigin = new Int32Array(size);
    this.#matchOriginBefore = new Int32Array(size);
    this.#goneOrigin = new Int32Array(size);
    this.#freshOrigin = new Int32Array(size);
    this.#copiedOrigin = new Int32Array(size);
  }

  run(): Ends {
    const count = this.#input.segment.exact.length;
    for (let row = 0; row < count; row += 1) {
      this.#matchRow(row, count);
      this.#gapRow(row);
      [this.#match, this.#matchBefore] = [this.#matchBefore, this.#match];
      [this.#matchOrigin, this.#matchOriginBefore] = [this.#matchOriginBefore, this.#matchOrigin];
    }
    return this.#ends;
  }

  /** Fills the matches of one row of the segment, and leaves through them. */
  #matchRow(row: number, count: number): void {
    const { segment, file, weight, looseWeight, equalRows } = this.#input;
    const exact = segment.exact[row] ?? -1;
    const outer = row === 0 || row === count - 1;
    this.#match.fill(impossible);
    for (const at of equalRows[row] ?? []) {
      let score: number;
      if (file.exact[at] === exact) score = Math.min(interiorMatch, weight[at] ?? 0);
      else if (!outer) score = 0.3 * Math.min(interiorMatch, looseWeight[at] ?? 0);
      else continue;
      this.#enter(row, at, score);
      this.#leave(row, at + 1, count);
    }
  }

  /** The best way to come to a match of segment row `row` and file row `at`. */
  #enter(row: number, at: number, score: number): void {
    const { segment, file, deleted, inserted, outside, edge, startsFile } = this.#input;
    const blank = segment.blankBefore[row] === file.blankBefore[at] ? 0 : blankDiffers;
    let best = row === 0 ? (edge[at] ?? 0) - blank : -openEnd - (outside[row] ?? 0);
    let origin = at * 8 + (row === 0 ? 0 : 1);
    if (startsFile && (row > 0 || at === 0)) {
      const gone = at > 0 ? deletionStart + (deleted[at] ?? 0) : 0;
      const whole = -gone + (row > 0 ? -insertionStart - (inserted[row] ?? 0) : (edge[at] ?? 0));
      if (whole >= best) [best, origin] = [whole, 2];
    }
    const matched = (this.#matchBefore[at] ?? impossible) - blank;
    if (matched > best) [best, origin] = [matched, this.#matchOriginBefore[at] ?? 0];
    const gone = (this.#gone[at] ?? impossible) - nothingInstead;
    if (gone > best) [best, origin] = [gone, this.#goneOrigin[at] ?? 0];
    const fresh = this.#fresh[at] ?? impossible;
    if (fresh > best) [best, origin] = [fresh, this.#freshOrigin[at] ?? 0];
    const copied = this.#copied[at] ?? impossible;
    if (copied > best) [best, origin] = [copied, (this.#copiedOrigin[at] ?? 0) | 4];
    this.#match[at + 1] = best + score;
    this.#matchOrigin[at + 1] = origin;
  }

  /** Ends the segment behind a match of its row `row`: what follows of it is new. */
  #leave(row: number, end: number, count: number): void {
    const { deleted, inserted, outside, endsFile } = this.#input;
    const score = this.#match[end] ?? impossible;
    const origin = this.#matchOrigin[end] ?? 0;
    const rest = (inserted[count] ?? 0) - (inserted[row + 1] ?? 0);
    const beyond = (outside[count] ?? 0) - (outside[row + 1] ?? 0);
    const last = row === count - 1;
    this.#end(end, last ? score + this.#tailBits(end) : score - openEnd - beyond, origin, last ? 0 : 1);
    if (!endsFile) return;
    const size = deleted.length - 1;
    if (last && end < size) return;
    const gone = end < size ? deletionStart + (deleted[size] ?? 0) - (deleted[end] ?? 0) : 0;
    const tail = last ? this.#tailBits(end) : -insertionStart - rest;
    this.#end(size, score - gone + tail, origin, 2);
  }

  #tailBits(end: number): number {
    return this.#input.tail[end] ?? 0;
  }

  #end(end: number, score: number, origin: number, hold: number): void {
    const { score: scores, origin: origins, hold: kinds } = this.#ends;
    if (score < (scores[end] ?? impossible) || score <= impossible / 2) return;
    if (score === scores[end] && hold < (kinds[end] ?? 0)) return;
    scores[end] = score;
    origins[end] = origin;
    kinds[end] = hold;
  }

  /** Alignments that go on behind the matches of one row by deleting lines of the file or inserting lines of the segment. */
  #gapRow(row: number): void {
    const { inserted } = this.#input;
    this.#copyRow(this.#input.copied[row] ?? 0);
    this.#insertRow((inserted[row + 1] ?? 0) - (inserted[row] ?? 0));
    // what was deleted behind the row before stays open only through the insertions above
    this.#deleteRow();
  }

  // These three see every line of the file for every line of the edit: fields and bounds are looked up beforehand.

  #deleteRow(): void {
    const { deleted } = this.#input;
    const [match, gone, matchOrigin, goneOrigin] = [this.#match, this.#gone, this.#matchOrigin, this.#goneOrigin];
    const size = gone.length;
    let [score, origin] = [impossible, goneOrigin[0] ?? 0];
    gone[0] = impossible;
    for (let at = 1; at < size; at += 1) {
      const opened = (match[at - 1] ?? impossible) - deletionStart;
      if (opened >= score) [score, origin] = [opened, matchOrigin[at - 1] ?? 0];
      score -= (deleted[at] ?? 0) - (deleted[at - 1] ?? 0);
      gone[at] = score;
      goneOrigin[at] = origin;
    }
  }

  #copyRow(bits: number): void {
    const [match, copied, matchOrigin] = [this.#matchBefore, this.#copied, this.#matchOriginBefore];
    const copiedOrigin = this.#copiedOrigin;
    const size = copied.length;
    for (let at = 0; at < size; at += 1) {
      const opened = (match[at] ?? impossible) + nothingGoes - insertionStart;
      const longer = copied[at] ?? impossible;
      if (opened >= longer) {
        copied[at] = opened + bits;
        copiedOrigin[at] = matchOrigin[at] ?? 0;
      } else copied[at] = longer + bits;
    }
  }

  #insertRow(cost: number): void {
    const [match, gone, fresh] = [this.#matchBefore, this.#gone, this.#fresh];
    const [matchOrigin, goneOrigin, freshOrigin] = [this.#matchOriginBefore, this.#goneOrigin, this.#freshOrigin];
    const size = fresh.length;
    for (let at = 0; at < size; at += 1) {
      const matched = (match[at] ?? impossible) - insertionStart;
      const deleted = (gone[at] ?? impossible) - insertionStart;
      let best = fresh[at] ?? impossible;
      if (matched >= best) {
        best = matched;
        freshOrigin[at] = matchOrigin[at] ?? 0;
      }
      if (deleted > best) {
        best = deleted;
        freshOrigin[at] = goneOrigin[at] ?? 0;
      }
      fresh[at] = best - cost;
    }
  }
}

/** Whether an end was reached at all. */
export function isReached(score: number): boolean {
  return score > impossible / 2;
}
