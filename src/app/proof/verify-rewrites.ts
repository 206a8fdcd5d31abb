import type { CommandRun } from '../../files/run-command.ts';
import { passes } from './CommandTrials.ts';
import type { CommandTrials } from './CommandTrials.ts';
import { keepPassing } from './keep-passing.ts';
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

/** Finds the rewrites that a command fails with. @throws as `CommandTrials.run` */
export async function verifyRewrites(
  groups: readonly (readonly RewriteUnit[])[],
  trials: CommandTrials,
): Promise<JudgedUnits> {
  const failures = new Map<RewriteUnit, CommandRun>();
  const { kept, rejected } = await keepPassing({
    groups,
    judge: async (base, added) => {
      const run = await trials.run([...base, ...added]);
      if (passes(run)) return 'passes';
      for (const unit of added) failures.set(unit, run);
      return 'fails';
    },
  });
  return {
    kept,
    rejected: rejected.map(({ unit, verdict }) => {
      const run = failures.get(unit);
      const reason = verdict === 'fails' ? 'breaks' : 'unsteady';
      return { unit, reason, command: trials.command, ...(run !== undefined && { run }) };
    }),
  };
}
