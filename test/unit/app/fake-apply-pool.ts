import type { ApplyPool } from '../../../src/app/pool-port.ts';
import type { Merged, MergeRequest, MergeResult, Refusal } from '../../../src/engine/merge/merge.ts';

export interface FakeApplyPool extends ApplyPool {
  readonly requests: MergeRequest[];
}

export function fakeApplyPool(answer: (request: MergeRequest) => MergeResult = replaceOnce): FakeApplyPool {
  const requests: MergeRequest[] = [];
  return {
    requests,
    executeTask({ request }) {
      requests.push(request);
      try {
        return Promise.resolve(answer(request));
      } catch (error) {
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what was thrown is what the pool rejects with
        return Promise.reject(error);
      }
    },
  };
}

export const merged: Merged = { status: 'applied', engine: 'merge', form: 'lazy', edits: [], deleted: [] };

export const refusal: Refusal = {
  status: 'refused',
  code: 'E_APPLY_AMBIGUOUS',
  message: 'the edit fits two places',
  advice: 'add a line that occurs once',
  candidates: [
    { startLine: 1, endLine: 1, text: 'a' },
    { startLine: 2, endLine: 3, text: 'a' },
  ],
  editLine: 1,
};

/** An edit `old => new` replaces the only occurrence of `old`. */
export function replaceOnce({ text, edit }: MergeRequest): MergeResult {
  const [old = '', replacement = ''] = edit.trimEnd().split(' => ');
  const parts = text.split(old);
  if (parts.length === 1 && text.includes(replacement)) return { ...merged, status: 'unchanged' };
  if (parts.length !== 2) return refusal;
  const start = text.indexOf(old);
  return { ...merged, edits: [{ start, end: start + old.length, text: replacement }] };
}
