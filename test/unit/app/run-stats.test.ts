import { describe, expect, it } from 'vitest';
import { runStats } from '../../../src/app/run-stats.ts';
import { runRecord } from '../../contract/run-record.ts';

describe('runStats', () => {
  it('takes percentiles from the durations that were measured: each is one of them', () => {
    const records = Array.from({ length: 100 }, (_, index) => runRecord(index, { durationMs: 100 - index }));
    expect(runStats(records).rows[0]?.durationMs).toEqual({ p50: 50, p95: 95, p99: 99, count: 100 });
  });

  it('counts files that share a record, and takes no duration from it', () => {
    const { rows } = runStats([runRecord(1, { durationMs: 2 }), runRecord(2, { files: 9, durationMs: 900 })]);
    expect(rows[0]).toMatchObject({ files: 10, byStatus: { unchanged: 10 }, durationMs: { p99: 2, count: 1 } });
  });

  it('has no percentiles where nothing was measured, and no rows without records', () => {
    expect(runStats([runRecord(1, { files: 3 })]).rows[0]).not.toHaveProperty('durationMs');
    expect(runStats([])).toEqual({ rows: [], commands: [] });
  });

  it('tells refusals from failures, and counts fallbacks', () => {
    const { rows } = runStats([
      runRecord(1, { status: 'refused', code: 'E_SYNTAX' }),
      runRecord(2, { status: 'failed', code: 'E_INTERNAL' }),
      runRecord(3, { fellBack: 'E_POOL_START', engine: 'tree-sitter' }),
      runRecord(4, { status: 'written' }),
    ]);
    expect(rows[0]).toMatchObject({ successRate: 0.5, refusalRate: 0.25, fallbackRate: 0.25, fallbacks: 1 });
    expect(rows.map(({ engine }) => engine)).toEqual([undefined, 'oxc', 'tree-sitter']);
  });
});
