import { isDeepStrictEqual } from 'node:util';
import { applyEdits, areDisjoint, type Edit, sortEdits } from '../../../src/engine/edit.ts';
import { findFindings, type RuleFailure } from '../../../src/engine/find-findings.ts';
import { type Finding, isWithin, type Tier } from '../../../src/engine/finding.ts';
import type { Language } from '../../../src/engine/language.ts';
import type { OptimizeResult } from '../../../src/engine/optimize.ts';
import { optimizeText } from '../../../src/engine/optimize-text.ts';
import type { Rule } from '../../../src/engine/rule.ts';
import type { SyntaxTree } from '../../../src/engine/syntax-tree.ts';
import { parser } from './parser.ts';

/** Code and the level at which it is looked at. */
export interface Sample {
  readonly input: string;
  readonly language: Language;
  readonly level: Tier;
}

export interface Rewrite {
  readonly result: OptimizeResult;
  readonly text: string;
}

/** Runs rules over a sample through the engine, as the command does. */
export function rewriteWith(rules: readonly Rule[], { input, language, level }: Sample): Rewrite {
  const ids = rules.map((rule) => rule.meta.id);
  const result = optimizeText({ text: input, language, level, rules: ids }, rules, parser);
  return { result, text: applyEdits(input, result.edits) };
}

/** What is wrong with the rewrite of a sample by one rule, whatever the rewrite is; empty when nothing is. */
export function rewriteProblems(rule: Rule, sample: Sample): string[] {
  const { result, text } = rewriteWith([rule], sample);
  return [
    ...runProblems(result),
    ...editProblems(sample.input, result.edits),
    ...textProblems(sample, text),
    ...tierProblems(rule, sample, result),
    ...settleProblems(rule, sample, text),
    ...findingProblems(rule, sample),
  ];
}

function runProblems({ status, reason, failedRules }: OptimizeResult): string[] {
  const failures = failedRules.map((failure) => `the rule failed: ${failure.message}`);
  return status === 'refused'
    ? [...failures, `the file was refused: ${String(reason?.code)} ${String(reason?.message)}`]
    : failures;
}

function editProblems(text: string, edits: readonly Edit[]): string[] {
  const problems: string[] = [];
  if (!isDeepStrictEqual(edits, sortEdits(edits))) problems.push('edits are not sorted');
  if (!areDisjoint(sortEdits(edits))) problems.push('edits overlap');
  for (const { start, end } of edits) {
    if (start < 0 || start > end || end > text.length)
      problems.push(`an edit is out of range: ${start}–${end} of ${text.length}`);
    if (splitsPair(text, start) || splitsPair(text, end))
      problems.push(`an edit splits a surrogate pair at ${start}–${end}`);
  }
  return problems;
}

function splitsPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}

/** What a result lost or broke, seen without the engine's own gate. */
export function textProblems({ input, language }: Sample, output: string): string[] {
  const before = parser.parse(input, language);
  const after = parser.parse(output, language);
  const problems = after.problems.map((problem) => `the result does not parse: ${problem.message}`);
  const kept = commentsOf(after);
  for (const comment of commentsOf(before)) {
    const at = kept.indexOf(comment);
    if (at < 0) problems.push(`a comment was lost: ${comment}`);
    else kept.splice(at, 1);
  }
  return problems;
}

function commentsOf(tree: SyntaxTree): string[] {
  return tree.comments.map(({ start, end }) => tree.text.slice(start, end).trimEnd());
}

function tierProblems(rule: Rule, { level }: Sample, { findings }: OptimizeResult): string[] {
  const applied = findings.filter((finding) => finding.status === 'applied');
  return [
    ...applied
      .filter(({ tier }) => !isWithin(tier, rule.meta.tier))
      .map(({ tier }) => `a ${tier} rewrite of a rule whose meta says ${rule.meta.tier}`),
    ...applied
      .filter(({ tier }) => !isWithin(tier, level))
      .map(({ tier }) => `a ${tier} rewrite was applied at level ${level}`),
  ];
}

function settleProblems(rule: Rule, sample: Sample, output: string): string[] {
  const again = rewriteWith([rule], { ...sample, input: output });
  if (again.text === output && again.result.status !== 'refused') return [];
  return [`a second run changes the result again:\n${again.text}`];
}

/** `find` sees the same code twice and must say the same twice, each finding in itself sound. */
function findingProblems(rule: Rule, { input, language }: Sample): string[] {
  const first = findingsOf(rule, input, language);
  const second = findingsOf(rule, input, language);
  const problems = isDeepStrictEqual(first, second)
    ? []
    : ['find() is not pure: it reports something else the second time'];
  for (const { edits, blockedBy, message } of first) {
    if (edits === undefined && blockedBy === undefined)
      problems.push(`a finding has neither edits nor blockedBy: ${message}`);
    if (message.trim() === '' || message.includes('\n'))
      problems.push(`a message must be one line: ${JSON.stringify(message)}`);
    problems.push(...editProblems(input, edits ?? []));
  }
  return problems;
}

function findingsOf(rule: Rule, text: string, language: Language): Finding[] {
  const failures: RuleFailure[] = [];
  return findFindings(parser.parse(text, language), [rule], parser, failures).map(({ finding }) => finding);
}
