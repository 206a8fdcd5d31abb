import type { MergeRequest, MergeResult } from '../engine/merge/merge.ts';
import { mergeEdit } from '../engine/merge/merge-edit.ts';
import type { OutlinePort } from '../engine/merge/outline.ts';
import { rescueEdit } from './apply-rescue.ts';
import type { Propose } from './apply-rescue.ts';
import type { TaskStep } from './task-step.ts';

/** What merging an edit needs of the engines. */
export interface ApplyEngines {
  /** Answers `undefined` and is waiting while a grammar is missing; throws when it cannot be had. */
  readonly outlines: OutlinePort & { readonly isWaiting: boolean; prepare(): Promise<void> };
  readonly propose: Propose;
}

/**
 * Merges an edit: by the anchored merge; where that finds no place, as agent-booster proposes, if that passes the same gate.
 */
export function beginApply(request: MergeRequest, engines: ApplyEngines): TaskStep {
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
function apply(request: MergeRequest, { outlines, propose }: ApplyEngines): MergeResult | undefined {
  const isWaiting = (): boolean => outlines.isWaiting;
  outlines.outline(request.text, request.language);
  if (isWaiting()) return undefined;
  const result = mergeEdit(request, outlines);
  if (isWaiting()) return undefined;
  if (result.status !== 'refused') return result;
  const rescued = rescueEdit({ request, refusal: result, outlines, propose });
  return isWaiting() ? undefined : (rescued ?? result);
}
