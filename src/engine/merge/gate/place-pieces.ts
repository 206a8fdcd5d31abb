import type { LineIds } from './line-ids.ts';
import type { MergedRows } from './merged-rows.ts';
import type { Piece } from './pieces.ts';

/** Comparisons spent on looking for the pieces of one edit; beyond it the edit is refused, for its text is all alike. */
const budget = 5_000_000;

/** Rows of the result that are not blank, and what the pieces are compared with. */
export interface SolidRows {
  /** Index among all rows. */
  readonly rows: Int32Array;
  readonly ids: Int32Array;
  /** How much a row speaks for a piece that covers it: it is new, or lines are gone at it. */
  readonly weight: Float64Array;
}

/** Solid rows `[start, end)` are the piece. */
export interface Placement {
  readonly piece: Piece;
  readonly start: number;
  readonly end: number;
}

export type Placed =
  | { readonly placements: readonly Placement[] }
  | { readonly missing: Piece; readonly outOfOrder: boolean }
  | { readonly missing: undefined };

/**
 * Where each piece stands in the result: in one run, one behind the other (imports anywhere), so that as much as possible of
 * what is new and gone lies in a piece. `missing: undefined` when the search would take too long.
 */
export function placePieces(pieces: readonly Piece[], solid: SolidRows, ids: LineIds): Placed {
  const wanted = pieces.map(({ lines }) => Int32Array.from(lines, (line) => ids.of(line)));
  const finder = new OccurrenceFinder(solid.ids, wanted);
  const prefix = prefixSums(solid.weight);
  const imports: Placement[] = [];
  const layers: { piece: Piece; steps: Step[] }[] = [];
  let previous: readonly Step[] = [{ start: 0, end: 0, score: 0, before: -1 }];
  for (const [index, piece] of pieces.entries()) {
    const found = finder.find(wanted[index] ?? new Int32Array(0));
    if (found === undefined) return { missing: undefined };
    const length = piece.lines.length;
    if (found.length === 0) return { missing: piece, outOfOrder: false };
    if (piece.isImport) {
      imports.push({ piece, ...heaviest(found, length, prefix) });
      continue;
    }
    const isContinued = layers.at(-1)?.piece.segment === piece.segment;
    const steps = extend(previous, found, length, prefix, isContinued);
    if (steps.length === 0) return { missing: piece, outOfOrder: true };
    layers.push({ piece, steps });
    previous = steps;
  }
  return { placements: join([...imports, ...trace(layers)].sort((one, other) => one.start - other.start)) };
}

interface Step {
  readonly start: number;
  readonly end: number;
  readonly score: number;
  /** Index in the layer before. */
  readonly before: number;
}

/** Pieces of one segment stand side by side where they can; less than the smallest weight. */
const togetherBonus = 0.5;

/** The best way to each occurrence; both layers are in the order of the text. */
function extend(
  previous: readonly Step[],
  found: readonly number[],
  length: number,
  prefix: Float64Array,
  isContinued: boolean,
): Step[] {
  const steps: Step[] = [];
  let next = 0;
  let best = -1;
  for (const start of found) {
    for (let step = previous[next]; step !== undefined && step.end <= start; step = previous[next]) {
      if (best < 0 || step.score >= (previous[best]?.score ?? 0)) best = next;
      next += 1;
    }
    const neighbour = previous[next - 1];
    const isTogether = isContinued && neighbour?.end === start;
    const useNeighbour = isTogether && neighbour.score + togetherBonus > (previous[best]?.score ?? 0);
    const before = useNeighbour ? next - 1 : best;
    const from = previous[before];
    if (from === undefined) continue;
    const end = start + length;
    const score = from.score + weigh(prefix, start, end) + (useNeighbour ? togetherBonus : 0);
    steps.push({ start, end, score, before });
  }
  return steps;
}

function trace(layers: readonly { piece: Piece; steps: readonly Step[] }[]): Placement[] {
  const placements: Placement[] = [];
  let index = -1;
  for (const { piece, steps } of layers.toReversed()) {
    if (index < 0)
      steps.forEach((step, at) => (index = index < 0 || step.score > (steps[index]?.score ?? 0) ? at : index));
    const step = steps[index];
    if (step === undefined) break;
    placements.push({ piece, start: step.start, end: step.end });
    index = step.before;
  }
  return placements.reverse();
}

