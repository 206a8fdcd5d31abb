import { isRecord } from './is-record.ts';
import { runCommands, runStatuses } from './run-words.ts';
import type { RunCommand, RunStatus } from './run-words.ts';

/** Version of a record's shape; a reader leaves records of a later one alone. */
export const recordVersion = 1;

/** Wall time in milliseconds, measured; what was not gone through is absent. */
export interface RunPhases {
  readonly readMs?: number;
  /** Waiting for the engine, loading it and its work. */
  readonly engineMs?: number;
  readonly writeMs?: number;
}

/**
 * What became of one file (or text, or patch) in a run of a command. Never source code, never secrets. Plain data: it is
 * one line of the local store and one entry of Redis.
 */
export interface RunRecord {
  readonly v: typeof recordVersion;
  /** Unique over hosts and processes; sorts by time. That of the run, with `.2`, `.3`… behind it for its further files. */
  readonly id: string;
  readonly command: RunCommand;
  /** Start, in milliseconds since the epoch. */
  readonly at: number;
  /** Name of the working folder, without the way to it. */
  readonly project: string;
  /** Relative to the working folder, with forward slashes; as given when outside of it, absent for a text without a name. */
  readonly file?: string;
  /** How many files it stands for, when that is not one: unchanged ones of a large run, which have no record of their own. */
  readonly files?: number;
  readonly language?: string;
  /** `written`: changed on disk; `changed`: a change was shown or printed; `analyzed`: looked at by a command that changes nothing. */
  readonly status: RunStatus;
  /** Error code of what was refused, conflicting or failed. */
  readonly code?: string;
  readonly exitCode: number;
  /** Rules applied, each once; of `analyze` and `hook`, those that found something. Absent when there was none. */
  readonly rules?: readonly string[];
  /** What understood the code: a parser, a way of merging, a generator, or `none` when nothing had to be understood. */
  readonly engine?: string;
  /** Where it ran. */
  readonly ranIn?: 'in-process' | 'worker' | 'resident';
  /** It ran elsewhere or otherwise than it was meant to: the error code that says why. */
  readonly fellBack?: string;
  /** The result came from the cache. */
  readonly cached?: true;
  readonly bytesBefore?: number;
  readonly bytesAfter?: number;
  /** SHA-256 in lower-case hex of the file's bytes. */
  readonly hashBefore?: string;
  readonly hashAfter?: string;
  readonly durationMs: number;
  readonly phases?: RunPhases;
  /** From the start of the process until its result was out, for the run as a whole: in its first record only. */
  readonly runMs?: number;
  readonly host: string;
  readonly pid: number;
  readonly booster: string;
}

/** `later`: of a version of booster that this one does not know. */
export type ReadRecord = { readonly record: RunRecord } | { readonly fault: 'invalid' | 'later' };

/** Reads a stored record strictly: every field that is there has its type, and none but those of {@link RunRecord} is kept. */
export function parseRunRecord(text: string): ReadRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'invalid' };
  }
  if (!isRecord(value)) return { fault: 'invalid' };
  const { v } = value;
  if (v !== recordVersion) return { fault: typeof v === 'number' && v > recordVersion ? 'later' : 'invalid' };
  const record: Record<string, unknown> = {};
  for (const [key, { required, check }] of fields) {
    const field = value[key];
    if (field === undefined ? required : !check(field)) return { fault: 'invalid' };
    if (field !== undefined) record[key] = field;
  }
  return { record: record as unknown as RunRecord };
}

/** Whether a text that is no record could be the first part of one. */
export function startsLikeRecord(text: string): boolean {
  const head = '{"v":';
  return text.length < head.length ? head.startsWith(text) : text.startsWith(head);
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isMs: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isHash: Check = (value) => typeof value === 'string' && /^[\da-f]{64}$/.test(value);
const isId: Check = (value) => typeof value === 'string' && /^[\da-z]{6,40}(?:\.\d{1,9})?$/.test(value);
const isOneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const isPhases: Check = (value) =>
  isRecord(value) &&
  Object.entries(value).every(([name, ms]) => ['readMs', 'engineMs', 'writeMs'].includes(name) && isMs(ms));

const required = (check: Check): Field => ({ required: true, check });
const optional = (check: Check): Field => ({ required: false, check });

interface Field {
  readonly required: boolean;
  readonly check: Check;
}

const fieldTable: Readonly<Record<keyof RunRecord, Field>> = {
  v: required(isOneOf([recordVersion])),
  id: required(isId),
  command: required(isOneOf(runCommands)),
  at: required(isMs),
  project: required(isText),
  file: optional(isText),
  files: optional(isCount),
  language: optional(isText),
  status: required(isOneOf(runStatuses)),
  code: optional(isText),
  exitCode: required(isCount),
  rules: optional((value) => Array.isArray(value) && value.every(isText)),
  engine: optional(isText),
  ranIn: optional(isOneOf(['in-process', 'worker', 'resident'])),
  fellBack: optional(isText),
  cached: optional(isOneOf([true])),
  bytesBefore: optional(isCount),
  bytesAfter: optional(isCount),
  hashBefore: optional(isHash),
  hashAfter: optional(isHash),
  durationMs: required(isMs),
  phases: optional(isPhases),
  runMs: optional(isMs),
  host: required(isText),
  pid: required(isCount),
  booster: required(isText),
};

const fields = Object.entries(fieldTable);
