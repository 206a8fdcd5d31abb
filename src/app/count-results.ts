import type { FileResult, RunSummary } from './file-result.ts';

/** Adds up results as they arrive; `summary` can be asked at any time. */
export interface ResultCounter {
  add(result: FileResult): void;
  summary(durationMs: number, interrupted: boolean): RunSummary;
}

export function countResults(): ResultCounter {
  const statuses: Record<FileResult['status'], number> = {
    written: 0,
    changed: 0,
    unchanged: 0,
    refused: 0,
    conflict: 0,
    failed: 0,
  };
  const findings = { applied: 0, availableAtBalanced: 0, availableAtAggressive: 0, manual: 0 };
  let files = 0;
  let bytes = 0;
  let failedRules = 0;
  return {
    add(result) {
      files += 1;
      bytes += result.bytes;
      failedRules += result.failedRules.length;
      statuses[result.status] += 1;
      const took = result.status === 'written' || result.status === 'changed';
      for (const finding of result.findings) {
        if (finding.status === 'applied') findings.applied += took ? 1 : 0;
        else if (finding.status === 'manual') findings.manual += 1;
        else if (finding.tier === 'aggressive') findings.availableAtAggressive += 1;
        else findings.availableAtBalanced += 1;
      }
    },
    summary(durationMs, interrupted) {
      const { conflict, ...rest } = statuses;
      return { files, ...rest, conflicts: conflict, bytes, durationMs, ...findings, failedRules, interrupted };
    },
  };
}
