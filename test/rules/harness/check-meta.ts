import { assumptions } from '../../../src/engine/assumptions.ts';
import { type Tier, tiers } from '../../../src/engine/finding.ts';
import type { Rule, RuleMeta } from '../../../src/engine/rule.ts';
import { rewriteWith } from './check-rewrite.ts';
import type { ChangeFixture } from './read-fixtures.ts';

/** What is missing or wrong in what a rule says about itself. */
export function metaProblems({ meta, triggers }: Rule, folderName: string): string[] {
  const problems: string[] = [];
  if (meta.id !== folderName) problems.push(`meta.id ${meta.id} is not the name of the folder, ${folderName}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(meta.id)) problems.push('meta.id is not kebab-case');
  if (!tiers.includes(meta.tier)) problems.push(`unknown tier ${meta.tier}`);
  if (meta.languages.length === 0) problems.push('meta.languages is empty');
  if (!/^\d+\.\d+\.\d+$/.test(meta.since)) problems.push(`meta.since is no version: ${meta.since}`);
  if (meta.stays.length === 0) problems.push('meta.stays is empty: every rewrite has its limits');
  for (const id of meta.assumes) if (!Object.hasOwn(assumptions, id)) problems.push(`unknown assumption ${id}`);
  if (triggers.length === 0 || triggers.some((trigger) => trigger === ''))
    problems.push('triggers must be texts that occur in the code');
  return [...problems, ...textProblems(meta), ...exampleProblems(meta)];
}

function textProblems({ summary, why, stays, complexity }: RuleMeta): string[] {
  const lines: Record<string, string> = {
    summary,
    'complexity.before': complexity.before,
    'complexity.after': complexity.after,
    ...Object.fromEntries(stays.map((text, index) => [`stays[${index}]`, text])),
  };
  const problems = Object.entries({ ...lines, why }).filter(([, text]) => text.trim() === '' || text !== text.trim());
  return [
    ...problems.map(([name]) => `meta: ${name} is empty or has white space around it`),
    ...Object.entries(lines)
      .filter(([, text]) => text.includes('\n'))
      .map(([name]) => `meta: ${name} is more than one line`),
  ];
}

function exampleProblems({ example }: RuleMeta): string[] {
  return example.before === example.after ? ['meta.example does not change'] : [];
}

/** `before` as the rule rewrites it at its own tier. */
export function rewriteExample(rule: Rule): string {
  const [first = 'typescript'] = rule.meta.languages;
  const language = rule.meta.languages.includes('typescript') ? 'typescript' : first;
  return rewriteWith([rule], { input: rule.meta.example.before, language, level: rule.meta.tier }).text;
}

/** Tiers of the rewrites that the fixtures show. */
export function shownTiers(rule: Rule, fixtures: readonly ChangeFixture[]): Set<Tier> {
  const findings = fixtures.flatMap((fixture) => rewriteWith([rule], fixture).result.findings);
  return new Set(findings.filter(({ status }) => status === 'applied').map(({ tier }) => tier));
}
