import type { CommandRun } from '../../files/run-command.ts';
import type { CommandTrials } from './CommandTrials.ts';
import { type KeptUnits, keepPassing } from './keep-passing.ts';
import { RewriteJudge } from './RewriteJudge.ts';
import type { RewriteUnit } from './rewrite-unit.ts';

export interface RejectedUnit {
  readonly unit: RewriteUnit;
  readonly reason: 'breaks' | 'unsteady' | 'slower';
  readonly command: string;
  /** The run that failed with it. */
  readonly run?: CommandRun;
  readonly ratio?: number;
}

export interface JudgedUnits {
  /** On their own they passed, in exactly this composition. */
  readonly kept: readonly RewriteUnit[];
  readonly rejected: readonly RejectedUnit[];
}

/**
 * Finds the rewrites that a command fails with. A failure is confirmed before anything is taken back for it.
 * @throws BoosterError E_PROOF_FLAKY, and as `CommandTrials.run`
 */
export async function verifyRewrites(
  groups: readonly (readonly RewriteUnit[])[],
  trials: CommandTrials,
): Promise<JudgedUnits> {
  const judge = new RewriteJudge(trials);
  const all = groups.flat();
  if (all.length === 0 || (await judge.judge([], all)) === 'passes') return { kept: all, rejected: [] };
  if (all.length > 1 && (await judge.confirm([], all)) === 'passes') return { kept: all, rejected: [] };
  const found = await keepPassing({
    groups,
    isFailing: true,
    judge: (base, added) => judge.judge(base, added),
    confirm: (base, only) => judge.confirm(base, [only]),
  });
  const { kept, rejected } = await judgeAgain(found, judge, trials);
  return {
    kept,
    rejected: rejected.map(({ unit, verdict }) => {
      const run = judge.failedRun(unit);
      const reason = verdict === 'fails' ? 'breaks' : 'unsteady';
      return { unit, reason, command: trials.command, ...(run !== undefined && { run }) };
    }),
  };
}

/** A command may have shown only later how flaky it is: what was taken back by what was known by then gets a second chance. */
async function judgeAgain(
  { kept, rejected }: KeptUnits<RewriteUnit>,
  judge: RewriteJudge,
  { steadiness }: CommandTrials,
): Promise<KeptUnits<RewriteUnit>> {
  const all = [...kept];
  const still: KeptUnits<RewriteUnit>['rejected'][number][] = [];
  for (const one of rejected) {
    const verdict = steadiness.isFlaky ? await judge.confirm(all, [one.unit]) : one.verdict;
    if (verdict === 'passes') all.push(one.unit);
    else still.push({ unit: one.unit, verdict });
  }
  return { kept: all, rejected: still };
}
