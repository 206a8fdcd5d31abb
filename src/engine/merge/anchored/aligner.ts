import type { AlignInput } from './align-input.ts';
import { BestBefore } from './best-before.ts';
import { exactBits } from './exact-bits.ts';
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

/** Best alignment for each end: its score, and where it begins as `row * 8 + hold`, with 4 on top when it has copies. */
export interface Ends {
  /** `-Infinity` where none ends. */
  readonly score: Float64Array;
  readonly origin: Int32Array;
  readonly hold: Uint8Array;
}

/** Alignments that end with a match of one row: behind which row of the file, in order, with score and origin. */
interface Matches {
  readonly columns: number[];
  readonly values: number[];
  readonly tags: number[];
}

function noMatches(): Matches {
  return { columns: [], values: [], tags: [] };
}

/**
 * One pass of the alignment, from the first row of the segment to the last. Only pairs of equal rows are looked at. What goes or
 * comes between two of them costs a difference of sums; as bits are exact, an alignment can be kept as what it scores less the
 * sums up to its end, and those are added where it goes on.
 */
export class Aligner {
  readonly #input: AlignInput;
  readonly #ends: Ends;
  /** Alignments that end with a match of the row before this one, and of the one before that. */
  #before = noMatches();
  #earlier = noMatches();
  /** Of all rows before those, to go on behind lines that take the place of others. */
  readonly #replaced = new BestBefore();
  /** The same for each end, to go on there behind new lines, and behind new lines that may be copies. */
  readonly #fresh: Float64Array;
  readonly #freshOrigin: Int32Array;
  readonly #copied: Float64Array;
  readonly #copiedOrigin: Int32Array;
  /** Matches of the row before that were passed, and the best of them to go on behind lines that are deleted. */
  #passed = 0;
  #gone = -Infinity;
  #goneOrigin = 0;
  /** Best way to come to the match in hand. */
  #best = -Infinity;
  #origin = 0;

  constructor(input: AlignInput) {
    this.#input = input;
    const size = input.file.exact.length + 1;
    const scores = (): Float64Array => new Float64Array(size).fill(-Infinity);
    this.#ends = { score: scores(), origin: new Int32Array(size), hold: new Uint8Array(size) };
    this.#fresh = scores();
    this.#copied = scores();
    this.#freshOrigin = new Int32Array(size);
    this.#copiedOrigin = new Int32Array(size);
  }

