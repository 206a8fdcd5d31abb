import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Tier } from '../../src/engine/finding.ts';
import type { Rule } from '../../src/engine/rule.ts';
import type { EquivalenceSubject } from '../../src/rules/proof.ts';
import { outcomeDifference } from '../rules/harness/check-equivalence.ts';
import { rewriteWith } from '../rules/harness/check-rewrite.ts';
import { discoverRules, importDefault, loadedRules } from '../rules/harness/discover-rules.ts';
import { findDifference } from '../rules/harness/find-difference.ts';
import { compileModule, runAsyncSubject } from '../rules/harness/run-subject.ts';
import type { Exports, Outcome } from '../rules/harness/run-subject.ts';
import { mutateSource } from './mutate-source.ts';
import { randomFrom } from './random-from.ts';
import { hasTrueTypes } from './type-check.ts';

const runs = Number(process.env['BOOSTER_MUTANTS'] ?? 1500);
const seed = Number(process.env['BOOSTER_MUTANT_SEED'] ?? 1);
/** At higher levels a difference may be what a finding says that it assumes: those are to be read. */
const level = (process.env['BOOSTER_MUTANT_LEVEL'] ?? 'safe') as Tier;
/** Mutants that loop for ever do so before and after. */
const hangMs = 200;
const inputs = 15;

const { queueMicrotask } = globalThis;

/** What a mutant throws after its end is nobody's, and would end the run. */
beforeAll(() => {
  vi.stubGlobal('queueMicrotask', (callback: () => void) => {
    queueMicrotask(() => {
      try {
        callback();
      } catch {
        // the mutant is compared by what it returned and left behind
      }
    });
  });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

interface Case {
  readonly ruleId: string;
  readonly subject: EquivalenceSubject;
}

async function readCases(): Promise<Case[]> {
  const folders = await discoverRules();
  const all = await Promise.all(
    folders.map(async ({ id, path }) => {
      const subjects = await importDefault<readonly EquivalenceSubject[]>(path, 'equivalence.ts');
      return subjects.map((subject) => ({ ruleId: id, subject }));
    }),
  );
  // two readings of the clock differ
  return all.flat().filter(({ ruleId }) => ruleId !== 'date-object-time');
}

interface Run {
  readonly outcome: Outcome;
  readonly trace: unknown;
  readonly later: readonly unknown[];
}

async function run(module: Exports, args: readonly unknown[]): Promise<Run> {
  const outcome = await runAsyncSubject(module.subject, args, hangMs);
  const later = (module['later'] as (() => unknown)[]).slice(0, 50).map((one) => {
    try {
      return one();
    } catch (error) {
      return error instanceof Error ? error.name : error;
    }
  });
  return { outcome, trace: module['trace'], later };
}

/** That what is given has no holes is assumed above safe (A9). */
function breaksAssumption(args: readonly unknown[]): boolean {
  return level !== 'safe' && args.some((value) => Array.isArray(value) && Object.keys(value).length < value.length);
}

function isHung({ outcome: { value } }: Run): boolean {
  return value instanceof Error && 'code' in value && value.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

/** Both as programs; `undefined` when the mutant is none, such as one that assigns to a constant. */
function compiled(before: string, after: string): readonly [() => Exports, () => Exports] | undefined {
  try {
    return [compileModule(before), compileModule(after)];
  } catch {
    return undefined;
  }
}

/** What a rewrite of a mutant changes, or `undefined`. */
async function difference(
  before: () => Exports,
  after: () => Exports,
  args: readonly unknown[],
): Promise<string | undefined> {
  const a = await run(before(), args);
  if (isHung(a)) return undefined;
  const b = await run(after(), args);
  const ended = outcomeDifference(a.outcome, b.outcome);
  if (ended !== undefined) return ended;
  return findDifference([a.trace, a.later], [b.trace, b.later], a.outcome.world, b.outcome.world);
}

test(`rewrites at ${level} keep what ${String(runs)} mutants of the subjects of all rules do`, async () => {
  const cases = await readCases();
  const rules: Rule[] = loadedRules(await discoverRules());
  const random = randomFrom(seed);
  const found: string[] = [];
  let rewritten = 0;
  for (let count = 0; count < runs && found.length < 40; count += 1) {
    const { subject, ruleId } = cases[count % cases.length] as Case;
    const source = mutateSource(subject.source, random);
    const inputSeed = Math.floor(random() * 2 ** 31);
    let rewrite;
    try {
      rewrite = rewriteWith(rules, { input: source, language: 'typescript', level });
    } catch (error) {
      found.push(`${ruleId}: the engine threw ${String(error)}\n${source}`);
      continue;
    }
    const { text, result } = rewrite;
    if (text === source) continue;
    rewritten += 1;
    const ids = [...new Set(result.findings.filter(({ status }) => status === 'applied').map((one) => one.ruleId))];
    const modules = compiled(source, text);
    if (modules === undefined) continue;
    for (const args of fc.sample(subject.args, { seed: inputSeed, numRuns: inputs })) {
      if (breaksAssumption(args)) continue;
      const what = await difference(...modules, args).catch((error: unknown) => `cannot be compared: ${String(error)}`);
      if (what === undefined) continue;
      // annotations that the program itself makes untrue promise nothing (A8)
      if (!hasTrueTypes(source)) break;
      found.push(
        `#${String(count)} ${ids.join(', ')}: ${what}\narguments: ${fc.stringify(args)}\n--- before\n${source}\n--- after\n${text}`,
      );
      break;
    }
  }
  console.info(`${String(rewritten)} of ${String(runs)} mutants were rewritten`);
  expect(found.join('\n\n==========\n')).toBe('');
});
