import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readSource } from '../../files/read-source.ts';
import { type FlameNode, flameTree } from '../../profile/flame-tree.ts';
import type { AnalyzedFile } from '../analyzed-file.ts';
import type { ReadMeasurements } from './read-measurements.ts';

/** A file as a page shows it. */
export interface ReportSource {
  readonly lines: readonly string[];
  /** Part of the time that was spent in a line, by its number; lines without a noticeable part are left out. */
  readonly shares: Readonly<Record<number, number>>;
}

/** What a page shows beside the findings. */
export interface ReportSources {
  /** By path: files with findings. */
  readonly sources: ReadonlyMap<string, ReportSource>;
  /** Absent without a profile. */
  readonly flame?: FlameNode;
  /** Path relative to the working directory, with forward slashes; `undefined` for other places. */
  readonly pathOf: (url: string) => string | undefined;
}

/** Frames and lines with a smaller part of the time are not shown. */
const leastFrame = 0.001;
const leastLine = 0.0005;

/** Reads the files with findings once more; one that is gone meanwhile is left out. */
export function reportSources(
  files: readonly AnalyzedFile[],
  measurements: ReadMeasurements | undefined,
  { cwd, maximumBytes }: { readonly cwd: string; readonly maximumBytes: number },
): ReportSources {
  const sources = new Map<string, ReportSource>();
  for (const { path, findings } of files) {
    const text = findings.length === 0 ? undefined : textOf(resolve(cwd, path), maximumBytes);
    if (text === undefined) continue;
    const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
    sources.set(path, { lines, shares: sharesOf(pathToFileURL(resolve(cwd, path)).href, lines.length, measurements) });
  }
  const pathOf = (url: string): string | undefined => pathInFolder(cwd, url);
  if (measurements === undefined || measurements.profiles.length === 0) return { sources, pathOf };
  return { sources, pathOf, flame: flameTree(measurements.profiles, measurements.maps, leastFrame) };
}

function textOf(path: string, maximumBytes: number): string | undefined {
  try {
    return readSource(path, { maximumBytes }).text;
  } catch {
    return undefined;
  }
}

function sharesOf(url: string, lines: number, measurements: ReadMeasurements | undefined): Record<number, number> {
  const shares: Record<number, number> = {};
  const code = measurements?.code;
  if (code === undefined || code.busyMicros === 0) return shares;
  for (let line = 1; line <= lines; line += 1) {
    const share = code.microsIn(url, line, line) / code.busyMicros;
    if (share >= leastLine) shares[line] = share;
  }
  return shares;
}

function pathInFolder(cwd: string, url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = relative(cwd, fileURLToPath(url));
  return path.startsWith('..') || resolve(path) === path ? undefined : path.split(sep).join('/');
}
