import type { RuleStatistics } from '../../app/rule-statistics.ts';
import type { RunTiming } from '../../app/run-timing.ts';
import { groupDigits } from '../../shared/group-digits.ts';
import { tableText } from '../table-text.ts';
import type { Terminal } from '../terminal.ts';

/** `--statistics`: one row for each rule that found something. */
export function statisticsTable(rules: readonly RuleStatistics[], { paint, isTTY, columns }: Terminal): string {
  if (rules.length === 0) return 'No rule found anything\n';
  const rows = rules.map(({ rule, applied, available, manual, files, costs }) => [
    rule,
    ...[applied, available, manual, files].map(groupDigits),
    costs.map(({ before, after }) => (before === after ? before : `${before} → ${after}`)).join(', '),
  ]);
  const header = ['rule', 'rewritten', 'at a higher level', 'by hand', 'files', 'estimated cost'];
  return `${tableText([header, ...rows], { paintHeader: paint.bold, ...(isTTY && { columns }) })}\n`;
}

/** `--timing`: where the time went. */
export function timingTable(timing: RunTiming, { paint }: Terminal): string {
  const { startMs, findMs, filesMs, readMs, engineMs, writeMs, unmatched, cached, worked } = timing;
  const counts = `${groupDigits(worked)} worked on, ${groupDigits(cached)} known from before, ${groupDigits(unmatched)} that no rule can match`;
  const rows = [
    ['phase', 'ms', ''],
    ['start', ms(startMs), 'until the command knew what to do'],
    ['find', ms(findMs), 'finding the files'],
    ['files', ms(filesMs), counts],
    ['  read', ms(readMs), 'reading and hashing; sums over the files, which may overlap'],
    ['  engine', ms(engineMs), 'waiting, parsing, rules, gate, and look-up of known results'],
    ['  write', ms(writeMs), 'writing'],
  ];
  return `${tableText(rows, { paintHeader: paint.bold })}\n`;
}

function ms(value: number): string {
  return value.toFixed(1);
}
