import type { LineTable } from './line-table.ts';
import type { SegmentRows } from './segment-rows.ts';

/**
 * How an end of a placement is held. `line`: the outermost line of the segment stands there in the file. `open`: the
 * segment begins (ends) with new lines, put in before (behind) a line that stands. `file`: the file itself begins (ends) there.
 */
export type Hold = 'line' | 'open' | 'file';

/** Rows `[start, end)` of the file give way to the segment. */
export interface Placement {
  readonly start: number;
  readonly end: number;
  /** Bits that speak for it: matched lines for, deleted and inserted ones against. */
  readonly score: number;
  readonly head: Hold;
  readonly tail: Hold;
}

// What it costs, in bits: a run of deleted lines, and the same with nothing new in its place; a run of new lines and each
// of them; an end without an anchor; a blank line on one side only.
const deletionStart = 2;
const nothingInstead = 2.5;
const insertionStart = 1;
const insertedLine = 0.15;
const openEnd = 16;
const blankDiffers = 0.75;

const impossible = -1e9;
const holds: readonly Hold[] = ['line', 'open', 'file'];

/** One direction of the alignment: the backward one sees everything mirrored. */
interface Side {
  readonly exact: Int32Array;
  readonly loose: Int32Array;
  readonly blankBefore: Uint8Array;
}

interface AlignInput {
  readonly segment: Side;
  readonly file: Side;
  readonly weight: Float64Array;
  readonly looseWeight: Float64Array;
  /** Cost of all rows before each, deleted in the file or inserted from the segment. */
  readonly deleted: Float64Array;
  readonly inserted: Float64Array;
  /** Of rows inserted at an open end. */
  readonly outside: Float64Array;
  /** What the run of matches that begins at each row of the file says beyond the matches themselves. */
  readonly edge: Float64Array;
  /** The same for the run that ends before each row. */
  readonly tail: Float64Array;
  readonly startsFile: boolean;
  readonly endsFile: boolean;
}

function mirrored<T extends Int32Array | Float64Array>(values: T): T {
  return values.slice().reverse() as T;
}

function mirroredBlanks(blankBefore: Uint8Array, behindLast: number): Uint8Array {
  const result = new Uint8Array(blankBefore.length);
  for (let row = 0; row < result.length; row += 1)
    result[row] = row === 0 ? behindLast : (blankBefore[result.length - row] ?? 0);
  return result;
}

function sums(values: ArrayLike<number>, cost: (value: number) => number): Float64Array {
  const result = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1)
    result[index + 1] = (result[index] ?? 0) + cost(values[index] ?? 0);
  return result;
}

/** A deleted line costs up to a bit: closers and other lines that stand everywhere less. */
function deletionCost(weight: number): number {
  return 0.3 + 0.07 * weight;
}

function inputs(rows: SegmentRows, table: LineTable): readonly [AlignInput, AlignInput] {
  const { segment } = rows;
  const { weight, looseWeight } = table;
  const edges = { start: !segment.markerBefore, end: !segment.markerAfter };
  const insertion = (echo: number): number => insertedLine + echo;
  const head = edgeBits(rows.exact, table.exact, weight);
  const tail = edgeBits(mirrored(rows.exact), mirrored(table.exact), mirrored(weight));
  const forward: AlignInput = {
    segment: rows,
    file: table,
    weight,
    looseWeight,
    deleted: sums(weight, deletionCost),
    inserted: sums(rows.echo, insertion),
    outside: sums(rows.outside, insertion),
    edge: head,
    tail: mirrored(tail),
    startsFile: edges.start,
    endsFile: edges.end,
  };
  const backward: AlignInput = {
    segment: {
      exact: mirrored(rows.exact),
      loose: mirrored(rows.loose),
      blankBefore: mirroredBlanks(rows.blankBefore, segment.blankAfter > 0 ? 1 : 0),
    },
    file: {
      exact: mirrored(table.exact),
      loose: mirrored(table.loose),
      blankBefore: mirroredBlanks(table.blankBefore, 0),
    },
    weight: mirrored(weight),
    looseWeight: mirrored(looseWeight),
    deleted: sums(mirrored(weight), deletionCost),
    inserted: sums(mirrored(rows.echo), insertion),
    outside: sums(mirrored(rows.outside), insertion),
    edge: tail,
    tail: mirrored(head),
    startsFile: edges.end,
    endsFile: edges.start,
  };
  return [forward, backward];
}

/**
 * Where a segment begins and ends is told by the lines there. Within it a line may stand for another one by chance, above all in
 * code that was copied and changed; so a match counts this much at most, and in full only in the run at either end.
 */
const interiorMatch = 4;

/** For each row of the file: what the run of equal lines from there says beyond {@link interiorMatch} for each. */
function edgeBits(segment: Int32Array, file: Int32Array, weight: Float64Array): Float64Array {
  const bits = new Float64Array(file.length + 1);
  const longest = Math.ceil(segment.length / 2);
  for (let start = 0; start < file.length; start += 1) {
    for (let length = 0; length < longest && segment[length] === file[start + length]; length += 1)
      bits[start] = (bits[start] ?? 0) + Math.max(0, (weight[start + length] ?? 0) - interiorMatch);
  }
  return bits;
}

/** Best alignment for each end: its score, and where it begins as `row * 4 + hold`. */
interface Ends {
  readonly score: Float64Array;
  readonly origin: Int32Array;
  readonly hold: Uint8Array;
}

