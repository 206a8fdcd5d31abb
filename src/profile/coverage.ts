import { BoosterError } from '../shared/errors.ts';

/** How often a stretch of generated code ran; offsets in UTF-16 units, the end not included. */
interface CountedRange {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** Exact counts of one script of one process, as V8 writes them with `NODE_V8_COVERAGE`. */
export interface ScriptCoverage {
  /** `file://` URL. */
  readonly url: string;
  /** One list for each function, the whole function first; blocks inside it follow. */
  readonly functions: readonly (readonly CountedRange[])[];
}

/** One file of a coverage folder. */
export interface CoverageFile {
  readonly scripts: readonly ScriptCoverage[];
  /** Source maps by URL of the generated code, present with `--enable-source-maps`. */
  readonly sourceMaps: ReadonlyMap<string, unknown>;
}

/** How often a place ran, and the function around it. */
export interface RunCount {
  /** Of the innermost block. */
  readonly count: number;
  /** Of the function: how often it was called. */
  readonly calls: number;
}

/**
 * Reads the JSON text of one coverage file (Chrome DevTools Protocol `Profiler.takePreciseCoverage`).
 * @param name what to call it in an error, mostly its path
 * @throws BoosterError E_COVERAGE_INVALID when it is none
 */
export function parseCoverage(text: string, name: string): CoverageFile {
  const raw = readObject(text, name);
  if (!Array.isArray(raw['result'])) throw invalid(name, 'it has no list `result`');
  const scripts: ScriptCoverage[] = [];
  for (const script of raw['result'] as readonly unknown[]) {
    const { url, functions } = script as { url?: unknown; functions?: unknown };
    if (typeof url !== 'string' || !Array.isArray(functions)) throw invalid(name, 'a script without URL or functions');
    if (url.startsWith('file:')) scripts.push({ url, functions: functions.map((fn) => rangesOf(fn, name)) });
  }
  const maps = raw['source-map-cache'];
  const entries = typeof maps === 'object' && maps !== null ? Object.entries(maps as Record<string, unknown>) : [];
  return {
    scripts,
    sourceMaps: new Map(entries.map(([url, entry]) => [url, (entry as { data?: unknown } | null)?.data])),
  };
}

/**
 * How often the place at an offset ran, added up over scripts of several processes; `undefined` when none of them knows it
 * (code that was never compiled has no counts).
 */
export function countAt(scripts: readonly ScriptCoverage[], offset: number): RunCount | undefined {
  let total: { count: number; calls: number } | undefined;
  for (const { functions } of scripts) {
    const found = innermost(functions, offset);
    if (found === undefined) continue;
    total = { count: (total?.count ?? 0) + found.count, calls: (total?.calls ?? 0) + found.calls };
  }
  return total;
}

function innermost(functions: ScriptCoverage['functions'], offset: number): RunCount | undefined {
  let best: { readonly size: number; readonly ranges: readonly CountedRange[] } | undefined;
  for (const ranges of functions) {
    const [whole] = ranges;
    if (whole === undefined || offset < whole.start || offset >= whole.end) continue;
    const size = whole.end - whole.start;
    if (best === undefined || size < best.size) best = { size, ranges };
  }
  const calls = best?.ranges[0]?.count;
  if (best === undefined || calls === undefined) return undefined;
  // blocks are nested: the smallest one that holds the place is the innermost
  const around = best.ranges.filter(({ start, end }) => start <= offset && offset < end);
  const block = around.reduce((a, b) => (b.end - b.start <= a.end - a.start ? b : a));
  return { count: block.count, calls };
}

function rangesOf(fn: unknown, name: string): CountedRange[] {
  const { ranges } = fn as { ranges?: unknown };
  if (!Array.isArray(ranges)) throw invalid(name, 'a function without ranges');
  return ranges.map((range) => {
    const { startOffset, endOffset, count } = range as Record<string, unknown>;
    if (typeof startOffset !== 'number' || typeof endOffset !== 'number' || typeof count !== 'number')
      throw invalid(name, 'a range without offsets or count');
    return { start: startOffset, end: endOffset, count };
  });
}

function readObject(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(name, `it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null) throw invalid(name, 'it is no object');
  return value as Record<string, unknown>;
}

function invalid(name: string, why: string): BoosterError {
  return new BoosterError('E_COVERAGE_INVALID', `${name} is no V8 coverage: ${why}`, { path: name });
}
