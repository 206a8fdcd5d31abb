import type { Percentiles, RunStats, StatsRow } from '../../app/run-stats.ts';
import { groupDigits } from '../../shared/group-digits.ts';
import { durationText, percentText } from '../measure-text.ts';
import { tableText } from '../table-text.ts';
import type { Paint } from '../terminal.ts';
import { timeText } from './run-text.ts';

/** Counts and times as two plain tables. */
export function statsText({ rows, commands, from, to }: RunStats, paint: Paint): string {
  const header = ['command', 'engine', 'files', 'changed', 'success', 'refused', 'failed', 'fell back', 'cached'];
  const body = rows.map((row) => [...countCells(row), ...percentileCells(row.durationMs)]);
  const parts = [
    `from ${timeText(from ?? 0)} to ${timeText(to ?? 0)}, times for each file`,
    tableText([[...header, 'p50', 'p95', 'p99'], ...body], { paintHeader: paint.bold }),
  ];
  if (commands.length > 0) {
    const times = commands.map(({ command, runMs }) => [command, groupDigits(runMs.count), ...percentileCells(runMs)]);
    parts.push(
      'whole commands, from the start of the process until the result was out',
      tableText([['command', 'runs', 'p50', 'p95', 'p99'], ...times], { paintHeader: paint.bold }),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function countCells(row: StatsRow): string[] {
  const { written = 0, changed = 0, failed = 0, conflict = 0 } = row.byStatus;
  return [
    row.engine === undefined ? row.command : '',
    row.engine ?? 'all',
    groupDigits(row.files),
    groupDigits(written + changed),
    percentText(row.successRate),
    percentText(row.refusalRate),
    groupDigits(failed + conflict),
    percentText(row.fallbackRate),
    groupDigits(row.cached),
  ];
}

/** Empty when nothing was measured. */
function percentileCells(measured: Percentiles | undefined): string[] {
  if (measured === undefined) return ['', '', ''];
  return [measured.p50, measured.p95, measured.p99].map(durationText);
}
