import type { AnalyzedFile, ReportedFinding } from '../../app/analyzed-file.ts';
import { confidences, levels } from '../../engine/analysis/analysis.ts';
import type { AnalyzePlan } from './analyze-plan.ts';
import { isMeasured } from './analyze-plan.ts';

/**
 * A file without the findings that are too slight, or not sure enough, for what was asked for. Where a measurement is still to come, those that
 * are merely `possible` are kept until {@link leaveOutUnsure}.
 */
export function filterFindings(file: AnalyzedFile, plan: AnalyzePlan): AnalyzedFile {
  const { minimumLevel, minimumConfidence = 'possible' } = plan;
  const findings = file.findings.filter(
    ({ level, confidence }) =>
      levels.indexOf(level) >= levels.indexOf(minimumLevel) &&
      confidences.indexOf(confidence) >= confidences.indexOf(minimumConfidence),
  );
  const wanted = { ...file, findings };
  return isMeasured(plan) ? wanted : leaveOutUnsure(wanted, plan);
}

/** A file without the findings that are not listed unless they are asked for or take time; it says how many those are. */
export function leaveOutUnsure(
  file: AnalyzedFile,
  { minimumConfidence }: Pick<AnalyzePlan, 'minimumConfidence'>,
): AnalyzedFile {
  if (minimumConfidence !== undefined) return file;
  const findings = file.findings.filter(isListed);
  return { ...file, findings, unlisted: file.findings.length - findings.length };
}

function isListed({ confidence, measured }: ReportedFinding): boolean {
  return confidence !== 'possible' || measured?.heat === 'hot' || measured?.heat === 'warm';
}
