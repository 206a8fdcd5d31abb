import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LineIndex } from '../../engine/line-index.ts';
import type { MeasuredRounds, RoundPlaces } from '../../engine/size/rounds.ts';
import { modifiedAt } from '../../files/modified-at.ts';
import { filesEndingWith } from '../../files/read-measurement.ts';
import type { MeasuredCode } from '../../profile/measured-code.ts';
import { readMeasurements } from '../measure/read-measurements.ts';

/** Counts of a program that ran, for the places of its sources. */
export class MeasuredCounts {
  readonly #code: MeasuredCode;
  readonly #takenAt: number;
  readonly #stale = new Set<string>();

  /**
   * @param folders filled by NODE_V8_COVERAGE
   * @throws BoosterError E_FILE_NOT_FOUND, E_FILE_NOT_READABLE, E_COVERAGE_INVALID
   */
  constructor(folders: readonly string[], cwd: string) {
    const absolute = folders.map((folder) => resolve(cwd, folder));
    this.#code = readMeasurements([], absolute).code;
    const times = absolute.flatMap((folder) => filesEndingWith(folder, '.json')).map((path) => modifiedAt(path) ?? 0);
    this.#takenAt = Math.max(...times);
  }

  /** Absolute paths of files that were written after the program ran: their counts belong to another text. */
  get stale(): readonly string[] {
    return [...this.#stale];
  }

  /** Whether there are counts for the text that the file holds now. */
  knows(path: string): boolean {
    if (!this.#code.covers(pathToFileURL(path).href)) return false;
    if ((modifiedAt(path) ?? Infinity) <= this.#takenAt) return true;
    this.#stale.add(path);
    return false;
  }

  /** Rounds at places of a file; code that did not run says nothing about them. */
  rounds(
    path: string,
    text: string,
    places: Readonly<Record<string, RoundPlaces>>,
  ): Readonly<Record<string, MeasuredRounds>> {
    const url = pathToFileURL(path).href;
    const lines = new LineIndex(text);
    const countAt = (offset: number): number => {
      const { line, column } = lines.place(offset);
      return this.#code.runsAt(url, offset, line, column)?.count ?? 0;
    };
    const measured = Object.entries(places).flatMap(([key, { inner, near, far }]) => {
      const count = countAt(inner);
      const [around, outside] = [near === undefined ? 1 : countAt(near), far === undefined ? 1 : countAt(far)];
      return count === 0 || around === 0 || outside === 0
        ? []
        : [[key, { near: count / around, far: count / outside }] as const];
    });
    return Object.fromEntries(measured);
  }
}
