import type { LineTable } from './line-table.ts';
import { mirrored } from './mirrored.ts';
import type { SegmentRows } from './segment-rows.ts';

/** What a line costs that comes in, in bits; its echo comes on top. */
const insertedLine = 0.15;

/** One direction of the alignment: the backward one sees everything mirrored. */
interface Side {
  readonly exact: Int32Array;
  readonly loose: Int32Array;
  readonly blankBefore: Uint8Array;
}

export interface AlignInput {
  readonly segment: Side;
  readonly file: Side;
  /** For each row of the segment the rows of the file that equal it but for their indentation, in order. */
  readonly equalRows: readonly (readonly number[])[];
  readonly weight: Float64Array;
  readonly looseWeight: Float64Array;
  /** Cost of all rows before each, deleted in the file or inserted from the segment. */
  readonly deleted: Float64Array;
  readonly inserted: Float64Array;
  /** What speaks for each row of the segment when it is one of several that copy others. */
  readonly copied: Float64Array;
  /** Of rows inserted at an open end. */
  readonly outside: Float64Array;
  /** What the run of matches that begins at each row of the file says beyond the matches themselves. */
  readonly edge: Float64Array;
  /** The same for the run that ends before each row. */
  readonly tail: Float64Array;
  readonly startsFile: boolean;
  readonly endsFile: boolean;
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

/** What the aligner sees, from the beginning and from the end. */
export function alignInputs(rows: SegmentRows, table: LineTable): readonly [AlignInput, AlignInput] {
  const { segment } = rows;
  const { weight, looseWeight } = table;
  const edges = { start: !segment.markerBefore, end: !segment.markerAfter };
  const insertion = (echo: number): number => insertedLine + echo;
  const { head, tail } = rows;
  const equalRows = Array.from(rows.loose, (number) => table.rowsOfLoose.get(number) ?? []);
  const lastRow = table.exact.length - 1;
  const forward: AlignInput = {
    segment: rows,
    file: table,
    equalRows,
    weight,
    looseWeight,
    deleted: sums(weight, deletionCost),
    inserted: sums(rows.echo, insertion),
    copied: rows.copied,
    outside: sums(rows.outside, insertion),
    edge: head,
    tail,
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
    equalRows: equalRows.map((at) => at.map((row) => lastRow - row).reverse()).reverse(),
    weight: mirrored(weight),
    looseWeight: mirrored(looseWeight),
    deleted: sums(mirrored(weight), deletionCost),
    inserted: sums(mirrored(rows.echo), insertion),
    copied: mirrored(rows.copied),
    outside: sums(mirrored(rows.outside), insertion),
    edge: mirrored(tail),
    tail: mirrored(head),
    startsFile: edges.end,
    endsFile: edges.start,
  };
  return [forward, backward];
}
