import { detectors } from '../../detectors/index.ts';
import type { Language } from '../../engine/language.ts';
import type { Rule, RuleMeta } from '../../engine/rule.ts';
import { nodeMajorsText, tiersText } from '../../engine/rule.ts';
import { rules } from '../../rules/index.ts';
import type { Io } from '../../shared/io.ts';
import type { RuleFlags } from '../program.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { tableText } from '../table-text.ts';
import { detectorsText } from './detector-text.ts';
import type { Terminal } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';

/** `booster rules` */
export async function runRules(flags: RuleFlags, io: Io): Promise<void> {
  const terminal = await openTerminal(io.stdout, { setting: flags.color ?? 'auto', fromFlag: true }, io.env);
  io.stdout.write(
    flags.json ? rulesJson(rules) : `${rulesText(rules, terminal)}\n${detectorsText(detectors, terminal)}`,
  );
}

/** The rules as a table; on a terminal it fits the width. */
function rulesText(rules: readonly Rule[], { paint, isTTY, columns }: Terminal): string {
  const rows = rules.map(({ meta }) => [
    meta.id,
    meta.group,
    tiersText(meta),
    meta.languages.map(extensionOf).join(','),
    meta.summary + versionsText(meta),
  ]);
  const header = ['rule', 'group', 'tier', 'languages', 'what'];
  const table = tableText([header, ...rows], { paintHeader: paint.bold, ...(isTTY ? { columns } : {}) });
  return `${table}\n`;
}

function versionsText(meta: RuleMeta): string {
  const majors = nodeMajorsText(meta);
  return majors === undefined ? '' : ` (${majors})`;
}

function extensionOf(language: Language): string {
  return { javascript: 'js', jsx: 'jsx', typescript: 'ts', tsx: 'tsx', dts: 'd.ts' }[language];
}

function rulesJson(rules: readonly Rule[]): string {
  const entries = rules.map(({ meta: { id, group, tier, lowestTier = tier, languages, summary, nodeMajors } }) => ({
    id,
    group,
    tier,
    lowestTier,
    languages,
    summary,
    ...(nodeMajors === undefined ? {} : { nodeMajors }),
  }));
  const others = detectors.map(({ meta: { id, group, level, summary } }) => ({ id, group, level, summary }));
  return `${JSON.stringify({ schemaVersion, rules: entries, detectors: others }, undefined, 2)}\n`;
}