/** Pieces of a segment that came to stand side by side are one: what is between them is between lines of the edit. */
function join(placements: readonly Placement[]): Placement[] {
  const runs: Placement[][] = [];
  for (const placement of placements) {
    const run = runs.at(-1);
    const first = run?.[0]?.piece;
    const { piece } = placement;
    const isNext = run?.at(-1)?.end === placement.start && first?.segment === piece.segment;
    if (run !== undefined && isNext && first.firstLine <= piece.firstLine) run.push(placement);
    else runs.push([placement]);
  }
  return runs.flatMap((run) => (run.length > 1 ? joinRun(run) : run));
}

function joinRun(run: readonly Placement[]): Placement[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  const piece: Piece = {
    ...first.piece,
    lines: run.flatMap((one) => one.piece.lines),
    blanksBefore: run.flatMap(({ piece: { blanksBefore, blanksAbove } }, at) =>
      at === 0 ? blanksBefore : [blanksAbove, ...blanksBefore.slice(1)],
    ),
    isImport: run.every((one) => one.piece.isImport),
    markerAfter: last.piece.markerAfter,
  };
  return [{ piece, start: first.start, end: last.end }];
}

function heaviest(found: readonly number[], length: number, prefix: Float64Array): { start: number; end: number } {
  let best = found[0] ?? 0;
  for (const start of found)
    if (weigh(prefix, start, start + length) > weigh(prefix, best, best + length)) best = start;
  return { start: best, end: best + length };
}

function prefixSums(weight: Float64Array): Float64Array {
  const sums = new Float64Array(weight.length + 1);
  weight.forEach((value, index) => (sums[index + 1] = (sums[index] ?? 0) + value));
  return sums;
}

function weigh(prefix: Float64Array, start: number, end: number): number {
  return (prefix[end] ?? 0) - (prefix[start] ?? 0);
}

class OccurrenceFinder {
  readonly #ids: Int32Array;
  readonly #positions = new Map<number, number[]>();
  #left = budget;

  /** @param all that will be looked for */
  constructor(ids: Int32Array, all: readonly Int32Array[]) {
    this.#ids = ids;
    for (const wanted of all) for (const id of wanted) this.#positions.set(id, []);
    ids.forEach((id, index) => this.#positions.get(id)?.push(index));
  }

  /** Starts of all runs that equal `wanted`, in order; `undefined` when the budget is spent. */
  find(wanted: Int32Array): number[] | undefined {
    let rarest = 0;
    let fewest: readonly number[] | undefined;
    for (let index = 0; index < wanted.length; index += 1) {
      const positions = this.#positions.get(wanted[index] ?? -1) ?? [];
      if (fewest === undefined || positions.length < fewest.length) {
        fewest = positions;
        rarest = index;
      }
    }
    const found: number[] = [];
    for (const position of fewest ?? []) {
      const start = position - rarest;
      if (start < 0 || start + wanted.length > this.#ids.length) continue;
      let length = 0;
      while (length < wanted.length && this.#ids[start + length] === wanted[length]) length += 1;
      this.#left -= length + 1;
      if (this.#left < 0) return undefined;
      if (length === wanted.length) found.push(start);
    }
    return found;
  }
}

/** The solid rows of a result, weighed by what the candidate did at them. */
export function solidRows(merged: MergedRows, lineIds: LineIds): SolidRows {
  const all = lineIds.ofRows(merged);
  const rows = new Int32Array(all.length);
  let count = 0;
  for (let row = 0; row < all.length; row += 1) if (all[row] !== -1) rows[count++] = row;
  return weighRows(merged, rows.subarray(0, count), all);
}

function weighRows(merged: MergedRows, rows: Int32Array, ids: Int32Array): SolidRows {
  const weight = new Float64Array(rows.length);
  const solidAt = (row: number): number => lowerBound(rows, row);
  for (const hunk of merged.hunks) {
    for (let at = solidAt(hunk.rowStart); at < solidAt(hunk.rowEnd); at += 1) weight[at] = 4;
    if (hunk.end > hunk.start) {
      // what is gone counts at the row behind it and the row before it
      for (const at of [solidAt(hunk.rowEnd), solidAt(hunk.rowStart) - 1])
        if (at >= 0 && at < weight.length) weight[at] = (weight[at] ?? 0) + 1;
    }
  }
  return {
    rows,
    ids: ids.filter((id) => id !== -1),
    weight,
  };
}

/** First index in a sorted list whose value is not below `value`. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
