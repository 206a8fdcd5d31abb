import { describe, expect, it } from 'vitest';
import { createTaskRunner } from '../../../src/pool/run-task.ts';
import type { PoolTask } from '../../../src/pool/protocol.ts';
import { runToEnd } from '../../../src/pool/task-step.ts';
import { rules } from '../../../src/rules/index.ts';

const slow = 'const xs = [1, 2, 3];\nexport const first = xs.filter((x) => x > 1)[0];\n';

function optimize(text: string): PoolTask {
  const ids = rules.map(({ meta }) => meta.id);
  return { kind: 'optimize', request: { text, language: 'typescript', level: 'safe', rules: ids } };
}

// In a thread of its own, as an instance is: tree-sitter is one per thread, and whoever starts it first decides its limit.
describe('the engines of an instance', () => {
  it.each([64_000_000, 512 * 2 ** 20])('keep together within a limit of %d bytes', async (limit) => {
    const runner = createTaskRunner({ memoryLimitBytes: limit });
    expect(await runToEnd(runner, optimize(slow.repeat(1000)))).toMatchObject({ reader: 'oxc' });
    expect(await runToEnd(runner, optimize(`${slow}function (`))).toMatchObject({ reader: 'tree-sitter' });
    const { usedBytes, baseBytes } = runner.memory;
    expect(usedBytes).toBeLessThanOrEqual(limit);
    expect(baseBytes).toBeLessThanOrEqual(usedBytes);
  });
});
