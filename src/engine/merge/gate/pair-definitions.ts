import type { PlacedDefinition } from './definition-tree.ts';
import { similarity } from './line-strength.ts';
import type { MergedRows } from './merged-rows.ts';

/** `inside-lost`: gone together with its container. */
export interface Fate {
  readonly was: PlacedDefinition;
  readonly fate: 'kept' | 'lost' | 'inside-lost';
}

/**
 * What became of each definition of the file. Outer ones first: a container that has another name in the result, or that
 * came around something, takes what it holds along.
 *
 * @param after placed by rows of `merged`
 * @param lines of the file
 */
export function pairDefinitions(
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
  merged: MergedRows,
  lines: readonly string[],
): Fate[] {
  const pairing = new Pairing(before, after, merged, lines);
  const levels: number[][] = [];
  before.forEach((placed, index) => {
    let depth = 0;
    for (let at = placed.container; at >= 0; at = before[at]?.container ?? -1) depth += 1;
    (levels[depth] ??= []).push(index);
  });
  for (const level of levels) {
    for (const index of level) pairing.pairExactly(index);
    for (const index of level) pairing.pairLoosely(index);
  }
  return before.map((was, index) => ({ was, fate: pairing.fateOf(index) }));
}

class Pairing {
  readonly #before: readonly PlacedDefinition[];
  readonly #after: readonly PlacedDefinition[];
  readonly #merged: MergedRows;
  readonly #lines: readonly string[];
  readonly #rowOfLine = new Map<number, number>();
  readonly #byPath = new Map<string, PlacedDefinition[]>();
  readonly #taken = new Set<PlacedDefinition>();
  /** For each definition of the file the one that it is in the result. */
  readonly #partner = new Map<number, PlacedDefinition>();

  constructor(
    before: readonly PlacedDefinition[],
    after: readonly PlacedDefinition[],
    merged: MergedRows,
    lines: readonly string[],
  ) {
    this.#lines = lines;
    this.#before = before;
    this.#after = after;
    this.#merged = merged;
    merged.rows.forEach(({ origin }, row) => {
      if (origin >= 0) this.#rowOfLine.set(origin, row);
    });
    for (const placed of after) this.#byPath.set(placed.path, [...(this.#byPath.get(placed.path) ?? []), placed]);
  }

  /** Same path, kind and signature; among several the one on the line that stayed. */
  pairExactly(index: number): void {
    const was = this.#before[index];
    const path = this.#pathInResult(index);
    if (was === undefined || path === undefined) return;
    const same = this.#free(path).filter(
      ({ definition }) => definition.kind === was.definition.kind && definition.signature === was.definition.signature,
    );
    this.#take(index, same.find((one) => one.headerLine === this.#rowOfLine.get(was.headerLine)) ?? same[0]);
  }

  pairLoosely(index: number): void {
    const was = this.#before[index];
    const path = this.#pathInResult(index);
    if (was === undefined || path === undefined || this.#partner.has(index)) return;
    this.#take(index, this.#free(path)[0] ?? this.#wrapped(was) ?? this.#renamed(was, path));
  }

  fateOf(index: number): Fate['fate'] {
    if (this.#partner.has(index)) return 'kept';
    const container = this.#before[index]?.container ?? -1;
    return container >= 0 && !this.#partner.has(container) ? 'inside-lost' : 'lost';
  }

  #take(index: number, partner: PlacedDefinition | undefined): void {
    if (partner === undefined) return;
    this.#partner.set(index, partner);
    this.#taken.add(partner);
  }

  #free(path: string): PlacedDefinition[] {
    return (this.#byPath.get(path) ?? []).filter((placed) => !this.#taken.has(placed));
  }

  #pathInResult(index: number): string | undefined {
    const was = this.#before[index];
    if (was === undefined || was.container < 0) return was?.definition.name;
    const holder = this.#partner.get(was.container);
    return holder === undefined ? undefined : `${holder.path}.${was.definition.name}`;
  }

  /** Its line stayed, and a definition that is new came around it. */
  #wrapped(was: PlacedDefinition): PlacedDefinition | undefined {
    const row = this.#rowOfLine.get(was.headerLine);
    return this.#after.find((placed) => {
      if (placed.headerLine !== row || placed.definition.name !== was.definition.name || this.#taken.has(placed))
        return false;
      const holder = this.#after[placed.container];
      return holder !== undefined && this.#isNewRow(holder.headerLine);
    });
  }

  /** Its line gave way to one that defines another name in the same container. */
  #renamed(was: PlacedDefinition, path: string): PlacedDefinition | undefined {
    const hunk = this.#merged.hunks.find(({ start, end }) => start <= was.headerLine && was.headerLine < end);
    if (hunk === undefined) return undefined;
    const container = path.slice(0, path.length - was.definition.name.length);
    const newNames = this.#after.filter(
      (placed) =>
        placed.headerLine >= hunk.rowStart &&
        placed.headerLine < hunk.rowEnd &&
        placed.path === container + placed.definition.name &&
        placed.definition.kind === was.definition.kind &&
        !this.#taken.has(placed),
    );
    const header = this.#lines[was.headerLine] ?? '';
    return newNames.find(({ headerLine }) => similarity(header, this.#merged.rows[headerLine]?.line ?? '') >= 0.4);
  }

  #isNewRow(row: number): boolean {
    return (this.#merged.rows[row]?.origin ?? -1) < 0;
  }
}
