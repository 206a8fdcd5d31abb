import type { PoolTask, TaskKind } from '../pool/protocol.ts';
import { priorities } from '../pool/task-queue.ts';
import type { Priority } from '../pool/task-queue.ts';
import { errorTable } from '../shared/errors.ts';
import type { ErrorCode, SerializedError } from '../shared/errors.ts';
import type { ClientMessage, Identity, ServerMessage } from './resident-protocol.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Kinds of tasks that a client may ask for. */
const kinds: Readonly<Record<TaskKind, true>> = { optimize: true, analyze: true, apply: true };

/** Milliseconds that a client may ask for at most. */
const longestTimeoutMs = 3_600_000;
const mostFields = 20;
const mostItems = 10_000;

/** Checks what came from a client; `undefined` for anything that is not a message. */
export function readClientMessage(value: unknown): ClientMessage | undefined {
  if (!isFields(value)) return undefined;
  const { type, id } = value;
  if (type === 'stop') return { type };
  if (type === 'hello') {
    const identity = readIdentity(value);
    return identity && { type, ...identity };
  }
  if (!isId(id)) return undefined;
  if (type === 'status') return { type, id };
  const { timeoutMs, priority } = value;
  const task = readTask(value['task']);
  if (type !== 'run' || task === undefined || !isTimeout(timeoutMs) || !isPriority(priority)) return undefined;
  return { type, id, task, timeoutMs, priority };
}

/**
 * Checks what came from a server; `undefined` for anything that is not a message. Results are taken as they are: they come
 * from the same build, run by the same user.
 */
export function readServerMessage(value: unknown): ServerMessage | undefined {
  if (!isFields(value)) return undefined;
  const { type, id, processId, error } = value;
  if (type === 'alive') return { type };
  if (type === 'welcome' || type === 'mismatch') {
    const identity = readIdentity(value);
    return identity && isId(processId) ? { type, ...identity, processId } : undefined;
  }
  if (!isId(id)) return undefined;
  if (type === 'failure') return isError(error) ? { type, id, error } : undefined;
  if (type === 'result' ? isFields(value['result']) : type === 'status' && isFields(value['status'])) {
    return value as unknown as ServerMessage;
  }
  return undefined;
}

function readIdentity({ version, build, protocol }: Fields): Identity | undefined {
  if (typeof version !== 'string' || typeof build !== 'string' || typeof protocol !== 'number') return undefined;
  return { version, build, protocol };
}

/**
 * A task is a known kind and a request of texts, numbers, switches and lists of texts, whatever the kind: nothing in it is
 * a path that anybody opens or code that anybody runs.
 */
function readTask(value: unknown): PoolTask | undefined {
  if (!isFields(value)) return undefined;
  const { kind, request } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind) || !isFields(request)) return undefined;
  const entries = Object.values(request);
  return entries.length <= mostFields && entries.every(isPlain)
    ? ({ kind, request } as unknown as PoolTask)
    : undefined;
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.length <= mostItems && value.every((item) => typeof item === 'string');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isError(value: unknown): value is SerializedError {
  if (!isFields(value)) return false;
  const { code, message, data } = value;
  return isErrorCode(code) && typeof message === 'string' && isFields(data);
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

function isPriority(value: unknown): value is Priority {
  return priorities.some((priority) => priority === value);
}

function isTimeout(value: unknown): value is number {
  return isId(value) && value >= 1 && value <= longestTimeoutMs;
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
