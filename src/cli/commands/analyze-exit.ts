import type { AnalysisSummary } from '../../app/analyzed-file.ts';
import { levels } from '../../engine/analysis/analysis.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import type { AnalyzePlan } from './analyze-plan.ts';

/** Interrupted > failure > what --fail-on and --max-warnings ask for > done. */
export function analysisExitCode(
  { interrupted, findings }: AnalysisSummary,
  { failOn, maximumWarnings }: Pick<AnalyzePlan, 'failOn' | 'maximumWarnings'>,
  failed: boolean,
): ExitCode {
  if (interrupted) return exitCodes.interrupted;
  if (failed) return exitCodes.failure;
  const reaches = failOn !== undefined && levels.slice(levels.indexOf(failOn)).some((level) => findings[level] > 0);
  const exceeds = maximumWarnings !== undefined && findings.error + findings.warning > maximumWarnings;
  return reaches || exceeds ? exitCodes.somethingToDo : exitCodes.done;
}
