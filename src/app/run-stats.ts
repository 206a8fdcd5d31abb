import type { RunRecord } from '../records/run-record.ts';
import type { RunStatus } from '../records/run-words.ts';

/** Of measured durations, in milliseconds: values that were really measured (nearest rank). */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** How many were measured. */
  readonly count: number;
}

/** What records say together. Files that share a record count each, but have no duration of their own. */
export interface StatsRow {
  readonly command: string;
  /** Absent in the row of a whole command. */
  readonly engine?: string;
  readonly files: number;
  readonly byStatus: Readonly<Partial<Record<RunStatus, number>>>;
  readonly fallbacks: number;
  readonly cached: number;
  /** Shares of the files. Neither a refusal nor a failure is a success. */
  readonly successRate: number;
  readonly refusalRate: number;
  readonly fallbackRate: number;
  /** For a file; absent when nothing was measured. */
  readonly durationMs?: Percentiles;
}

/** What a whole command took, from the start of its process until its result was out. */
export interface CommandTimes {
  readonly command: string;
  readonly runMs: Percentiles;
}

export interface RunStats {
  /** For each command a row, and behind it one for each engine. */
  readonly rows: readonly StatsRow[];
  readonly commands: readonly CommandTimes[];
  /** Start of the oldest and newest of the records, in milliseconds since the epoch; absent when there is none. */
  readonly from?: number;
  readonly to?: number;
}

export function runStats(records: readonly RunRecord[]): RunStats {
  const commands = groupBy(records, ({ command }) => command);
  const rows = commands.flatMap(([command, all]) => [
    statsRow(command, undefined, all),
    ...groupBy(all, ({ engine }) => engine ?? 'none').map(([engine, some]) => statsRow(command, engine, some)),
  ]);
  const times = records.map(({ at }) => at);
  return {
    rows,
    commands: commands.flatMap(([command, all]) => {
      const runMs = percentilesOf(all.flatMap(({ runMs }) => (runMs === undefined ? [] : [runMs])));
      return runMs === undefined ? [] : [{ command, runMs }];
    }),
    ...(times.length > 0 && {
      from: times.reduce((a, b) => Math.min(a, b)),
      to: times.reduce((a, b) => Math.max(a, b)),
    }),
  };
}

function statsRow(command: string, engine: string | undefined, records: readonly RunRecord[]): StatsRow {
  const byStatus: Partial<Record<RunStatus, number>> = {};
  let files = 0;
  let fallbacks = 0;
  let cached = 0;
  for (const record of records) {
    const count = record.files ?? 1;
    files += count;
    byStatus[record.status] = (byStatus[record.status] ?? 0) + count;
    if (record.fellBack !== undefined) fallbacks += count;
    if (record.cached === true) cached += count;
  }
  const { written = 0, changed = 0, unchanged = 0, analyzed = 0, refused = 0 } = byStatus;
  const durationMs = percentilesOf(records.filter((each) => each.files === undefined).map((each) => each.durationMs));
  return {
    command,
    ...(engine !== undefined && { engine }),
    files,
    byStatus,
    fallbacks,
    cached,
    successRate: (written + changed + unchanged + analyzed) / files,
    refusalRate: refused / files,
    fallbackRate: fallbacks / files,
    ...(durationMs !== undefined && { durationMs }),
  };
}

/** `undefined` when there are none. */
function percentilesOf(values: readonly number[]): Percentiles | undefined {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number | undefined => sorted[Math.ceil(share * sorted.length) - 1];
  const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)];
  if (p50 === undefined || p95 === undefined || p99 === undefined) return undefined;
  return { p50, p95, p99, count: sorted.length };
}

/** In the order of their names. */
function groupBy(
  records: readonly RunRecord[],
  nameOf: (record: RunRecord) => string,
): [string, readonly RunRecord[]][] {
  const groups = new Map<string, RunRecord[]>();
  for (const record of records) {
    const name = nameOf(record);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [record]);
    else group.push(record);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
