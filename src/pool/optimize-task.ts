import type { OptimizeRequest, OptimizeResult } from '../engine/optimize.ts';
import { optimizeText, reportFindings } from '../engine/optimize-text.ts';
import { rules } from '../rules/index.ts';
import type { Engines, TolerantAnswer } from './engines.ts';
import type { TaskStep } from './task-step.ts';

/** Optimizes a file. One with a syntax error is looked at by the tolerant reader, as far as that goes. */
export function beginOptimize(request: OptimizeRequest, engines: Engines): TaskStep {
  const result = optimizeText(request, rules, engines);
  if (result.reason?.code !== 'E_SYNTAX') return { isDone: true, result };
  return {
    isDone: false,
    prepare: () => engines.loadTolerantReader(),
    resume: () => {
      const read = engines.readTolerantly((reader) =>
        reportFindings(reader.parse(request.text, request.language), request, rules, engines),
      );
      return { isDone: true, result: withTolerantFindings(result, read) };
    },
  };
}

/** The file is refused either way; its findings are an extra, and the reason says when there are none. */
function withTolerantFindings(
  result: OptimizeResult,
  read: TolerantAnswer<OptimizeResult['findings']>,
): OptimizeResult {
  if ('value' in read) return { ...result, findings: read.value, reader: 'tree-sitter' };
  const { reason } = result;
  if (reason === undefined) return result;
  return { ...result, reason: { ...reason, message: `${reason.message} (no findings either: ${read.failure})` } };
}
