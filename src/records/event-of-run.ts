import type { RecordEvent } from './record-event.ts';
import type { RunRecord } from './run-record.ts';

/** What a record says to whoever watches. An edit that was refused is a task that was completed. */
export function eventOfRun(record: RunRecord): RecordEvent {
  const { id: runId, command, status, code, at, durationMs, host, pid } = record;
  const about = { at: Math.round(at + durationMs), boosterId: boosterIdOf(host, pid), runId, command };
  if (status === 'failed' || status === 'conflict') {
    return { ...about, type: 'booster.task.failed', code: code ?? 'E_INTERNAL' };
  }
  return { ...about, type: 'booster.task.completed', status };
}

/** Id of the booster that is a process. */
export function boosterIdOf(host: string, pid: number): string {
  return `${host}:${String(pid)}`;
}
