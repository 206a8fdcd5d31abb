import { confidences, levels } from '../engine/analysis/analysis.ts';
import type { AnalyzedFile, ReportedFinding } from './analyzed-file.ts';

/** A finding and the file it is in. */
export interface RankedFinding {
  readonly path: string;
  readonly finding: ReportedFinding;
}

/** All findings of a run: the worst first, of those the surest, then by place. */
export function rankFindings(files: readonly AnalyzedFile[]): RankedFinding[] {
  return files
    .flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })))
    .sort((a, b) => rank(b.finding) - rank(a.finding) || comparePlace(a, b));
}

function rank({ level, confidence }: ReportedFinding): number {
  return levels.indexOf(level) * confidences.length + confidences.indexOf(confidence);
}

function comparePlace(a: RankedFinding, b: RankedFinding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.finding.start - b.finding.start || a.finding.end - b.finding.end;
}
