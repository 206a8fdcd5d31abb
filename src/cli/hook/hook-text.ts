import type { Baseline } from '../../app/hook/before-text.ts';
import type { NamedReport } from '../../app/hook/inspect-event.ts';
import { findingKey } from '../../engine/finding-key.ts';
import type { PlacedFinding } from '../../engine/optimize.ts';
import { measured } from '../../rules/index.ts';
import { findingLine } from '../reporters/finding-text.ts';
import { shellText } from '../shell-text.ts';
import { plainPaint } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

/** An agent pays for every word: more findings than that are counted, not shown. */
const maximumFindings = 5;

/** Of the whole text, in UTF-16 units; agents cut at 10 kB at the latest. */
const maximumLength = 2_000;

const comparedWith: Readonly<Record<Baseline['from'], string>> = {
  event: 'compared with the text before the edit, as the event has it',
  index: 'compared with the version staged in git, because the event does not tell what was there before',
  HEAD: 'compared with the last commit, because the event does not tell what was there before',
  'new file': 'a new file: all of it counts',
  nothing: 'all of the file counts: neither the event nor git tells what was there before',
};

const order: readonly PlacedFinding['status'][] = ['applied', 'available', 'manual'];

/** What an agent is told about its edit; empty when there is nothing to say. At most 2,000 UTF-16 units. */
export function hookText(reports: readonly NamedReport[]): string {
  return reports.map(reportText).join('\n\n').slice(0, maximumLength);
}

function reportText(report: NamedReport): string {
  const { introduced, rewritten, name, reason } = report;
  const path = visibleLine(name);
  const done = new Set(rewritten.map(findingKey));
  const rest = introduced.filter((finding) => !done.has(findingKey(finding)));
  const parts = [
    `booster: this edit introduced ${findingsText(introduced.length)} in ${path} (${comparedWith[report.baseline]}).`,
  ];
  if (rewritten.length > 0) {
    parts.push(
      `Rewritten, behaviour stays the same (lines as before the rewrite); read the file again before the next edit:`,
    );
    parts.push(...lines(name, rewritten));
  }
  if (reason !== undefined) parts.push(`Nothing was rewritten: ${visibleLine(reason.message)} (${reason.code}).`);
  if (rest.length > 0 && rewritten.length > 0) parts.push('Left as they are:');
  parts.push(...lines(name, rest), ...adviceText(name, rest));
  return parts.join('\n');
}

function findingsText(count: number): string {
  return count === 1 ? '1 slow place' : `${String(count)} slow places`;
}

function lines(name: string, findings: readonly PlacedFinding[]): string[] {
  const sorted = [...findings].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.start - b.start);
  const shown = sorted
    .slice(0, maximumFindings)
    .map((finding) => `- ${findingLine(name, finding, measured, plainPaint)}`);
  const left = sorted.length - shown.length;
  return left === 0 ? shown : [...shown, `- and ${String(left)} more`];
}

/** The command that rewrites what can be rewritten, and that only. */
function adviceText(name: string, rest: readonly PlacedFinding[]): string[] {
  const rules = [...new Set(rest.filter(({ status }) => status === 'applied').map(({ ruleId }) => ruleId))];
  if (rules.length === 0) return [];
  const command = shellText('npx booster', ['optimize', name, '--rule', rules.join(','), '--write']);
  return [`To rewrite where behaviour provably stays the same: ${command} (then read the file again)`];
}
