import { indentOf, isStrong } from './line-strength.ts';
import { numberLines, type LineNumbers } from '../line-numbers.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import type { MergedRows } from './merged-rows.ts';
import { lowerBound, type SolidRows } from './place-pieces.ts';

/** Comparisons of lines for all questions about a file; only texts whose lines are all alike need so many. */
const budget = 5_000_000;

/** Lines of the file that stand together in file and result, blank ones apart. */
export type Run = readonly number[];

/** Lines `[from, to)` of the file. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Runs of kept rows from solid row `from` until `to` (which is not looked at), in either direction; what goes ends a run too. */
export function keptRuns({ rows }: MergedRows, solid: SolidRows, from: number, to: number): Run[] {
  const runs: number[][] = [];
  const step = Math.sign(to - from);
  // a line of the file and its row are as far apart as those before, unless lines went or came between
  let offset: number | undefined;
  for (let at = from; step !== 0 && at !== to; at += step) {
    const row = solid.rows[at] ?? -1;
    const origin = rows[row]?.origin ?? -1;
    if (origin < 0) {
      offset = undefined;
      continue;
    }
    if (offset !== origin - row) runs.push([]);
    offset = origin - row;
    runs.at(-1)?.push(origin);
  }
  if (step < 0) for (const run of runs) run.reverse();
  return runs;
}

/** The lines of the file that are not blank. */
export class FileLines {
  readonly #all: readonly string[];
  readonly #lines: string[] = [];
  readonly #index: number[] = [];
  readonly #numbers: LineNumbers;

  #left = budget;

  constructor(lines: readonly string[]) {
    this.#all = lines;
    this.#numbers = numberLines(lines);
    trimmedLines(lines).forEach((trimmed, index) => {
      if (trimmed === '') return;
      this.#lines.push(trimmed);
      this.#index.push(index);
    });
  }

  /** The answers are no longer complete. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** Stands in one place only, and says enough to be recognised. */
  isUnique(run: Run): boolean {
    return this.isStrong(run) && this.#placesOf(this.#textOf(run), 2).length === 1;
  }

  /** How often a line without white space around it stands there. */
  countOf(trimmed: string): number {
    return this.#positionsOf(trimmed).length;
  }

  /** Has a line that says something. */
  isStrong(run: Run): boolean {
    return this.#textOf(run).some(isStrong);
  }

  /**
   * Where it stands within lines `[from, to)` of the file; positions count lines that are not blank.
   * @param exactly begins as deep as it does
   */
  placesWithin(run: Run, { from, to }: Span, exactly: boolean): number[] {
    const first = lowerBound(this.#index, from);
    const last = lowerBound(this.#index, to);
    return this.#placesOf(this.#textOf(run), Infinity).filter(
      (place) =>
        place >= first &&
        place + run.length <= last &&
        (!exactly || this.#depthAt(place) === indentOf(this.#all[run[0] ?? -1] ?? '')),
    );
  }

  /** Where lines of an edit stand, at most this far from a position; positions count lines that are not blank. */
  placesNear(lines: readonly string[], place: number, reach: number): number[] {
    const wanted = lines.map((line) => line.trim());
    if (!wanted.some(isStrong)) return [];
    return this.#placesOf(wanted, Infinity).filter((found) => found !== place && Math.abs(found - place) <= reach);
  }

  /** The lines themselves, without white space around them. */
  linesWithin({ from, to }: Span): readonly string[] {
    return this.#lines.slice(lowerBound(this.#index, from), lowerBound(this.#index, to));
  }

  #depthAt(place: number): string {
    return indentOf(this.#all[this.lineAt(place)] ?? '');
  }

  /** Begins on one of the lines `[start, end)` of the file. */
  standsWithin(run: Run, start: number, end: number): boolean {
    return this.#placesOf(this.#textOf(run), Infinity).some((place) => {
      const line = this.#index[place] ?? -1;
      return start <= line && line < end;
    });
  }

  /** Line of the file at a position among those that are not blank. */
  lineAt(place: number): number {
    return this.#index[place] ?? -1;
  }

  placeOf(line: number): number {
    return lowerBound(this.#index, line);
  }

  #textOf(run: Run): string[] {
    return run.map((index) => this.#lines[lowerBound(this.#index, index)] ?? '');
  }

  #positionsOf(trimmed = ''): readonly number[] {
    return this.#numbers.places[this.#numbers.numberOf.get(trimmed) ?? -1] ?? [];
  }

  /** By the line that stands in the fewest places. */
  #placesOf(wanted: readonly string[], limit: number): number[] {
    let rarest = 0;
    let fewest = this.#positionsOf(wanted[0]);
    for (let offset = 1; offset < wanted.length && fewest.length > 1; offset += 1) {
      const positions = this.#positionsOf(wanted[offset]);
      if (positions.length >= fewest.length) continue;
      fewest = positions;
      rarest = offset;
    }
    const places: number[] = [];
    for (const position of fewest) {
      if (places.length >= limit) break;
      const start = position - rarest;
      let length = 0;
      while (length < wanted.length && this.#lines[start + length] === wanted[length]) length += 1;
      this.#left -= length + 1;
      if (this.#left < 0) break;
      if (length === wanted.length) places.push(start);
    }
    return places;
  }
}
