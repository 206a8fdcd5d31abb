import { describe, expect, it } from 'vitest';
import { createTaskRunner } from '../../../src/pool/run-task.ts';
import type { PoolTask } from '../../../src/pool/protocol.ts';
import { runToEnd } from '../../../src/pool/task-step.ts';
import { beginLoaded } from './begin-loaded.ts';
import { rules } from '../../../src/rules/index.ts';
import { compileOxc } from '../../../src/wasm/compile-oxc.ts';

const memoryLimitBytes = 512 * 2 ** 20;
const slow = 'const xs = [1, 2, 3];\nexport const first = xs.filter((x) => x > 1)[0];\n';

function optimize(text: string): Extract<PoolTask, { kind: 'optimize' }> {
  const ids = rules.map(({ meta }) => meta.id);
  return { kind: 'optimize', request: { text, language: 'typescript', level: 'safe', rules: ids } };
}

describe('a task runner', () => {
  it('loads no engine for a text without any trigger', async () => {
    const oxcModule = (): never => {
      throw new Error('must not be compiled');
    };
    const runner = createTaskRunner({ memoryLimitBytes, oxcModule });
    expect(await runToEnd(runner, optimize('export const a = 1;\n'))).toMatchObject({
      status: 'unchanged',
      reader: 'none',
    });
    expect(runner.memory).toEqual({ usedBytes: 0, baseBytes: 0 });
  });

  it('says of each kind of task whether what does it is loaded', async () => {
    const runner = createTaskRunner({ memoryLimitBytes, oxcModule: compileOxc });
    const task = optimize('export const a = 1;\n');
    expect(runner.isLoaded(task)).toBe(false);
    await runToEnd(runner, task);
    expect(runner.isLoaded(task)).toBe(true);
    expect(runner.isLoaded({ ...task, kind: 'analyze' } as unknown as PoolTask)).toBe(false);
  });

  it('rewrites a text in one piece with the parser that it was given', async () => {
    let compiled = 0;
    const oxcModule = (): ReturnType<typeof compileOxc> => {
      compiled += 1;
      return compileOxc();
    };
    const runner = createTaskRunner({ memoryLimitBytes, oxcModule });
    for (const round of [1, 2]) {
      const step = await beginLoaded(runner, optimize(slow));
      expect(step, `round ${round}`).toMatchObject({ isDone: true, result: { status: 'rewritten', reader: 'oxc' } });
    }
    expect(compiled).toBe(1);
    expect(runner.isPoisoned).toBe(false);
    expect(runner.memory.usedBytes).toBeGreaterThan(0);
  });

  it('refuses a text with a syntax error, and reports with the tolerant reader what it still sees', async () => {
    const runner = createTaskRunner({ memoryLimitBytes });
    const result = await runToEnd(runner, optimize(`${slow}function (`));
    expect(result).toMatchObject({ status: 'refused', reader: 'tree-sitter', edits: [], reason: { code: 'E_SYNTAX' } });
    expect(result.findings.map(({ ruleId, status }) => [ruleId, status])).toContainEqual(['filter-find', 'manual']);
  });

  it('fails with a code when the limit is below what the parser needs', async () => {
    const runner = createTaskRunner({ memoryLimitBytes: 2 ** 20 });
    await expect(runToEnd(runner, optimize(slow))).rejects.toMatchObject({ code: 'E_WASM_MEMORY' });
  });
});
