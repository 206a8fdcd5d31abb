import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { Resolution } from '../config/resolve-config.ts';
import type { Journal } from '../records/local/journal.ts';
import { runsJournal, runsName } from '../records/local/runs-journal.ts';
import { spoolJournal } from '../records/local/spool-journal.ts';
import { spoolName } from '../records/local/store-journals.ts';
import type { StorePlace } from '../records/local/store-place.ts';
import { redisTarget } from '../records/redis/redis-target.ts';
import { recordLine } from '../records/record-line.ts';
import { createSealer } from '../records/sealing.ts';
import { newRunId, recordId } from '../records/run-id.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { RunCommand, RunStatus } from '../records/run-words.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import { BoosterError, asBoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import type { RunFacts } from './run-facts.ts';
import { configuredLimits, configuredPlace } from './store-settings.ts';

/** A run that is over, and whose result is out. */
export interface FinishedRun {
  readonly command: RunCommand;
  readonly exitCode: number;
  /** From the start of the process until now, in milliseconds. */
  readonly runMs: number;
  readonly files: readonly RunFacts[];
}

export type RecordIo = Pick<Io, 'env' | 'cwd' | 'platform' | 'userId' | 'processId'>;

/** Unchanged files of one run that get a record each; of more, the others share one. */
const mostUnchanged = 1000;

/**
 * Records a run in the local store, with one write; with Redis, among the records that wait for it. Never throws: what went wrong is
 * given back, for a warning. Where the environment names no place for a store, nothing is recorded and that is no fault.
 */
export function recordRuns(run: FinishedRun, resolution: Resolution, io: RecordIo): readonly BoosterError[] {
  const place = configuredPlace(resolution, io);
  if (place === undefined || run.files.length === 0) return [];
  try {
    const sealer = createSealer(io.env[encryptionVariable]);
    const lines = recordsOf(run, io).map((record) => recordLine(record, sealer));
    const { name, journal } = journalOf(place, resolution);
    const movedTo = journal.append(lines);
    return movedTo === undefined ? [] : [misplaced(join(place.folder, name), movedTo)];
  } catch (error) {
    const trouble = asBoosterError(error);
    return trouble.code === 'E_STORE_NOWHERE' ? [] : [trouble];
  }
}

function journalOf(place: StorePlace, resolution: Resolution): { readonly name: string; readonly journal: Journal } {
  const { redis } = resolution.config;
  const limits = configuredLimits(resolution);
  if (redis.url === 'none') return { name: runsName, journal: runsJournal(place, limits) };
  const target = redisTarget(redis);
  return { name: `${spoolName}/${target}`, journal: spoolJournal(place, target, limits) };
}

function recordsOf({ command, exitCode, runMs, files }: FinishedRun, io: RecordIo): RunRecord[] {
  const at = Math.round(Date.now() - runMs);
  const runId = newRunId(at);
  const about = { command, at, project: basename(io.cwd), exitCode } as const;
  const process = { host: hostname(), pid: io.processId, booster: packageJson.version } as const;
  return foldUnchanged(files).map((facts, index) => ({
    v: 1,
    id: recordId(runId, index),
    ...about,
    ...rounded(facts),
    ...(index === 0 && { runMs: roundMs(runMs) }),
    ...process,
  }));
}

/** A large run must not push all others out of the store: files that nothing was found in are told apart up to a number. */
function foldUnchanged(files: readonly RunFacts[]): RunFacts[] {
  if (files.length <= mostUnchanged) return [...files];
  const kept: RunFacts[] = [];
  const folded = new Map<RunStatus, { files: number; durationMs: number }>();
  let plain = 0;
  for (const facts of files) {
    if (isPlain(facts)) plain += 1;
    if (!isPlain(facts) || plain <= mostUnchanged) kept.push(facts);
    else {
      const { files: count, durationMs } = folded.get(facts.status) ?? { files: 0, durationMs: 0 };
      folded.set(facts.status, { files: count + 1, durationMs: durationMs + facts.durationMs });
    }
  }
  return [...kept, ...[...folded].map(([status, sums]) => ({ status, ...sums }))];
}

function isPlain({ status, code, fellBack, rules }: RunFacts): boolean {
  const isQuiet = code === undefined && fellBack === undefined && rules === undefined;
  return isQuiet && (status === 'unchanged' || status === 'analyzed');
}

function rounded({ phases, durationMs, ...facts }: RunFacts): RunFacts {
  if (phases === undefined) return { ...facts, durationMs: roundMs(durationMs) };
  const entries = Object.entries(phases).map(([name, ms]: [string, number]) => [name, roundMs(ms)] as const);
  return { ...facts, durationMs: roundMs(durationMs), phases: Object.fromEntries<number>(entries) };
}

/** Microseconds are as far as the clock can be trusted. */
function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function misplaced(path: string, movedTo: string): BoosterError {
  return new BoosterError('E_STORE_DAMAGED', `${path}: no file stood there; moved to ${movedTo}`, { path, movedTo });
}
