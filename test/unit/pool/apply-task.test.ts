import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { applyEdits } from '../../../src/engine/edit.ts';
import type { MergeRequest, MergeResult } from '../../../src/engine/merge/merge.ts';
import type { Outline } from '../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../src/engine/merge/source-language.ts';
import { beginApply } from '../../../src/pool/apply-task.ts';
import type { ApplyEngines } from '../../../src/pool/apply-task.ts';
import { MergeEngines } from '../../../src/pool/merge-engines.ts';
import { createTaskRunner } from '../../../src/pool/run-task.ts';
import { runToEnd } from '../../../src/pool/task-step.ts';
import { beginLoaded } from './begin-loaded.ts';
import { BoosterError } from '../../../src/shared/errors.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';

const memoryLimitBytes = 512 * 2 ** 20;

function requestOf(text: string, edit: string, language: SourceLanguage): MergeRequest {
  return { text, edit, language, strictness: 'balanced' };
}

const python = 'import os\n\n\ndef one(a):\n    b = a\n    return b\n\n\ndef two(a):\n    c = a\n    return c\n';
const pythonEdit = '# ... existing code ...\n\ndef one(a):\n    b = a + 1\n    return b\n\n# ... existing code ...\n';
const merged = python.replace('b = a', 'b = a + 1');

function resultText(text: string, result: MergeResult): string {
  if (result.status === 'refused') return `refused: ${result.code}`;
  return applyEdits(text, result.edits);
}

describe('a task runner', () => {
  test('merges into a script with the exact parser alone, in one piece', async () => {
    const runner = createTaskRunner({ memoryLimitBytes });
    const text = 'function one(a) {\n  const b = a;\n  return b;\n}\n\nfunction two(a) {\n  return a;\n}\n';
    const edit = 'function one(a) {\n  const b = a + 1;\n  return b;\n}\n\n// ... existing code ...\n';
    const step = await beginLoaded(runner, { kind: 'apply', request: requestOf(text, edit, 'jsx') });
    expect(step).toMatchObject({ isDone: true, result: { status: 'applied', engine: 'merge', form: 'lazy' } });
    expect(runner.isPoisoned).toBe(false);
  });

  test('loads the grammar of another language between two pieces, once', async () => {
    const runner = createTaskRunner({ memoryLimitBytes });
    const task = { kind: 'apply', request: requestOf(python, pythonEdit, 'python') } as const;
    expect((await beginLoaded(runner, task)).isDone).toBe(false);
    const result = await runToEnd(runner, task);
    expect(result).toMatchObject({ status: 'applied', engine: 'merge' });
    expect(result).not.toHaveProperty('fellBack');
    expect(resultText(python, result)).toBe(merged);
    expect(runner.begin(task).isDone).toBe(true);
  });

  test('merges text of no language without any engine', async () => {
    const runner = createTaskRunner({ memoryLimitBytes });
    const text = 'name: one\nports:\n  - 80\nimage: two\n';
    const edit = 'name: one\nports:\n  - 81\nimage: two\n';
    const step = await beginLoaded(runner, { kind: 'apply', request: requestOf(text, edit, 'text') });
    expect(step).toMatchObject({ isDone: true, result: { status: 'applied' } });
    expect(runner.memory.usedBytes).toBe(0);
  });

  test('asks agent-booster where the anchored merge refuses', async () => {
    const asked = vi.spyOn(MergeEngines.prototype, 'propose');
    onTestFinished(() => {
      asked.mockRestore();
    });
    const runner = createTaskRunner({ memoryLimitBytes });
    const text = 'function one(a) {\n  const b = a;\n  return b;\n}\n\nfunction two(a) {\n  return a;\n}\n';
    const edit = 'nowhere(one, two);\nin_this_file();\n';
    const result = await runToEnd(runner, { kind: 'apply', request: requestOf(text, edit, 'jsx') });
    expect(result).toMatchObject({ status: 'refused' });
    expect(asked.mock.results).toEqual([{ type: 'return', value: { refusal: expect.any(String) as string } }]);
  });

  test('merges and optimises with the same engines, within the memory limit', async () => {
    const runner = createTaskRunner({ memoryLimitBytes });
    await runToEnd(runner, { kind: 'apply', request: requestOf(python, pythonEdit, 'python') });
    const request = { text: 'const a = [1].filter((x) => x > 1)[0];\n', language: 'jsx', level: 'safe' } as const;
    const optimized = await runToEnd(runner, { kind: 'optimize', request: { ...request, rules: ['filter-find'] } });
    expect(optimized).toMatchObject({ status: 'rewritten' });
    const { usedBytes, baseBytes } = runner.memory;
    expect(usedBytes).toBeLessThanOrEqual(memoryLimitBytes);
    expect(baseBytes).toBeGreaterThan(0);
    expect(baseBytes).toBeLessThanOrEqual(usedBytes);
  });
});

