import { findingKey } from '../../engine/finding-key.ts';
import type { PlacedFinding } from '../../engine/optimize.ts';
import type { FileResult } from '../file-result.ts';
import type { RevertedRewrite } from './proof-summary.ts';
import type { RewriteUnit } from './rewrite-unit.ts';
import type { RejectedUnit } from './verify-rewrites.ts';

export interface SettledUnits {
  readonly kept: readonly RewriteUnit[];
  readonly rejected: readonly RejectedUnit[];
}

const reasonTexts: Readonly<Record<RejectedUnit['reason'], (command: string) => string>> = {
  breaks: (command) => `\`${command}\` fails with it`,
  unsteady: (command) => `\`${command}\` fails with it in some runs, and in others it does not`,
  slower: (command) => `\`${command}\` is slower with it`,
};

/** Files as they were written: what was taken back is for a person, and says why. */
export function settledResults(
  results: readonly FileResult[],
  versions: readonly FileResult[],
  { rejected }: SettledUnits,
): FileResult[] {
  return results.map((result, index) => {
    const { change, findings } = versions[index] ?? result;
    const reasons = new Map(rejected.filter(({ unit }) => unit.file === index).map((one) => [one.unit.key, one]));
    return {
      ...withChange(result, change),
      status: change === undefined ? 'unchanged' : 'written',
      findings: findings.map((finding) => withReason(finding, reasons.get(findingKey(finding)))),
    };
  });
}

function withChange({ change: _whole, ...rest }: FileResult, change: FileResult['change']): FileResult {
  return change === undefined ? rest : { ...rest, change };
}

/** One entry for each rewrite that was taken back, in the order of the files. */
export function revertedOf(results: readonly FileResult[], rejected: readonly RejectedUnit[]): RevertedRewrite[] {
  return rejected
    .flatMap(({ unit, reason, command, run, ratio }) => {
      const { path = '', findings = [] } = results[unit.file] ?? {};
      return findings
        .filter((finding) => finding.status === 'applied' && findingKey(finding) === unit.key)
        .map(({ ruleId, line, column }) => ({
          ...{ path, ruleId, line, column, reason, command },
          ...(run?.exitCode !== undefined && { exitCode: run.exitCode }),
          ...(run?.timedOut === true && { timedOut: true as const }),
          ...(run !== undefined && { output: run.tail }),
          ...(ratio !== undefined && { ratio }),
        }));
    })
    .sort((a, b) => (a.path === b.path ? a.line - b.line || a.column - b.column : a.path < b.path ? -1 : 1));
}

function withReason(finding: PlacedFinding, rejected: RejectedUnit | undefined): PlacedFinding {
  if (rejected === undefined) return finding;
  return { ...finding, status: 'manual', blockedBy: reasonTexts[rejected.reason](rejected.command) };
}
