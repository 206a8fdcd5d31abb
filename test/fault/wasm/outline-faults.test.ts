import { expect, test } from 'vitest';
import { OutlineReader } from '../../../src/wasm/outline/outline-reader.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';

// One memory per thread: these tests share a runtime of 48 MB, and the last one wrecks it.
const memoryLimitBytes = 48 * 2 ** 20;
const scripts = loadOxc({ memoryLimitBytes: 256 * 2 ** 20 });

async function startReader(options: { timeLimitMs?: number; memoryLimitBytes?: number } = {}): Promise<OutlineReader> {
  const reader = new OutlineReader({ scripts, memoryLimitBytes, ...options });
  reader.outline('x', 'python');
  await reader.prepare();
  return reader;
}

test('a limit below what the runtime needs is told by the next question, and scripts are read all the same', async () => {
  const reader = await startReader({ memoryLimitBytes: 2 ** 20 });
  expect(reader.isWaiting).toBe(false);
  expect(() => reader.outline('x', 'python')).toThrow(expect.objectContaining({ code: 'E_WASM_MEMORY' }));
  expect(reader.outline('let a;', 'jsx')?.definitions).toHaveLength(1);
});

test('a text that takes longer than the limit ends with a time-out, and the reader goes on', async () => {
  const reader = await startReader({ timeLimitMs: 0 });
  expect(() => reader.outline('a(b, c)\n'.repeat(20_000), 'python')).toThrow(
    expect.objectContaining({ code: 'E_TASK_TIMEOUT' }),
  );
  expect(reader.poisoned).toBe(false);
  expect(reader.outline('x = 1', 'python')?.definitions).toHaveLength(1);
});

test('a full memory stops at the limit and poisons the reader, and no other one starts in this thread', async () => {
  const reader = await startReader();
  expect(() => reader.outline('x=[1,2,3,4,5]\n'.repeat(140_000), 'python')).toThrow(
    expect.objectContaining({ code: 'E_WASM_MEMORY' }),
  );
  expect(reader.memoryBytes).toBeLessThanOrEqual(memoryLimitBytes);
  expect(reader.poisoned).toBe(true);
  expect(() => reader.outline('x', 'python')).toThrow(expect.objectContaining({ code: 'E_WASM_TRAP' }));
  const next = await startReader();
  expect(() => next.outline('x', 'python')).toThrow(expect.objectContaining({ code: 'E_WASM_LOAD' }));
});
