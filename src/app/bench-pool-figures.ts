/** One pass over all files with so many instances. Times in milliseconds. */
export interface BenchPass {
  readonly elapsedMs: number;
  /** From handing a file over until its answer, one for each file. */
  readonly latenciesMs: readonly number[];
}

export interface BenchSpread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** What was measured with so many instances, over all rounds. */
export interface BenchRow {
  /** Workers; 0 is the main thread without any. */
  readonly instances: number;
  readonly filesPerSecond: BenchSpread;
  /** 10^6 bytes. */
  readonly megabytesPerSecond: number;
  /** Against one worker in the same round. */
  readonly speedUp: BenchSpread;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
}

/** @param bytes of all files of one pass */
export function benchRow(
  instances: number,
  passes: readonly BenchPass[],
  passesOfOne: readonly BenchPass[],
  bytes: number,
): BenchRow {
  const filesPerSecond = spread(passes.map(({ elapsedMs, latenciesMs }) => perSecond(latenciesMs.length, elapsedMs)));
  const latencies = passes.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b);
  return {
    instances,
    filesPerSecond,
    megabytesPerSecond: spread(passes.map(({ elapsedMs }) => perSecond(bytes / 1_000_000, elapsedMs))).median,
    speedUp: spread(passes.map(({ elapsedMs }, round) => (passesOfOne[round]?.elapsedMs ?? elapsedMs) / elapsedMs)),
    latencyMs: { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95), p99: quantile(latencies, 0.99) },
  };
}

function perSecond(count: number, elapsedMs: number): number {
  return (count * 1000) / elapsedMs;
}

function spread(values: readonly number[]): BenchSpread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), lowest: sorted[0] ?? 0, highest: sorted.at(-1) ?? 0 };
}

/** The smallest value that at least this share of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
