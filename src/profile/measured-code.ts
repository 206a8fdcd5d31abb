import type { CallNode, CpuProfile } from './cpu-profile.ts';
import { countAt, type CoverageFile, type RunCount, type ScriptCoverage } from './coverage.ts';
import type { ReadByUrl, SourceMaps } from './source-maps.ts';

/** Time that belongs to no line of a source file, in microseconds. */
export interface UnmappedTime {
  /** Collecting garbage: V8 does not say whose. */
  readonly garbageCollector: number;
  /** Native code that no JavaScript called: start-up, compiling, the event loop. */
  readonly program: number;
  /** Modules of Node itself. */
  readonly node: number;
  /** Code without a file, or places that its source map does not know. */
  readonly withoutSource: number;
}

export interface Measurements {
  readonly profiles: readonly CpuProfile[];
  readonly coverage: readonly CoverageFile[];
  readonly maps: SourceMaps;
  /** Reads generated code, whose offsets the counts use. */
  readonly read: ReadByUrl;
}

/** What was measured of running code, by place in its sources. */
export class MeasuredCode {
  /** Time in which V8 worked, over all profiles, in microseconds. */
  readonly busyMicros: number;
  readonly unmapped: UnmappedTime;
  readonly hasProfile: boolean;
  readonly hasCoverage: boolean;
  readonly #microsByLine = new Map<string, Map<number, number>>();
  readonly #scripts = new Map<string, ScriptCoverage[]>();
  readonly #maps: SourceMaps;
  readonly #read: ReadByUrl;

  constructor({ profiles, coverage, maps, read }: Measurements) {
    this.#maps = maps;
    this.#read = read;
    this.hasProfile = profiles.length > 0;
    this.hasCoverage = coverage.length > 0;
    const unmapped = { garbageCollector: 0, program: 0, node: 0, withoutSource: 0 };
    for (const { root } of profiles) this.#addCalls(root, unmapped);
    this.unmapped = unmapped;
    this.busyMicros = profiles.reduce((sum, one) => sum + one.durationMicros - one.idleMicros, 0);
    for (const { scripts, sourceMaps } of coverage) {
      for (const [url, map] of sourceMaps) maps.add(url, map);
      for (const script of scripts) this.#scripts.set(script.url, [...(this.#scripts.get(script.url) ?? []), script]);
    }
  }

  /** Time in lines of a source file, both included, in microseconds. */
  microsIn(url: string, fromLine: number, toLine: number): number {
    const lines = this.#microsByLine.get(url);
    if (lines === undefined) return 0;
    let sum = 0;
    for (let line = fromLine; line <= toLine; line += 1) sum += lines.get(line) ?? 0;
    return sum;
  }

  /** Time in a source file, in microseconds. */
  microsOf(url: string): number {
    return [...(this.#microsByLine.get(url)?.values() ?? [])].reduce((sum, micros) => sum + micros, 0);
  }

  /** Source files that time was measured in. */
  get urls(): readonly string[] {
    return [...this.#microsByLine.keys()];
  }

  /** Whether there are counts for a source file, or for code that was made from it. */
  covers(url: string): boolean {
    return this.#scripts.has(url) || this.#maps.isSourceOf(url, this.#scripts.keys());
  }

  /**
   * How often the code at a place of a source file ran.
   * @param offset of the place in UTF-16 units, for code that runs as it is written
   */
  runsAt(url: string, offset: number, line: number, column: number): RunCount | undefined {
    const own = this.#scripts.get(url);
    if (own !== undefined) return countAt(own, offset);
    const generated = this.#maps.generatedOf(url, line, column, this.#scripts.keys());
    const text = generated === undefined ? undefined : this.#read(generated.url);
    if (generated === undefined || text === undefined) return undefined;
    return countAt(this.#scripts.get(generated.url) ?? [], offsetOf(text, generated.line, generated.column));
  }

  #addCalls(node: CallNode, unmapped: { -readonly [Key in keyof UnmappedTime]: UnmappedTime[Key] }): void {
    const { fn, selfMicros, microsByLine } = node;
    if (fn.name === '(garbage collector)') unmapped.garbageCollector += selfMicros;
    else if (fn.name === '(program)' || fn.name === '(root)') unmapped.program += selfMicros;
    else if (fn.url.startsWith('node:')) unmapped.node += selfMicros;
    else if (fn.name !== '(idle)') {
      let rest = selfMicros;
      for (const [line, micros] of microsByLine) {
        rest -= micros;
        // the column of a function is known, that of a line is not
        unmapped.withoutSource += this.#addLine(fn.url, line, line === fn.line ? fn.column : undefined, micros);
      }
      if (rest > 0.5) unmapped.withoutSource += this.#addLine(fn.url, fn.line, fn.column, rest);
    }
    for (const child of node.children) this.#addCalls(child, unmapped);
  }

  /** Gives what could not be added. */
  #addLine(url: string, line: number, column: number | undefined, micros: number): number {
    const place = url.startsWith('file:') ? this.#maps.sourceOf(url, line, column) : undefined;
    if (place === undefined) return micros;
    const lines = this.#microsByLine.get(place.url) ?? new Map<number, number>();
    this.#microsByLine.set(place.url, lines);
    lines.set(place.line, (lines.get(place.line) ?? 0) + micros);
    return 0;
  }
}

/** Offset of the code at a place in a text, line and column from 1. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  let offset = start + column - 1;
  // esbuild maps a statement to the blanks before it, where the counts are those of the code around
  while (/\s/.test(text.charAt(offset))) offset += 1;
  return offset;
}
