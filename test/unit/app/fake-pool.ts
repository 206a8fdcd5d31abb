import type { Edit } from '../../../src/engine/edit.ts';
import type { OptimizeRequest, OptimizeResult } from '../../../src/engine/optimize.ts';
import type { Rule } from '../../../src/engine/rule.ts';
import type { OptimizePool } from '../../../src/app/pool-port.ts';
import { BoosterError } from '../../../src/shared/errors.ts';

/** A result without findings. */
export const nothingFound: OptimizeResult = {
  status: 'unchanged',
  edits: [],
  findings: [],
  failedRules: [],
  reader: 'none',
  rounds: 0,
};

/** Every file with `slow` in it concerns this rule; it never runs, because the pool is a fake. */
export const slowRule: Rule = {
  meta: {
    id: 'slow-rule',
    group: 'builtin',
    summary: '`slow` → `fast`',
    why: 'It is slow.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: { before: 'slow', after: 'fast' },
    stays: ['It is fast already.'],
  },
  triggers: ['slow'],
  find: () => undefined,
};

/** Replaces each `slow` by `fast`, as the real pool would: by edits of the text it is given. */
export function slowToFast({ text }: OptimizeRequest): OptimizeResult {
  const edits: Edit[] = [...text.matchAll(/slow/g)].map(({ index }) => ({
    start: index,
    end: index + 4,
    text: 'fast',
  }));
  return edits.length === 0 ? nothingFound : { ...nothingFound, status: 'rewritten', edits, reader: 'oxc', rounds: 2 };
}

export interface FakePool extends OptimizePool {
  readonly places: ('in-process' | 'worker')[];
  readonly requests: OptimizeRequest[];
  /** Most tasks that ran at the same time. */
  readonly most: () => number;
}

/** Answers with `answer`; an abort of the signal ends a running task as the real pool does. */
export function fakePool(answer: (request: OptimizeRequest) => OptimizeResult | Promise<OptimizeResult>): FakePool {
  const places: ('in-process' | 'worker')[] = [];
  const requests: OptimizeRequest[] = [];
  let running = 0;
  let most = 0;
  return {
    places,
    requests,
    most: () => most,
    async executeTask({ request }, { where, signal }) {
      places.push(where);
      requests.push(request);
      running += 1;
      most = Math.max(most, running);
      let fail = (): void => undefined;
      const aborted = new Promise<never>((_resolve, reject) => {
        fail = () => {
          reject(new BoosterError('E_TASK_ABORTED', 'interrupted'));
        };
      });
      if (signal?.aborted === true) fail();
      signal?.addEventListener('abort', fail, { once: true });
      try {
        return await Promise.race([answer(request), aborted]);
      } finally {
        signal?.removeEventListener('abort', fail);
        running -= 1;
      }
    },
  };
}
