import type { Measured, MeasurementSummary, Saving } from '../../app/measure/measured.ts';
import { counted } from '../reporters/summary-text.ts';
import { visibleLine } from '../visible-text.ts';
import { groupDigits } from '../../shared/group-digits.ts';

/** `12 %`, `0.4 %`; `–` for what was not measured. */
export function shareText(share: number | undefined): string {
  if (share === undefined) return '–';
  const percent = share * 100;
  return `${percent >= 9.95 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

/** `20`, `–` */
export function callsText(measured: Measured | undefined): string {
  return measured?.runs === undefined ? '–' : groupDigits(measured.runs.calls);
}

/** `hot, 24 % of the time (717 ms); ran 12,000 times in 1 call of its function` */
export function measuredText({ heat, share, micros, runs }: Measured): string {
  const parts: string[] = [];
  if (share !== undefined && micros !== undefined && heat !== 'not executed') {
    parts.push(`${heat ?? ''}, ${shareText(share)} of the time (${(micros / 1_000).toFixed(0)} ms)`);
  } else if (heat !== undefined) parts.push(heat);
  if (runs !== undefined && runs.count > 0)
    parts.push(`ran ${groupDigits(runs.count)} times in ${counted(runs.calls, 'call')} of its function`);
  return parts.length === 0 ? 'not measured' : parts.join('; ');
}

/** `23 % of the time at n=600, where its benchmark measured 41×`, `at most 24 % of the time` */
export function savingText({ share, ratio, n }: Saving): string {
  if (ratio === undefined || n === undefined) return `at most ${shareText(share)} of the time`;
  return `about ${shareText(share)} of the time: its benchmark measured ${ratio.toFixed(1)}× at n=${groupDigits(Math.round(n))}`;
}

/** Lines on the whole measurement: what the findings stand for, and what could not be mapped. */
export function measurementText({ busyMicros, unmapped, bound, command }: MeasurementSummary): string {
  const rows: string[] = [];
  if (command !== undefined) {
    const how = command.exitCode === undefined ? 'ended by a signal' : `exit code ${String(command.exitCode)}`;
    rows.push(`Ran ${visibleLine(command.text)}: ${how}`);
  }
  if (busyMicros !== undefined && unmapped !== undefined && bound !== undefined) {
    const { garbageCollector, program, node, withoutSource, otherFiles } = unmapped;
    const all = garbageCollector + program + node + withoutSource + otherFiles;
    rows.push(
      `Measured ${(busyMicros / 1_000).toFixed(0)} ms of work; mending all findings makes it at most ${bound.toFixed(1)}× as fast (Amdahl)`,
      `In no analysed line: ${shareText(all)} (garbage collector ${shareText(garbageCollector)}, V8 ${shareText(program)}, ` +
        `Node ${shareText(node)}, other files ${shareText(otherFiles)}, without a source ${shareText(withoutSource)})`,
    );
  }
  return rows.map((row) => `${row}\n`).join('');
}
