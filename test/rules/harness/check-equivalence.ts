import fc from 'fast-check';
import { tiers } from '../../../src/engine/finding.ts';
import type { Rule } from '../../../src/engine/rule.ts';
import type { EquivalenceSubject } from '../../../src/rules/proof.ts';
import { rewriteWith } from './check-rewrite.ts';
import { findDifference } from './find-difference.ts';
import { compileSubject, type Outcome, runAsyncSubject, runSubject, type Subject } from './run-subject.ts';

export interface RandomRuns {
  readonly seed: number;
  readonly numRuns: number;
}

/**
 * Why a rule's rewrite of a subject does not mean the same, with the arguments that show it; `undefined` when no
 * difference was found. Each random input is given twice to a fresh pair of modules: state that a rewrite keeps between
 * calls shows in the second.
 */
export async function equivalenceProblem(
  rule: Rule,
  subject: EquivalenceSubject,
  runs: RandomRuns,
): Promise<string | undefined> {
  const rewritten = rewriteSubject(rule, subject);
  if (rewritten.text === undefined) return rewritten.problem;
  const original = compileSubject(subject.source);
  const changed = compileSubject(rewritten.text);
  const property =
    subject.isAsync === true
      ? fc.asyncProperty(subject.args, async (args) => {
          assertSame(await compareAsync(original(), changed(), args));
        })
      : fc.property(subject.args, (args) => {
          assertSame(compareSync(original(), changed(), args));
        });
  const details = await fc.check<[readonly unknown[]]>(property, { ...runs });
  if (!details.failed) return undefined;
  const difference = details.errorInstance instanceof Error ? details.errorInstance.message : 'no input could be made';
  const replay = `BOOSTER_FC_SEED=${details.seed}, input ${details.counterexamplePath ?? ''}`;
  return `${difference}\narguments: ${fc.stringify(details.counterexample?.[0])}\nreplay: ${replay}\nrewritten source:\n${rewritten.text}`;
}

/** The subject as the rule rewrites it, or why it does not. */
function rewriteSubject(
  rule: Rule,
  { source, level }: EquivalenceSubject,
): { readonly text?: string; readonly problem: string } {
  const language = rule.meta.languages.includes('typescript') ? 'typescript' : (rule.meta.languages[0] ?? 'typescript');
  const { text, result } = rewriteWith([rule], { input: source, language, level: level ?? rule.meta.tier });
  if (text !== source) return { text, problem: '' };
  const blocked = result.findings.map(
    (finding) => finding.blockedBy ?? `needs level ${finding.tier}, of ${tiers.join(', ')}`,
  );
  const why =
    result.reason?.message ??
    ([...result.failedRules.map((failure) => failure.message), ...blocked].join('; ') || 'the rule finds nothing');
  return { problem: `the rule does not rewrite this subject: ${why}` };
}

function assertSame(difference: string | undefined): void {
  if (difference !== undefined) throw new Error(difference);
}

function compareSync(original: Subject, changed: Subject, args: readonly unknown[]): string | undefined {
  for (const call of ['first call', 'second call']) {
    const difference = outcomeDifference(runSubject(original, args), runSubject(changed, args));
    if (difference !== undefined) return `${call}: ${difference}`;
  }
  return undefined;
}

async function compareAsync(
  original: Subject,
  changed: Subject,
  args: readonly unknown[],
): Promise<string | undefined> {
  for (const call of ['first call', 'second call']) {
    const difference = outcomeDifference(await runAsyncSubject(original, args), await runAsyncSubject(changed, args));
    if (difference !== undefined) return `${call}: ${difference}`;
  }
  return undefined;
}

/** First thing in which two outcomes differ. */
export function outcomeDifference(a: Outcome, b: Outcome): string | undefined {
  const calls = findDifference(a.world.calls, b.world.calls, a.world, b.world);
  if (calls !== undefined) return `calls of the functions handed in${calls}`;
  if (a.ended !== b.ended) return `${describe(a)}, but rewritten it ${describe(b)}`;
  const isEngineError = a.ended === 'threw' && a.value instanceof Error && !a.world.thrown.has(a.value);
  if (isEngineError && !b.world.thrown.has(b.value)) return engineErrorDifference(a, b);
  // one comparison for both, so that it sees which parts of the arguments the value shares
  return findDifference({ args: a.args, value: a.value }, { args: b.args, value: b.value }, a.world, b.world);
}

function engineErrorDifference(a: Outcome, b: Outcome): string | undefined {
  if (errorClass(a.value) !== errorClass(b.value)) return `${describe(a)}, but rewritten it ${describe(b)}`;
  return findDifference({ args: a.args }, { args: b.args }, a.world, b.world);
}

/**
 * V8 has many texts for "this value is not what the operation needs", and they quote the expression as it is written:
 * `undefined is not iterable` and `Cannot read properties of undefined` are one kind. All other texts have to be equal.
 */
const unfitValue =
  /is not (a function|iterable|a constructor)|Cannot destructure|Spread syntax requires|(null|undefined) to object|properties of (null|undefined)/;

function errorClass(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return `${error.name}: ${unfitValue.test(error.message) ? 'unfit value' : error.message}`;
}

function describe({ ended, value }: Outcome): string {
  return ended === 'returned' ? 'returned' : `threw ${String(value)}`;
}
