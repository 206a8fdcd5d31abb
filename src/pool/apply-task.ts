import type { FellBack, MergeRequest, MergeResult } from '../engine/merge/merge.ts';
import { mergeByLines } from '../engine/merge/merge-by-lines.ts';
import { mergeEdit } from '../engine/merge/merge-edit.ts';
import type { OutlinePort } from '../engine/merge/outline.ts';
import { isBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Proposal, ProposalRequest } from '../wasm/agent-booster/agent-booster.ts';
import { rescueEdit } from './apply-rescue.ts';
import type { TaskStep } from './task-step.ts';

/** What merging an edit needs of the engines. */
export interface ApplyEngines {
  /** Answers `undefined` and is waiting while a grammar is missing; throws when it cannot be had. */
  readonly outlines: OutlinePort & { readonly isWaiting: boolean; prepare(): Promise<void> };
  propose(request: ProposalRequest): Proposal;
}

/** With these a parser says that it cannot do it; lines can still be merged. A deadline of the task never gets here. */
const parserFailures: ReadonlySet<ErrorCode> = new Set([
  'E_WASM_LOAD',
  'E_WASM_MEMORY',
  'E_WASM_TRAP',
  'E_TASK_TIMEOUT',
  'E_FILE_TOO_LARGE',
  'E_FILE_TOO_DEEP',
]);

/**
 * Merges an edit: by the anchored merge; where that finds no place, as agent-booster proposes, if that passes the same gate;
 * where no parser can be had, by lines alone, and the result says why.
 */
export function beginApply(request: MergeRequest, engines: ApplyEngines): TaskStep {
  const { withoutParser } = request;
  if (withoutParser !== undefined) return { isDone: true, result: mergeWithoutParser(request, withoutParser) };
  const result = apply(request, engines);
  if (result !== undefined) return { isDone: true, result };
  return {
    isDone: false,
    prepare: () => engines.outlines.prepare(),
    // what is missing now is there then, or is an error: this ends
    resume: () => beginApply(request, engines),
  };
}

/** `undefined` when a grammar has to be loaded first: what was found without it is worth nothing. */
function apply(request: MergeRequest, engines: ApplyEngines): MergeResult | undefined {
  const { outlines } = engines;
  const isWaiting = (): boolean => outlines.isWaiting;
  try {
    outlines.outline(request.text, request.language, 'base');
    if (isWaiting()) return undefined;
    const result = mergeEdit(request, outlines);
    if (isWaiting()) return undefined;
    if (result.status !== 'refused') return result;
    const rescued = rescueEdit({ request, refusal: result, engines });
    return isWaiting() ? undefined : (rescued ?? result);
  } catch (error) {
    if (!isBoosterError(error) || !parserFailures.has(error.code)) throw error;
    return mergeWithoutParser(request, { code: error.code, message: error.message });
  }
}

function mergeWithoutParser(request: MergeRequest, fellBack: FellBack): MergeResult {
  return { ...mergeByLines(request), fellBack };
}
