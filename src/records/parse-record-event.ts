import { isRecord } from './is-record.ts';
import type { RecordEvent } from './record-event.ts';

const isText = (value: unknown): boolean => typeof value === 'string';

/** What a message of each type holds besides `type`, `at` and `boosterId`: texts, all of them required. */
const factsOf: Readonly<Record<RecordEvent['type'], readonly string[]>> = {
  'booster.requested': ['command'],
  'booster.allocated': ['instanceId'],
  'booster.task.completed': ['runId', 'command', 'status'],
  'booster.task.failed': ['runId', 'command', 'code'],
  'booster.error': ['code', 'message'],
  'booster.recovered': ['message'],
  'booster.pool.updated': ['instanceId', 'state'],
};

/** Longer messages were not published by booster. */
const longest = 16_384;

/** Reads a message of the channel strictly; only the fields of its type are kept. `undefined` when it is none. */
export function parseRecordEvent(message: string): RecordEvent | undefined {
  if (message.length > longest) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { type, at, boosterId } = value;
  if (typeof type !== 'string' || !Object.hasOwn(factsOf, type)) return undefined;
  if (typeof at !== 'number' || !Number.isFinite(at) || !isText(boosterId)) return undefined;
  const names = factsOf[type as RecordEvent['type']];
  if (!names.every((name) => isText(value[name]))) return undefined;
  const facts = Object.fromEntries(names.map((name) => [name, value[name]]));
  return { type, at, boosterId, ...facts } as unknown as RecordEvent;
}
