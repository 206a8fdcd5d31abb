import type { RuleExplanation } from '../../app/explain-rule.ts';
import { explainRule } from '../../app/explain-rule.ts';
import { detectors } from '../../detectors/index.ts';
import { nodeMajorsText } from '../../engine/rule.ts';
import { measured, rules } from '../../rules/index.ts';
import { groupDigits } from '../../shared/group-digits.ts';
import type { Io } from '../../shared/io.ts';
import { nodeMajor, ratioText } from '../reporters/finding-text.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { paintDiff } from '../paint-diff.ts';
import type { RuleFlags } from '../program.ts';
import { detectorText } from './detector-text.ts';
import type { Terminal } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { wrapLine } from '../visible-text.ts';

/**
 * `booster rule <id>`
 * @throws BoosterError E_RULE_UNKNOWN
 */
export async function runRule(id: string, flags: RuleFlags, io: Io): Promise<void> {
  const terminal = await openTerminal(io.stdout, { setting: flags.color ?? 'auto', fromFlag: true }, io.env);
  const detector = detectors.find(({ meta }) => meta.id === id);
  if (detector !== undefined) {
    const { meta } = detector;
    io.stdout.write(
      flags.json
        ? `${JSON.stringify({ schemaVersion, detector: meta }, undefined, 2)}\n`
        : detectorText(meta, terminal),
    );
    return;
  }
  const rule = explainRule(
    id,
    rules,
    measured,
    detectors.map(({ meta }) => meta.id),
  );
  io.stdout.write(flags.json ? ruleJson(rule) : ruleText(rule, terminal));
}

/** Everything about a rule: what, why, before and after, when the code stays, tier, assumptions, measurements. */
export function ruleText(rule: RuleExplanation, { paint, isTTY, columns }: Terminal): string {
  const flow = (text: string, indent = ''): string => (isTTY ? wrapLine(text, columns - indent.length, indent) : text);
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${flow(line, '  ')}`).join('\n');
  const section = (title: string, body: string): string => `${paint.bold(title)}\n${body}\n`;
  const sections = [
    `${paint.bold(rule.id)} (${rule.group}, since ${rule.since})\n${flow(rule.summary)}\n`,
    section('Why', flow(rule.why)),
    section('Example', paintDiff(exampleDiff(rule), paint)),
    section('Cost', `${rule.complexity.before} → ${rule.complexity.after}${breakEvenText(rule)}`),
    section(
      'Tier',
      tierTexts(rule)
        .map((line) => flow(line))
        .join('\n'),
    ),
  ];
  const majors = nodeMajorsText(rule);
  if (majors !== undefined) {
    sections.push(
      section('Node', flow(`wins on ${majors}; elsewhere it is left out (--node says what runs the code)`)),
    );
  }
  if (rule.assumes.length > 0) {
    sections.push(section('Assumes', list(rule.assumes.map(({ id, sentence }) => `${id}: ${sentence}`))));
  }
  if (rule.stays.length > 0) sections.push(section('The code stays as it is when', list(rule.stays)));
  if (rule.measured.length > 0) sections.push(section('Measured', measuredRows(rule)));
  sections.push(section('Languages', rule.languages.join(', ')));
  return sections.join('\n');
}

function ruleJson(rule: RuleExplanation): string {
  return `${JSON.stringify({ schemaVersion, rule }, undefined, 2)}\n`;
}

/** The lines that change, without the file names of a patch. */
function exampleDiff({ example: { before, after } }: RuleExplanation): string {
  const [from, to] = [before, after].map((text) => `${text.trimEnd()}\n`) as [string, string];
  const change = { before: from, after: to, edits: [{ start: 0, end: from.length, text: to }], bom: false };
  return unifiedDiff('example', change).split('\n').slice(3).join('\n').trimEnd();
}

function breakEvenText({ breakEven, breakEvenOf }: RuleExplanation): string {
  if (breakEven === undefined) return '';
  const counted = breakEvenOf === 'rounds' ? ' rounds of the loop, which --coverage can count' : '';
  return `, worth it from n = ${groupDigits(breakEven)}${counted}`;
}

/** What its rewrites need: one line, or more where it depends on what is known of the code. */
function tierTexts({ tier, lowestTier = tier, tierWhenMany, breakEven = 0 }: RuleExplanation): string[] {
  const lines: string[] = [tierMeanings[lowestTier]];
  if (lowestTier !== tier) lines.push(`otherwise ${tierMeanings[tier]}`);
  if (tierWhenMany !== undefined) {
    lines.push(
      `${tierWhenMany} where --coverage counts ${groupDigits(breakEven)} rounds or more, and nothing else is assumed`,
    );
  }
  return lines;
}

const tierMeanings = {
  safe: 'safe: rewritten at every level; nothing observable changes under the assumptions below',
  balanced: 'balanced: rewritten with --level balanced; rests on one stated assumption more',
  aggressive: 'aggressive: rewritten with --level aggressive; an observable change is possible',
} as const;

function measuredRows({ measured }: RuleExplanation): string {
  return measured
    .map(({ name, n, ratio, node }) => `${name}, n = ${groupDigits(n)}: ${ratioText(ratio)} on Node ${nodeMajor(node)}`)
    .join('\n');
}
