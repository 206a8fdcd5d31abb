import { exactBits } from './exact-bits.ts';
import type { LineTable } from './line-table.ts';
import { mirrored } from './mirrored.ts';
import type { SegmentRows } from './segment-rows.ts';

/** What a line costs that comes in, in bits; its echo comes on top. */
const insertedLine = 0.15;

/** The file as one direction of the alignment sees it: the backward one has everything mirrored. */
interface FileSide {
  readonly exact: Int32Array;
  readonly blankBefore: Uint8Array;
  readonly weight: Float64Array;
  readonly looseWeight: Float64Array;
  /** Cost of all rows before each, deleted. */
  readonly deleted: Float64Array;
  /** The rows that equal a line but for their indentation, in order. */
  rowsOf(loose: number): readonly number[];
}

export interface AlignInput {
  readonly file: FileSide;
  readonly exact: Int32Array;
  readonly loose: Int32Array;
  readonly blankBefore: Uint8Array;
  /** Cost of all rows of the segment before each, inserted. */
  readonly inserted: Float64Array;
  /** What speaks for all rows of the segment before each when they are some of several that copy others. */
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
  return exactBits(0.3 + 0.07 * weight);
}

function insertionCost(echo: number): number {
  return exactBits(insertedLine + echo);
}

function asItIs(bits: number): number {
  return bits;
}

/** The same for all parts of an edit. */
const knownSides = new WeakMap<LineTable, readonly [FileSide, FileSide]>();

function sidesOf(table: LineTable): readonly [FileSide, FileSide] {
  const known = knownSides.get(table) ?? [forwardSide(table), backwardSide(table)];
  knownSides.set(table, known);
  return known;
}

function forwardSide(table: LineTable): FileSide {
  const { exact, blankBefore, weight, looseWeight } = table;
  const rowsOf = (loose: number): readonly number[] => table.rowsOfLoose[loose] ?? [];
  return { exact, blankBefore, weight, looseWeight, deleted: sums(weight, deletionCost), rowsOf };
}

function backwardSide(table: LineTable): FileSide {
  const lastRow = table.exact.length - 1;
  const weight = mirrored(table.weight);
  const rows = new Map<number, readonly number[]>();
  const rowsOf = (loose: number): readonly number[] => {
    const known = rows.get(loose) ?? (table.rowsOfLoose[loose] ?? []).map((row) => lastRow - row).reverse();
    rows.set(loose, known);
    return known;
  };
  return {
    exact: mirrored(table.exact),
    blankBefore: mirroredBlanks(table.blankBefore, 0),
    weight,
    looseWeight: mirrored(table.looseWeight),
    deleted: sums(weight, deletionCost),
    rowsOf,
  };
}

/** What the aligner sees, from the beginning and from the end. */
export function alignInputs(rows: SegmentRows, table: LineTable): readonly [AlignInput, AlignInput] {
  const { segment, head, tail } = rows;
  const [forward, backward] = sidesOf(table);
  const edges = { start: !segment.markerBefore, end: !segment.markerAfter };
  return [
    {
      file: forward,
      exact: rows.exact,
      loose: rows.loose,
      blankBefore: rows.blankBefore,
      inserted: sums(rows.echo, insertionCost),
      copied: sums(rows.copied, asItIs),
      outside: sums(rows.outside, insertionCost),
      edge: head,
      tail,
      startsFile: edges.start,
      endsFile: edges.end,
    },
    {
      file: backward,
      exact: mirrored(rows.exact),
      loose: mirrored(rows.loose),
      blankBefore: mirroredBlanks(rows.blankBefore, segment.blankAfter > 0 ? 1 : 0),
      inserted: sums(mirrored(rows.echo), insertionCost),
      copied: sums(mirrored(rows.copied), asItIs),
      outside: sums(mirrored(rows.outside), insertionCost),
      edge: mirrored(tail),
      tail: mirrored(head),
      startsFile: edges.end,
      endsFile: edges.start,
    },
  ];
}
