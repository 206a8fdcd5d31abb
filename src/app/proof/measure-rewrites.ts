import type { CommandRun } from '../../files/run-command.ts';
import { compareTimes } from './compare-times.ts';
import type { TimeComparison } from './compare-times.ts';
import { passes } from './CommandTrials.ts';
import type { CommandTrials } from './CommandTrials.ts';
import { keepPassing } from './keep-passing.ts';
import type { RewriteUnit } from './rewrite-unit.ts';
import type { JudgedUnits, RejectedUnit } from './verify-rewrites.ts';

export interface MeasureOptions {
  readonly trials: CommandTrials;
  /** Pairs of runs. */
  readonly runs: number;
  readonly each: boolean;
}

export interface MeasuredUnits extends JudgedUnits {
  /** Of what was kept, against no rewrite at all; absent when nothing was kept. */
  readonly gain?: TimeComparison;
}

/** Keeps the rewrites under which a benchmark is not slower. @throws as `CommandTrials.run` */
export async function measureRewrites(
  groups: readonly (readonly RewriteUnit[])[],
  options: MeasureOptions,
): Promise<MeasuredUnits> {
  const { command } = options.trials;
  const why = new Map<RewriteUnit, Omit<RejectedUnit, 'unit'>>();
  const reasonOf = (result: TimeComparison | CommandRun): Omit<RejectedUnit, 'unit'> =>
    'verdict' in result
      ? { reason: 'slower', command, ratio: result.ratio }
      : { reason: 'breaks', command, run: result };
  let whole: { readonly size: number; readonly comparison: TimeComparison } | undefined;
  const judge = async (base: readonly RewriteUnit[], added: readonly RewriteUnit[]): Promise<'passes' | 'fails'> => {
    const compared = await compareStates(base, [...base, ...added], options);
    if ('verdict' in compared && compared.verdict !== 'slower') {
      if (base.length === 0) whole = { size: added.length, comparison: compared };
      return 'passes';
    }
    for (const unit of added) why.set(unit, reasonOf(compared));
    return 'fails';
  };
  const kept: RewriteUnit[] = [];
  const rejected: RejectedUnit[] = [];
  for (const part of options.each ? groups.flat().map((unit) => [[unit]]) : [groups]) {
    const judged = await keepPassing({
      groups: part,
      judge: (base, added) => judge([...kept, ...base], added),
      // what only once seems slower is kept: all that is kept is measured together in the end
      confirm: (base, only) => judge([...kept, ...base], [only]),
    });
    kept.push(...judged.kept);
    for (const { unit } of judged.rejected) {
      const slower: Omit<RejectedUnit, 'unit'> = { reason: 'slower', command };
      rejected.push({ unit, ...(why.get(unit) ?? slower) });
    }
  }
  if (kept.length === 0) return { kept, rejected };
  if (whole?.size === kept.length) return { kept, rejected, gain: whole.comparison };
  const gain = await compareStates([], kept, options);
  if ('verdict' in gain && gain.verdict !== 'slower') return { kept, rejected, gain };
  // each was not slower on top of the others, and all together are: nothing is left that could be stood by
  return { kept: [], rejected: [...rejected, ...kept.map((unit) => ({ unit, ...reasonOf(gain) }))] };
}

/** The run that failed, when one did. */
async function compareStates(
  before: readonly RewriteUnit[],
  after: readonly RewriteUnit[],
  { trials, runs }: MeasureOptions,
): Promise<TimeComparison | CommandRun> {
  const pairs: [number, number][] = [];
  // the first pair only warms up file caches
  for (let pair = 0; pair <= runs; pair += 1) {
    const times: [number, number] = [0, 0];
    // taking turns in going first: what the first run of a pair pays, both pay as often
    for (const side of pair % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const state = side === 0 ? before : after;
      let run = await trials.run(state);
      if (!passes(run)) run = await trials.run(state);
      if (!passes(run)) return run;
      times[side] = run.durationMs;
    }
    if (pair > 0) pairs.push(times);
  }
  return compareTimes(pairs);
}
