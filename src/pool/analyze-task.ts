import { detectors } from '../detectors/index.ts';
import type { AnalyzeRequest, AnalyzeResult } from '../engine/analysis/analysis.ts';
import { analyzeText, analyzeTree } from '../engine/analysis/analyze-text.ts';
import type { AnalyzeParts } from '../engine/analysis/analyze-text.ts';
import { rules } from '../rules/index.ts';
import type { Engines } from './engines.ts';
import type { TaskStep } from './task-step.ts';

/**
 * Finds what is slow in a file. One with a syntax error is looked at by the tolerant reader, as far as that goes. The checker of regular
 * expressions is loaded by the first file that holds a suspicious one, which is then analysed again.
 */
export function beginAnalyze(request: AnalyzeRequest, engines: Engines): TaskStep {
  engines.regexes.startFile();
  const parts: AnalyzeParts = { rules, detectors, parser: engines, regexes: engines.regexes };
  const result = analyzeText(request, parts);
  if (engines.regexes.isWanted) {
    return {
      isDone: false,
      prepare: () => engines.regexes.load(),
      resume: () => beginAnalyze(request, engines),
    };
  }
  if (result.reason?.code !== 'E_SYNTAX') return { isDone: true, result };
  return {
    isDone: false,
    prepare: () => engines.loadTolerantReader(),
    resume: () => ({ isDone: true, result: withTolerantFindings(result, request, parts, engines) }),
  };
}

/** The file stays refused; what the tolerant reader finds in it is an extra. */
function withTolerantFindings(
  result: AnalyzeResult,
  request: AnalyzeRequest,
  parts: AnalyzeParts,
  engines: Engines,
): AnalyzeResult {
  const read = engines.readTolerantly((reader) =>
    analyzeTree(reader.parse(request.text, request.language), request, parts),
  );
  const { reason } = result;
  if (reason === undefined) return result;
  if ('value' in read) return { ...read.value, status: 'refused', reason };
  return { ...result, reason: { ...reason, message: `${reason.message} (no findings either: ${read.failure})` } };
}