class Aligner {
  readonly #input: AlignInput;
  readonly #ends: Ends;
  /** Score and origin of alignments that end in a match, a deletion or an insertion; one row of the segment each. */
  #match: Float64Array;
  #matchBefore: Float64Array;
  readonly #gone: Float64Array;
  readonly #fresh: Float64Array;
  #matchOrigin: Int32Array;
  #matchOriginBefore: Int32Array;
  readonly #goneOrigin: Int32Array;
  readonly #freshOrigin: Int32Array;

  constructor(input: AlignInput) {
    this.#input = input;
    const size = input.file.exact.length + 1;
    const scores = (): Float64Array => new Float64Array(size).fill(impossible);
    this.#ends = { score: scores(), origin: new Int32Array(size), hold: new Uint8Array(size) };
    this.#match = scores();
    this.#matchBefore = scores();
    this.#gone = scores();
    this.#fresh = scores();
    this.#matchOrigin = new Int32Array(size);
    this.#matchOriginBefore = new Int32Array(size);
    this.#goneOrigin = new Int32Array(size);
    this.#freshOrigin = new Int32Array(size);
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
    const { segment, file, weight, looseWeight } = this.#input;
    const exact = segment.exact[row] ?? -1;
    const loose = segment.loose[row] ?? -1;
    const outer = row === 0 || row === count - 1;
    const size = file.exact.length;
    this.#match[0] = impossible;
    for (let at = 0; at < size; at += 1) {
      let score = impossible;
      if (exact >= 0 && file.exact[at] === exact) score = Math.min(interiorMatch, weight[at] ?? 0);
      else if (!outer && loose >= 0 && file.loose[at] === loose)
        score = 0.3 * Math.min(interiorMatch, looseWeight[at] ?? 0);
      this.#match[at + 1] = impossible;
      if (score === impossible) continue;
      this.#enter(row, at, score);
      this.#leave(row, at + 1, count);
    }
  }

  /** The best way to come to a match of segment row `row` and file row `at`. */
  #enter(row: number, at: number, score: number): void {
    const { segment, file, deleted, inserted, outside, edge, startsFile } = this.#input;
    const blank = segment.blankBefore[row] === file.blankBefore[at] ? 0 : blankDiffers;
    let best = row === 0 ? (edge[at] ?? 0) - blank : -openEnd - (outside[row] ?? 0);
    let origin = at * 4 + (row === 0 ? 0 : 1);
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
    const { deleted, inserted } = this.#input;
    const size = deleted.length;
    const cost = (inserted[row + 1] ?? 0) - (inserted[row] ?? 0);
    this.#insertRow(cost);
    // what was deleted behind the row before stays open only through the insertions above
    this.#gone[0] = impossible;
    for (let at = 1; at < size; at += 1) {
      const line = (deleted[at] ?? 0) - (deleted[at - 1] ?? 0);
      const opened = (this.#match[at - 1] ?? impossible) - deletionStart;
      const longer = this.#gone[at - 1] ?? impossible;
      const fresh = opened >= longer;
      this.#gone[at] = (fresh ? opened : longer) - line;
      this.#goneOrigin[at] = (fresh ? this.#matchOrigin[at - 1] : this.#goneOrigin[at - 1]) ?? 0;
    }
  }

  #insertRow(cost: number): void {
    const size = this.#fresh.length;
    for (let at = 0; at < size; at += 1) {
      const matched = (this.#matchBefore[at] ?? impossible) - insertionStart;
      const gone = (this.#gone[at] ?? impossible) - insertionStart;
      let best = this.#fresh[at] ?? impossible;
      let origin = this.#freshOrigin[at] ?? 0;
      if (matched >= best) [best, origin] = [matched, this.#matchOriginBefore[at] ?? 0];
      if (gone > best) [best, origin] = [gone, this.#goneOrigin[at] ?? 0];
      this.#fresh[at] = best - cost;
      this.#freshOrigin[at] = origin;
    }
  }
}

/** How many comparisons of lines one segment costs. */
export function alignmentWork(rows: SegmentRows, table: LineTable): number {
  return 2 * rows.exact.length * table.exact.length;
}

/**
 * Places for a segment: for each row that it could end behind the best beginning, and for each row that it could begin
 * with the best end. The best and the second best of all places are among them.
 */
export function alignSegment(rows: SegmentRows, table: LineTable): Placement[] {
  const [forward, backward] = inputs(rows, table);
  const size = table.exact.length;
  const found = new Map<string, Placement>();
  const add = (placement: Placement): void => {
    const key = `${placement.start}:${placement.end}:${placement.head}:${placement.tail}`;
    const known = found.get(key);
    if (known === undefined || known.score < placement.score) found.set(key, placement);
  };
  const collect = (
    ends: Ends,
    place: (near: number, far: number, nearHold: Hold, farHold: Hold, score: number) => void,
  ): void => {
    ends.score.forEach((score, end) => {
      if (score <= impossible / 2) return;
      const origin = ends.origin[end] ?? 0;
      place(origin >> 2, end, holds[origin & 3] ?? 'line', holds[ends.hold[end] ?? 0] ?? 'line', score);
    });
  };
  collect(new Aligner(forward).run(), (start, end, head, tail, score) => {
    add({ start, end, head, tail, score });
  });
  collect(new Aligner(backward).run(), (start, end, head, tail, score) => {
    add({ start: size - end, end: size - start, head: tail, tail: head, score });
  });
  return [...found.values()].sort((a, b) => b.score - a.score || a.start - b.start || a.end - b.end);
}
