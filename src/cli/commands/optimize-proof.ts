import { join } from 'node:path';
import { Writable } from 'node:stream';
import { countResults } from '../../app/count-results.ts';
import type { FileResult, RunSummary } from '../../app/file-result.ts';
import { optimizeSome } from '../../app/optimize-files.ts';
import type { OptimizeFilesOptions, optimizeFiles } from '../../app/optimize-files.ts';
import type { OptimizePool } from '../../app/pool-port.ts';
import { proofFolder } from '../../app/proof/proof-folder.ts';
import type { ProofOutcome } from '../../app/proof/proof-outcome.ts';
import { proveRewrites } from '../../app/proof/prove-rewrites.ts';
import { refuseBusy } from '../../app/proof/refuse-busy.ts';
import { configuredPlace } from '../../app/store-settings.ts';
import { runCommand } from '../../files/run-command.ts';
import { makePrivateFolder } from '../../records/local/private-folder.ts';
import { BoosterError, isBoosterError } from '../../shared/errors.ts';
import { printedText, proofStepText, proofText } from '../reporters/proof-text.ts';
import type { ProofPlan } from './optimize-plan.ts';
import type { OptimizeRun } from './optimize-run.ts';

export interface ProofRun {
  readonly run: OptimizeRun;
  readonly pool: OptimizePool;
  readonly options: OptimizeFilesOptions;
  readonly optimize: typeof optimizeFiles;
  /** Ends what shows the progress. */
  readonly end: () => void;
}

/** Finds rewrites, writes those that the project's own commands pass with, and reports the files when that is settled. */
export async function optimizeProven(plan: ProofPlan, proof: ProofRun): Promise<RunSummary> {
  const { run, pool, options, optimize, end } = proof;
  const journalFolder = openFolder(run);
  // before the files are read: another run may be trying rewrites in them
  refuseBusy(journalFolder, run.io);
  const results: FileResult[] = [];
  const found = await optimize(pool, { ...options, write: false, onResult: (result) => results.push(result) });
  end();
  const changed = results.filter(({ status }) => status === 'changed');
  const proves = changed.length > 0 && !found.interrupted;
  const outcome = proves ? await prove(plan, changed, { run, pool, options, journalFolder }) : undefined;
  return summarize(results, outcome, { found, run });
}

async function prove(
  plan: ProofPlan,
  changed: readonly FileResult[],
  {
    run,
    pool,
    options,
    journalFolder,
  }: Pick<ProofRun, 'run' | 'pool' | 'options'> & { readonly journalFolder: string },
): Promise<ProofOutcome> {
  const { context, output, io } = run;
  try {
    return await proveRewrites(changed, {
      ...plan,
      journalFolder,
      io,
      maximumBytes: options.maximumBytes,
      runCommand,
      rewriteSome: (file, keys) => optimizeSome(pool, file, keys, options),
      onStep: (step) => {
        if (!context.quiet) output.err(proofStepText(step, context.stderr.paint));
      },
      ...(context.verbose && { output: toErrors(run) }),
    });
  } catch (error) {
    const printed = isBoosterError(error) ? error.data['output'] : undefined;
    if (typeof printed === 'string' && !context.verbose) output.err(printedText(printed, context.stderr.paint));
    throw error;
  }
}

/** @throws BoosterError E_STORE_NOWHERE, E_STORE_* */
function openFolder({ resolution, io }: OptimizeRun): string {
  const place = configuredPlace(resolution, io);
  if (place === undefined) {
    throw new BoosterError('E_STORE_NOWHERE', 'there is no place for a journal with which files can be put back');
  }
  makePrivateFolder(place, proofFolder);
  return join(place.folder, proofFolder);
}

function summarize(
  results: readonly FileResult[],
  outcome: ProofOutcome | undefined,
  { found, run }: { readonly found: RunSummary; readonly run: OptimizeRun },
): RunSummary {
  const counter = countResults();
  const settled = new Map(outcome?.results.map((result) => [result.path, result]));
  const interrupted = found.interrupted || outcome?.interrupted === true;
  for (const result of results) {
    // what could be written was not, or was put back
    const now = settled.get(result.path) ?? (result.status === 'changed' ? asBefore(result) : result);
    counter.add(now);
    run.report(now);
  }
  if (outcome !== undefined && !interrupted) run.output.err(proofText(outcome.summary, run.context));
  const { leftFiles } = found;
  const counts = counter.summary(found.durationMs, interrupted);
  const summary = leftFiles === undefined ? counts : { ...counts, leftFiles };
  return outcome === undefined || interrupted ? summary : { ...summary, proof: outcome.summary };
}

function asBefore({ change: _, ...result }: FileResult): FileResult {
  return { ...result, status: 'unchanged' };
}

function toErrors({ output }: OptimizeRun): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      output.err(chunk.toString('utf8'));
      done();
    },
  });
}
