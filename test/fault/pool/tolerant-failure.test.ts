import { expect, it } from 'vitest';
import { createTaskRunner } from '../../../src/pool/run-task.ts';
import { runToEnd } from '../../../src/pool/task-step.ts';

// a file of its own: the tolerant reader's runtime is loaded once per thread, with the first limit that it is given
it('says that there are no findings when the tolerant reader does not fit into the memory', async () => {
  const runner = createTaskRunner({ memoryLimitBytes: 40 * 2 ** 20 });
  const text = 'const first = [1].filter((x) => x > 1)[0];\nfunction (';
  const request = { text, language: 'typescript', level: 'safe', rules: ['filter-find'] } as const;
  const result = await runToEnd(runner, { kind: 'optimize', request });
  expect(result).toMatchObject({ status: 'refused', reader: 'oxc', findings: [], reason: { code: 'E_SYNTAX' } });
  expect(result.reason?.message).toMatch(/no findings either: a limit of \d+ bytes/);
});
