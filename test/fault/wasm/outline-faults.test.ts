import { expect, test } from 'vitest';
import { OutlineReader } from '../../../src/wasm/outline/outline-reader.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';

// One memory per thread: these tests share a runtime of 48 MB.
const memoryLimitBytes = 48 * 2 ** 20;
const scripts = loadOxc({ memoryLimitBytes: 256 * 2 ** 20 });

async function startReader(options: { timeLimitMs?: number; memoryLimitBytes?: number } = {}): Promise<OutlineReader> {
  const reader = new OutlineReader({ scripts, memoryLimitBytes, timeLimitMs: 120_000, ...options });
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

test('more words and signs than are read within a second are refused before they are read', async () => {
  const reader = await startReader();
  expect(() => reader.outline('x=[1,2,3,4,5]\n'.repeat(140_000), 'python')).toThrow(
    expect.objectContaining({ code: 'E_FILE_TOO_LARGE' }),
  );
  expect(reader.poisoned).toBe(false);
});

test('a text with too many readings is refused after a number of steps, and the reader goes on', async () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes, timeLimitMs: 120_000 });
  reader.outline('x', 'c');
  await reader.prepare();
  expect(() => reader.outline('a * b ( c < d > e );\n'.repeat(11_000), 'c')).toThrow(
    expect.objectContaining({ code: 'E_FILE_TOO_LARGE' }),
  );
  expect(reader.poisoned).toBe(false);
  expect(reader.outline('int x;', 'c')?.definitions).toHaveLength(1);
});

test('recovery from errors that looks through all that it read at every step is stopped, and the reader goes on', async () => {
  const reader = new OutlineReader({ scripts, memoryLimitBytes, timeLimitMs: 120_000 });
  reader.outline('x', 'cpp');
  await reader.prepare();
  expect(() => reader.outline(`)"${']\n*'.repeat(8_600)}`, 'cpp')).toThrow(
    expect.objectContaining({ code: 'E_FILE_TOO_LARGE' }),
  );
  expect(reader.poisoned).toBe(false);
  expect(reader.outline('int x;', 'cpp')?.definitions).toHaveLength(1);
});

test('a full memory stops at the limit and poisons the reader, and the next one of this thread reads as if new', async () => {
  const sample = '@cached\ndef f(a):\n    return """x"""\n';
  const reader = await startReader();
  const before = reader.outline(sample, 'python');
  expect(() => reader.outline('a=1\n'.repeat(120_000), 'python')).toThrow(
    expect.objectContaining({ code: 'E_WASM_MEMORY' }),
  );
  expect(reader.memoryBytes).toBeLessThanOrEqual(memoryLimitBytes);
  expect(reader.poisoned).toBe(true);
  expect(() => reader.outline('x', 'python')).toThrow(expect.objectContaining({ code: 'E_WASM_TRAP' }));
  const next = await startReader();
  expect(next.outline(sample, 'python')).toEqual(before);
  expect(next.poisoned).toBe(false);
});
