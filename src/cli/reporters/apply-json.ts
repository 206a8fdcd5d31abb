import type { ApplyOutcome, ApplyResult } from '../../app/apply-result.ts';
import type { Refusal } from '../../engine/merge/merge.ts';
import { lineCounts, unifiedDiff } from '../unified-diff.ts';
import type { ApplyContext, ApplyReport } from './apply-context.ts';
import { schemaVersion } from './json-entries.ts';
import { refusalAdvice } from './refusal-advice.ts';

/** Exactly one JSON document: the entry of the one edit, or a list of entries where a list was asked for. */
export function applyJson({ results, durationMs }: ApplyOutcome, { isList, mode }: ApplyContext): ApplyReport {
  const [only] = results;
  const document =
    isList || only === undefined
      ? {
          schemaVersion,
          mode,
          status: worstStatus(results),
          written: results.some(({ written }) => written),
          durationMs: rounded(durationMs),
          results: results.map(applyEntry),
        }
      : { schemaVersion, mode, ...applyEntry(only) };
  return { out: `${JSON.stringify(document, undefined, 2)}\n`, err: '' };
}

const byGravity = ['failed', 'conflict', 'refused', 'applied', 'unchanged'] as const satisfies ApplyResult['status'][];

/** What a run as a whole comes to. */
function worstStatus(results: readonly ApplyResult[]): ApplyResult['status'] {
  return byGravity.find((status) => results.some((result) => result.status === status)) ?? 'unchanged';
}

function applyEntry(result: ApplyResult): Record<string, unknown> {
  const { status, path, written, language, hash } = result;
  return {
    status,
    path,
    ...troubleEntry(result),
    ...mergedEntry(result),
    written,
    language,
    hash,
    newHash: result.newHash,
    otherNames: result.otherNames,
    durationMs: rounded(result.durationMs),
    ...changeEntry(result),
  };
}

function troubleEntry({ refusal, reason }: ApplyResult): Record<string, unknown> {
  if (refusal !== undefined) return refusalEntry(refusal);
  if (reason === undefined) return {};
  const { code, message, remedy } = reason;
  return { code, message, advice: remedy };
}

function refusalEntry(refusal: Refusal): Record<string, unknown> {
  const { code, message, candidates, editLine, difference, form, fellBack } = refusal;
  return { code, message, advice: refusalAdvice(refusal), candidates, editLine, difference, form, fellBack };
}

function mergedEntry({ merged }: ApplyResult): Record<string, unknown> {
  if (merged === undefined) return {};
  const { engine, form, deleted, warnings, fellBack } = merged;
  return { engine, form, deleted, warnings, fellBack };
}

/** A file's change as a patch; of a text that lies in no file, the whole new text as well. */
function changeEntry({ change, path }: ApplyResult): Record<string, unknown> {
  if (change === undefined) return {};
  const diff = unifiedDiff(path ?? 'code', change);
  const { edits, bom, after } = change;
  return {
    ...lineCounts(diff),
    edits,
    diff,
    ...(path === undefined ? { output: (bom ? '\uFEFF' : '') + after } : {}),
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
