import {
  generatedPositionFor,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping';

/** A place in a source file; line and column from 1. */
export interface SourcePlace {
  /** `file://` URL. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** Reads a file by its `file://` URL; `undefined` when it can't be read. */
export type ReadByUrl = (url: string) => string | undefined;

/** Finds the source that generated code was made from (ECMA-426, source map format). */
export class SourceMaps {
  readonly #read: ReadByUrl;
  readonly #maps = new Map<string, TraceMap | undefined>();

  constructor(read: ReadByUrl) {
    this.#read = read;
  }

  /** A map that comes with the measurement, as Node's coverage has it with `--enable-source-maps`. */
  add(url: string, map: unknown): void {
    const traced = traceMap(map, url);
    if (traced !== undefined) this.#maps.set(url, traced);
  }

  /**
   * The place in the source, or the place itself for code without a map. `undefined` when there is a map and it says nothing of
   * this place (helpers of a compiler). Without a column, the first mapped place of the line.
   */
  sourceOf(url: string, line: number, column?: number): SourcePlace | undefined {
    const map = this.#mapOf(url);
    if (map === undefined) return { url, line, column: column ?? 1 };
    const found = originalPositionFor(map, {
      line,
      column: column === undefined ? 0 : column - 1,
      bias: column === undefined ? LEAST_UPPER_BOUND : GREATEST_LOWER_BOUND,
    });
    if (found.source === null) return undefined;
    return { url: absolute(found.source, url), line: found.line, column: found.column + 1 };
  }

  /** The place in one of the `candidates`, URLs of generated code, that was made from a place of a source. */
  generatedOf(url: string, line: number, column: number, candidates: Iterable<string>): SourcePlace | undefined {
    for (const candidate of candidates) {
      const map = this.#mapOf(candidate);
      const source = map?.sources.find((one) => one !== null && absolute(one, candidate) === url);
      if (map === undefined || source === undefined || source === null) continue;
      const found = generatedPositionFor(map, { source, line, column: column - 1, bias: LEAST_UPPER_BOUND });
      if (found.line !== null) return { url: candidate, line: found.line, column: found.column + 1 };
    }
    return undefined;
  }

  /** Whether one of the `candidates`, URLs of generated code, was made from a source. */
  isSourceOf(url: string, candidates: Iterable<string>): boolean {
    for (const candidate of candidates) {
      const sources = this.#mapOf(candidate)?.sources ?? [];
      if (sources.some((one) => one !== null && absolute(one, candidate) === url)) return true;
    }
    return false;
  }

  #mapOf(url: string): TraceMap | undefined {
    if (!this.#maps.has(url)) this.#maps.set(url, url.startsWith('file:') ? this.#find(url) : undefined);
    return this.#maps.get(url);
  }

  /** By the comment at the end of the generated file: a data URL, or a file beside it. */
  #find(url: string): TraceMap | undefined {
    const text = this.#read(url);
    if (text === undefined) return undefined;
    // the last such comment counts; one in a string further up does not
    const at = text.lastIndexOf('sourceMappingURL=');
    const target = at < 0 ? undefined : /^[^\s'"]+/.exec(text.slice(at + 'sourceMappingURL='.length))?.[0];
    if (target === undefined) return undefined;
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/.exec(target);
    if (inline !== null) return traceMap(parsed(decoded(inline[2] ?? '', inline[1] !== undefined)), url);
    const mapUrl = absolute(target, url);
    const map = mapUrl.startsWith('file:') ? this.#read(mapUrl) : undefined;
    return map === undefined ? undefined : traceMap(parsed(map), mapUrl);
  }
}

function traceMap(map: unknown, url: string): TraceMap | undefined {
  if (typeof map !== 'object' || map === null) return undefined;
  try {
    return new TraceMap(map as ConstructorParameters<typeof TraceMap>[0], url);
  } catch {
    // a damaged map is like none: places then stay those of the generated code
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decoded(text: string, isBase64: boolean): string {
  return isBase64 ? Buffer.from(text, 'base64').toString('utf8') : decodeURIComponent(text);
}

function absolute(target: string, base: string): string {
  return URL.canParse(target, base) ? new URL(target, base).href : target;
}