/** Engines whose outlines fail with a code, or are missing until they have been prepared. */
function failing(code: ErrorCode): ApplyEngines {
  return {
    outlines: {
      isWaiting: false,
      prepare: () => Promise.resolve(),
      outline: () => {
        throw new BoosterError(code, 'no parser');
      },
    },
    propose: () => {
      throw new TypeError('must not be asked');
    },
  };
}

describe('where no parser can be had', () => {
  const codes = ['E_WASM_LOAD', 'E_WASM_MEMORY', 'E_WASM_TRAP', 'E_TASK_TIMEOUT', 'E_FILE_TOO_LARGE'] as const;

  test.each(codes)('lines alone are merged, and the result says that it was %s', (code) => {
    const step = beginApply(requestOf(python, pythonEdit, 'python'), failing(code));
    expect(step).toMatchObject({
      isDone: true,
      result: { status: 'applied', engine: 'fallback', fellBack: { code, message: 'no parser' } },
    });
    if (step.isDone) expect(resultText(python, step.result as MergeResult)).toBe(merged);
  });

  test('a refusal says it as well', () => {
    const edit = 'def nowhere(x):\n    return [x]\n';
    const step = beginApply(requestOf(python, edit, 'python'), failing('E_WASM_TRAP'));
    expect(step).toMatchObject({ isDone: true, result: { status: 'refused', fellBack: { code: 'E_WASM_TRAP' } } });
  });

  test('other errors are not hidden', () => {
    const request = requestOf(python, pythonEdit, 'python');
    expect(() => beginApply(request, failing('E_INTERNAL'))).toThrow(expect.objectContaining({ code: 'E_INTERNAL' }));
    const broken: ApplyEngines = {
      ...failing('E_INTERNAL'),
      outlines: {
        isWaiting: false,
        prepare: () => Promise.resolve(),
        outline: () => {
          throw new TypeError('a mistake');
        },
      },
    };
    expect(() => beginApply(request, broken)).toThrow(TypeError);
  });
});

test('what was merged while a grammar was missing is not taken, also when it is missed late', async () => {
  const empty: Outline = {
    definitions: [],
    imports: Int32Array.of(),
    comments: Int32Array.of(),
    strings: Int32Array.of(),
    errors: Int32Array.of(),
  };
  let isWaiting = false;
  let prepared = 0;
  const engines: ApplyEngines = {
    outlines: {
      get isWaiting() {
        return isWaiting;
      },
      prepare: () => {
        prepared += 1;
        isWaiting = false;
        return Promise.resolve();
      },
      // the file is read by one parser; the merged text wants another
      outline: (text) => {
        if (text === python || prepared > 0) return empty;
        isWaiting = true;
        return undefined;
      },
    },
    propose: () => ({ refusal: 'nothing' }),
  };
  const step = beginApply(requestOf(python, pythonEdit, 'python'), engines);
  if (step.isDone) expect.unreachable('a grammar was missing');
  await step.prepare();
  expect(step.resume()).toMatchObject({ isDone: true, result: { status: 'applied', engine: 'merge' } });
  expect(prepared).toBe(1);
});
