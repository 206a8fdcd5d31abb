import type { AnalyzedFile } from '../../app/analyzed-file.ts';
import { confidences, levels } from '../../engine/analysis/analysis.ts';
import type { AnalyzePlan } from './analyze-plan.ts';

/** A file without the findings that are too slight, or not sure enough, for what was asked for. */
export function filterFindings(
  file: AnalyzedFile,
  { minimumLevel, minimumConfidence }: Pick<AnalyzePlan, 'minimumLevel' | 'minimumConfidence'>,
): AnalyzedFile {
  const findings = file.findings.filter(
    ({ level, confidence }) =>
      levels.indexOf(level) >= levels.indexOf(minimumLevel) &&
      confidences.indexOf(confidence) >= confidences.indexOf(minimumConfidence),
  );
  return { ...file, findings };
}