  run(): Ends {
    const count = this.#input.exact.length;
    for (let row = 0; row < count; row += 1) {
      if (row > 1) this.#keep(this.#earlier, row - 1);
      [this.#before, this.#earlier] = [this.#matchRow(row, count), this.#before];
    }
    return this.#ends;
  }

  /** Finds the matches of one row of the segment, and leaves through them. */
  #matchRow(row: number, count: number): Matches {
    const { file, exact, loose } = this.#input;
    const isOuter = row === 0 || row === count - 1;
    const matches = noMatches();
    [this.#passed, this.#gone] = [0, -Infinity];
    this.#replaced.rewind();
    for (const at of file.rowsOf(loose[row] ?? -1)) {
      let bits: number;
      if (file.exact[at] === exact[row]) bits = Math.min(interiorMatch, file.weight[at] ?? 0);
      else if (!isOuter) bits = exactBits(0.3 * Math.min(interiorMatch, file.looseWeight[at] ?? 0));
      else continue;
      this.#enter(row, at);
      if (row > 0) this.#goOn(row, at);
      const score = this.#best + bits;
      matches.columns.push(at + 1);
      matches.values.push(score);
      matches.tags.push(this.#origin);
      this.#leave(row, at + 1, count, score);
    }
    return matches;
  }

  /** Begins with a match of segment row `row` and file row `at`: what comes before it in the segment is new. */
  #enter(row: number, at: number): void {
    const { file, inserted, outside, edge, startsFile } = this.#input;
    this.#best = row === 0 ? (edge[at] ?? 0) - this.#blankBits(row, at) : -openEnd - (outside[row] ?? 0);
    this.#origin = at * 8 + (row === 0 ? 0 : 1);
    if (!startsFile || (row === 0 && at > 0)) return;
    const gone = at > 0 ? deletionStart + (file.deleted[at] ?? 0) : 0;
    const whole = -gone + (row > 0 ? -insertionStart - (inserted[row] ?? 0) : (edge[at] ?? 0));
    if (whole >= this.#best) [this.#best, this.#origin] = [whole, 2];
  }

  /** Goes on with that match from one of an earlier row, when that is better. */
  #goOn(row: number, at: number): void {
    const { file, inserted, copied } = this.#input;
    const gone = file.deleted[at] ?? 0;
    this.#passBefore(at);
    const { columns, values, tags } = this.#before;
    if (columns[this.#passed] === at)
      this.#offer((values[this.#passed] ?? 0) - this.#blankBits(row, at), tags[this.#passed] ?? 0);
    this.#offer(this.#gone - deletionStart - gone - nothingInstead, this.#goneOrigin);
    this.#replaced.moveTo(at);
    const fresh = this.#fresh[at] ?? 0;
    const replaced = this.#replaced.value - deletionStart - gone;
    const come = insertionStart + (inserted[row] ?? 0);
    if (fresh >= replaced) this.#offer(fresh - come, this.#freshOrigin[at] ?? 0);
    else this.#offer(replaced - come, this.#replaced.tag);
    const copies = (this.#copied[at] ?? 0) + nothingGoes - insertionStart + (copied[row] ?? 0);
    this.#offer(copies, (this.#copiedOrigin[at] ?? 0) | 4);
  }

  /** Passes the matches of the row before that end before a row of the file. */
  #passBefore(at: number): void {
    const { columns, values, tags } = this.#before;
    const { deleted } = this.#input.file;
    for (; (columns[this.#passed] ?? Infinity) < at; this.#passed += 1) {
      const score = (values[this.#passed] ?? 0) + (deleted[columns[this.#passed] ?? 0] ?? 0);
      if (score >= this.#gone) [this.#gone, this.#goneOrigin] = [score, tags[this.#passed] ?? 0];
    }
  }

  #offer(score: number, origin: number): void {
    if (score > this.#best) [this.#best, this.#origin] = [score, origin];
  }

  #blankBits(row: number, at: number): number {
    return this.#input.blankBefore[row] === this.#input.file.blankBefore[at] ? 0 : blankDiffers;
  }

  /** Keeps matches for rows of the segment beyond the next: `row`, which will be new behind them. */
  #keep({ columns, values, tags }: Matches, row: number): void {
    const { file, inserted, copied } = this.#input;
    const [come, copies] = [inserted[row] ?? 0, copied[row] ?? 0];
    const replacing = new Float64Array(columns.length);
    for (let index = 0; index < columns.length; index += 1) {
      const end = columns[index] ?? 0;
      const score = values[index] ?? 0;
      const origin = tags[index] ?? 0;
      replacing[index] = score + come + (file.deleted[end] ?? 0);
      if (score + come >= (this.#fresh[end] ?? 0)) {
        this.#fresh[end] = score + come;
        this.#freshOrigin[end] = origin;
      }
      if (score - copies >= (this.#copied[end] ?? 0)) {
        this.#copied[end] = score - copies;
        this.#copiedOrigin[end] = origin;
      }
    }
    this.#replaced.add({ columns, values: replacing, tags });
  }

  /** Ends the segment behind a match of its row `row`: what follows of it is new. */
  #leave(row: number, end: number, count: number, score: number): void {
    const { file, inserted, outside, endsFile } = this.#input;
    const rest = (inserted[count] ?? 0) - (inserted[row + 1] ?? 0);
    const beyond = (outside[count] ?? 0) - (outside[row + 1] ?? 0);
    const last = row === count - 1;
    this.#end(end, last ? score + this.#tailBits(end) : score - openEnd - beyond, last ? 0 : 1);
    if (!endsFile) return;
    const size = file.deleted.length - 1;
    if (last && end < size) return;
    const gone = end < size ? deletionStart + (file.deleted[size] ?? 0) - (file.deleted[end] ?? 0) : 0;
    const tail = last ? this.#tailBits(end) : -insertionStart - rest;
    this.#end(size, score - gone + tail, 2);
  }

  #tailBits(end: number): number {
    return this.#input.tail[end] ?? 0;
  }

  #end(end: number, score: number, hold: number): void {
    const { score: scores, origin: origins, hold: kinds } = this.#ends;
    if (score < (scores[end] ?? -Infinity)) return;
    if (score === scores[end] && hold < (kinds[end] ?? 0)) return;
    scores[end] = score;
    origins[end] = this.#origin;
    kinds[end] = hold;
  }
}

/** Whether an end was reached at all. */
export function isReached(score: number): boolean {
  return score > -Infinity;
}
