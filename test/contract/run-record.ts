import type { RunRecord } from '../../src/records/run-record.ts';

/** Now, less a minute for each step: what is too old for a store must not matter here. */
const base = Date.now() - 3_000_000;

/** A record as it could be; those with a higher number began later. */
export function runRecord(index: number, fields: Partial<RunRecord> = {}): RunRecord {
  return {
    v: 1,
    id: `run${String(index).padStart(9, '0')}`,
    command: 'optimize',
    at: base + index * 1000,
    project: 'shop',
    file: `src/file-${String(index)}.ts`,
    language: 'typescript',
    status: 'unchanged',
    exitCode: 0,
    engine: 'oxc',
    bytesBefore: 100 + index,
    hashBefore: String(index).padStart(64, '0'),
    durationMs: 1.5,
    phases: { readMs: 0.5, engineMs: 1 },
    host: 'machine',
    pid: 4711,
    booster: '0.1.0',
    ...fields,
  };
}
