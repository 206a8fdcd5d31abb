import { confidences, levels } from '../engine/analysis/analysis.ts';
import type { AnalyzedFile, ReportedFinding } from './analyzed-file.ts';

/** A finding and the file it is in. */
export interface RankedFinding {
  readonly path: string;
  readonly finding: ReportedFinding;
}

/**
 * All findings of a run. Measured ones first by the time that mending them can save, and those that never ran last; then, and without
 * a measurement, the worst first, of those the surest, then by place.
 */
export function rankFindings(files: readonly AnalyzedFile[]): RankedFinding[] {
  return files
    .flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })))
    .sort(
      (a, b) =>
        saved(b.finding) - saved(a.finding) ||
        Number(isDead(a.finding)) - Number(isDead(b.finding)) ||
        rank(b.finding) - rank(a.finding) ||
        comparePlace(a, b),
    );
}

function saved({ measured }: ReportedFinding): number {
  return measured?.saving?.share ?? 0;
}

function isDead({ measured }: ReportedFinding): boolean {
  return measured?.heat === 'not executed';
}

function rank({ level, confidence }: ReportedFinding): number {
  return levels.indexOf(level) * confidences.length + confidences.indexOf(confidence);
}

function comparePlace(a: RankedFinding, b: RankedFinding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.finding.start - b.finding.start || a.finding.end - b.finding.end;
}
