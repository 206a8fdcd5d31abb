import type { CommandRun } from '../../files/run-command.ts';
import { passes } from './CommandTrials.ts';
import type { CommandTrials } from './CommandTrials.ts';
import type { Confirmed } from './keep-passing.ts';
import type { RewriteUnit } from './rewrite-unit.ts';

/** Pairs of runs, with and without, after a command has passed and failed with the same rewrites: when it has failed once, and more often. */
const pairsOfDoubt = { least: 5, most: 10 };
/** So small is the chance that all failures would be among the runs with rewrites, were these no reason for any. */
const chanceOfUnsteady = 0.05;
/** Runs in a row that pass, once some rewrite is known to make the command fail now and then. */
const steadyRuns = 5;

/**
 * Judges rewrites by a command that may be flaky. A rewrite is to blame for failures that are confirmed with it while the tree
 * passes without it. A command that has failed without it too may fail several times in a row by chance: then more are needed.
 */
export class RewriteJudge {
  readonly #trials: CommandTrials;
  readonly #failed = new Map<RewriteUnit, CommandRun>();
  /** Sets of rewrites that it has failed with, and has not passed with since. */
  #failedSets: ReadonlySet<RewriteUnit>[] = [];
  /** Some rewrite makes the command fail now and then, so that one run is not enough to pass. */
  #isUnsteady = false;

  constructor(trials: CommandTrials) {
    this.#trials = trials;
  }

  /** The last run that failed with it. */
  failedRun(unit: RewriteUnit): CommandRun | undefined {
    return this.#failed.get(unit);
  }

  /** One run; a failure is not confirmed by it. @throws as `CommandTrials.run` */
  async judge(kept: readonly RewriteUnit[], added: readonly RewriteUnit[]): Promise<'passes' | 'fails'> {
    let runs = 0;
    do {
      if (!(await this.#passesWith(kept, added))) return 'fails';
      runs += 1;
    } while (this.#isUnsteady && !this.#trials.steadiness.failsByItself && runs < steadyRuns);
    return 'passes';
  }

  /**
   * Whether rewrites are to blame for the failure of the run before. `kept` alone has passed.
   * @throws BoosterError E_PROOF_FLAKY, and as `CommandTrials.run`
   */
  async confirm(kept: readonly RewriteUnit[], added: readonly RewriteUnit[]): Promise<Confirmed> {
    const { steadiness } = this.#trials;
    for (let failures = 1; ; failures += 1) {
      const isEnough = failures >= steadiness.failuresNeeded();
      // without them it has to pass now: what fails in the meantime for another reason, nothing is blamed for
      if (isEnough && (await this.#passesWithout(kept)) && failures >= steadiness.failuresNeeded()) return 'fails';
      if (await this.#passesWith(kept, added)) return this.#doubt(kept, added, failures);
    }
  }

  /** It passed with the rewrites after it had failed with them: is the command flaky, or do they make it so? */
  async #doubt(kept: readonly RewriteUnit[], added: readonly RewriteUnit[], failures: number): Promise<Confirmed> {
    const { steadiness } = this.#trials;
    let failed = failures;
    for (let pair = 0; pair < (failed > 1 ? pairsOfDoubt.most : pairsOfDoubt.least); pair += 1) {
      if (steadiness.failsByItself || !(await this.#passesWithout(kept))) return 'passes';
      if (!(await this.#passesWith(kept, added))) failed += 1;
      const runs = failures + 2 + pair;
      if (failed > 1 && chanceOfAll(failed, runs, steadiness.runs) < chanceOfUnsteady) {
        this.#isUnsteady = true;
        return 'unsteady';
      }
    }
    return 'passes';
  }

  async #passesWith(kept: readonly RewriteUnit[], added: readonly RewriteUnit[]): Promise<boolean> {
    const units = new Set([...kept, ...added]);
    const run = await this.#trials.run([...units]);
    if (!passes(run)) {
      for (const unit of added) this.#failed.set(unit, run);
      this.#failedSets.push(units);
      return false;
    }
    // what has failed with no other rewrites than these has failed by itself, or now and then
    const explained = this.#failedSets.filter((failed) => [...failed].every((unit) => units.has(unit)));
    this.#failedSets = this.#failedSets.filter((failed) => !explained.includes(failed));
    this.#trials.steadiness.noteWithKept(explained.length);
    return true;
  }

  async #passesWithout(kept: readonly RewriteUnit[]): Promise<boolean> {
    const passed = passes(await this.#trials.run(kept));
    this.#trials.steadiness.note(passed);
    return passed;
  }
}

/** The chance that `failed` failures are all among `runs` runs and none among `others`, when each run is as likely to fail (hypergeometric). */
function chanceOfAll(failed: number, runs: number, others: number): number {
  let chance = 1;
  for (let index = 0; index < failed; index += 1) chance *= (runs - index) / (runs + others - index);
  return chance;
}
