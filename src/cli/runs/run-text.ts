import type { RunRecord } from '../../records/run-record.ts';
import { groupDigits } from '../../shared/group-digits.ts';
import { durationText } from '../measure-text.ts';
import { tableText } from '../table-text.ts';
import type { Terminal } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

/** Runs as a table; on a terminal it fits the width. */
export function runsTable(records: readonly RunRecord[], { paint, isTTY, columns }: Terminal): string {
  const header = ['id', 'when', 'command', 'status', 'took', 'project', 'file'];
  const rows = records.map((record) => [
    record.id,
    timeText(record.at),
    record.command,
    record.status,
    durationText(record.durationMs),
    visibleLine(record.project),
    `${fileText(record)}${whyText(record)}`,
  ]);
  return `${tableText([header, ...rows], { paintHeader: paint.bold, ...(isTTY ? { columns } : {}) })}\n`;
}

/** Everything that a record says, a line for each. */
export function runText(record: RunRecord, { paint }: Pick<Terminal, 'paint'>): string {
  const { phases = {} } = record;
  const facts: [string, string | undefined][] = [
    ['id', record.id],
    ['command', record.command],
    ['started', timeText(record.at)],
    ['project', record.project],
    ['file', fileText(record)],
    ['language', record.language],
    ['status', record.status],
    ['code', record.code],
    ['exit code', String(record.exitCode)],
    ['rules', record.rules?.join(', ')],
    ['engine', record.engine],
    ['ran', record.ranIn],
    ['fell back', record.fellBack],
    ['from cache', record.cached === true ? 'yes' : undefined],
    ['before', contentText(record.bytesBefore, record.hashBefore)],
    ['after', contentText(record.bytesAfter, record.hashAfter)],
    ['took', durationText(record.durationMs)],
    ['  reading', msText(phases.readMs)],
    ['  engine', msText(phases.engineMs)],
    ['  writing', msText(phases.writeMs)],
    ['whole command', msText(record.runMs)],
    ['host', `${record.host}, process ${String(record.pid)}`],
    ['booster', record.booster],
  ];
  return facts
    .flatMap(([name, text]) => (text === undefined ? [] : [`${paint.bold(name.padEnd(14))} ${visibleLine(text)}\n`]))
    .join('');
}

/** Local time, as in `2026-01-31 12:00:00`. */
export function timeText(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

function fileText({ command, file, files }: RunRecord): string {
  if (files !== undefined) return `${groupDigits(files)} further files`;
  if (file !== undefined) return visibleLine(file);
  return command === 'generate' ? '<stdout>' : '<stdin>';
}

function whyText({ code, rules = [], fellBack, cached }: RunRecord): string {
  const facts = [
    code,
    rules.join(', '),
    fellBack === undefined ? '' : `fell back: ${fellBack}`,
    cached ? 'cached' : '',
  ];
  const text = facts.filter((fact) => fact !== undefined && fact !== '').join('; ');
  return text === '' ? '' : ` (${visibleLine(text)})`;
}

function contentText(bytes: number | undefined, hash: string | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  return `${groupDigits(bytes)} bytes${hash === undefined ? '' : `, SHA-256 ${hash}`}`;
}

function msText(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : durationText(ms);
}
