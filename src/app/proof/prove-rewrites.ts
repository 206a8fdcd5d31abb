import { processStamp } from '../../files/process-stamp.ts';
import { ProofJournal } from '../../files/proof-journal.ts';
import { BoosterError, asBoosterError, isBoosterError } from '../../shared/errors.ts';
import type { FileResult } from '../file-result.ts';
import { CommandTrials } from './CommandTrials.ts';
import { measureRewrites } from './measure-rewrites.ts';
import type { ProofOptions } from './proof-options.ts';
import type { ProofOutcome } from './proof-outcome.ts';
import type { ProofSummary } from './proof-summary.ts';
import { revertedOf, settledResults } from './settled-results.ts';
import type { SettledUnits } from './settled-results.ts';
import { unitsOf } from './rewrite-unit.ts';
import type { RewriteUnit } from './rewrite-unit.ts';
import { TrialTree } from './TrialTree.ts';
import { verifyRewrites } from './verify-rewrites.ts';
import type { RejectedUnit } from './verify-rewrites.ts';

/**
 * Puts rewrites to the project's own commands, on the project's own files: keeps those that the tests pass with and the benchmark is not
 * slower with, and takes back exactly the others. In the end the files are in a state that passed, or in their first one; should
 * this process be killed, `recoverProofs` puts them into their first state.
 *
 * @param results files with rewrites, none of which is written yet
 * @throws BoosterError E_PROOF_BASELINE, E_PROOF_CHANGED, E_FILE_*; the files are then in their first state, except
 * those that `data.notRestored` lists because somebody else has changed them
 */
export async function proveRewrites(results: readonly FileResult[], options: ProofOptions): Promise<ProofOutcome> {
  const { io, journalFolder, maximumBytes, rewriteSome } = options;
  const tree = new TrialTree(results, { cwd: io.cwd, maximumBytes }, rewriteSome);
  const owner = { processId: io.processId, stamp: processStamp(io.processId), cwd: io.cwd };
  const journal = new ProofJournal(journalFolder, owner, tree.originals);
  tree.journal = journal;
  try {
    const groups = unitsOf(results);
    const settled = await settle(groups, tree, options);
    await tree.show(settled.kept);
    tree.refuseChanged();
    journal.remove();
    const versions = await tree.versions(settled.kept);
    return {
      results: settledResults(results, versions, settled),
      interrupted: false,
      summary: summaryOf(results, settled),
    };
  } catch (error) {
    const lost = await tree.restore();
    if (lost.length === 0) journal.remove();
    if (lost.length === 0 && isBoosterError(error) && error.code === 'E_TASK_ABORTED') {
      return { results: [], interrupted: true, summary: { kept: 0, reverted: [] } };
    }
    throw lost.length === 0 ? error : withLost(asBoosterError(error), lost, journal.path);
  }
}

interface Settled extends SettledUnits {
  readonly verify?: NonNullable<ProofSummary['verify']>;
  readonly measure?: NonNullable<ProofSummary['measure']>;
}

async function settle(
  groups: readonly (readonly RewriteUnit[])[],
  tree: TrialTree,
  options: ProofOptions,
): Promise<Settled> {
  const rejected: RejectedUnit[] = [];
  let kept: readonly RewriteUnit[] = groups.flat();
  let settled: Omit<Settled, 'kept' | 'rejected'> = {};
  const tests = options.verify === undefined ? undefined : new CommandTrials('verify', options.verify, tree, options);
  if (tests !== undefined) {
    const first = await tests.runFirst();
    const judged = await verifyRewrites(groups, tests);
    kept = judged.kept;
    rejected.push(...judged.rejected);
    settled = { verify: { command: tests.command, runs: tests.runs, firstRunMs: first.durationMs } };
  }
  if (options.measure !== undefined && kept.length > 0) {
    const trials = new CommandTrials('measure', options.measure, tree, options);
    await trials.runFirst();
    const wanted = new Set(kept);
    const { gain, ...judged } = await measureRewrites(
      groups.map((group) => group.filter((unit) => wanted.has(unit))),
      { trials, runs: options.measureRuns, each: options.measureEach },
    );
    rejected.push(...judged.rejected);
    settled = { ...settled, measure: { command: trials.command, ...(gain !== undefined && { gain }) } };
    if (tests !== undefined && judged.kept.length > 0 && judged.kept.length < kept.length) {
      // a part of what the tests passed with is another state
      const again = await verifyRewrites([judged.kept], tests);
      rejected.push(...again.rejected);
      if (again.rejected.length > 0) settled = { ...settled, measure: { command: trials.command } };
      kept = again.kept;
    } else kept = judged.kept;
  }
  return {
    ...settled,
    kept,
    rejected,
    ...(settled.verify !== undefined && {
      verify: { ...settled.verify, runs: tests?.runs ?? 0, ...flakyOf(tests, rejected) },
    }),
  };
}

/** What a rewrite explains that was taken back for making the command unsteady, the command is not called flaky for. */
function flakyOf(
  tests: CommandTrials | undefined,
  rejected: readonly RejectedUnit[],
): Pick<NonNullable<ProofSummary['verify']>, 'flaky'> {
  const steadiness = tests?.steadiness;
  const isExplained = steadiness?.failsByItself === false && rejected.some(({ reason }) => reason === 'unsteady');
  const flaky = isExplained ? undefined : steadiness?.flakyRuns;
  return flaky === undefined ? {} : { flaky };
}

function summaryOf(results: readonly FileResult[], { kept, rejected, verify, measure }: Settled): ProofSummary {
  return {
    ...(verify !== undefined && { verify }),
    ...(measure !== undefined && { measure }),
    kept: kept.length,
    reverted: revertedOf(results, rejected),
  };
}

function withLost(error: BoosterError, lost: readonly string[], journal: string): BoosterError {
  const message = `${error.message}; could not be put back: ${lost.join(', ')} (their first content is in ${journal})`;
  return new BoosterError(error.code, message, { ...error.data, notRestored: lost, journal }, error);
}
