import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { loadTreeSitter } from '../../../src/wasm/tree-sitter-reader.ts';

// One memory per thread: these tests share a runtime of 48 MB.
const memoryLimitBytes = 48 * 2 ** 20;

test('a limit below what the runtime needs is refused, and a better one is taken afterwards', async () => {
  await expect(loadTreeSitter({ memoryLimitBytes: 2 ** 20 })).rejects.toMatchObject({ code: 'E_WASM_MEMORY' });
  const reader = await loadTreeSitter({ memoryLimitBytes });
  expect(reader.parse('a', 'jsx').count).toBe(3);
});

test('a text that takes longer than the limit ends with a time-out, and the reader goes on', async () => {
  const reader = await loadTreeSitter({ memoryLimitBytes, timeLimitMs: 0 });
  const text = 'a(b, c);\n'.repeat(20_000);
  expect(() => reader.parse(text, 'jsx')).toThrow(expect.objectContaining({ code: 'E_TASK_TIMEOUT' }));
  expect(reader.poisoned).toBe(false);
  expect(reader.parse('a', 'jsx').count).toBe(3);
});

test('code nested too deeply is refused, and the reader goes on', async () => {
  const reader = await loadTreeSitter({ memoryLimitBytes });
  expect(() => reader.parse(`xs${'.filter(f)'.repeat(20_000)}`, 'jsx')).toThrow(
    expect.objectContaining({ code: 'E_FILE_TOO_DEEP' }),
  );
  expect(reader.poisoned).toBe(false);
  expect(reader.parse('a', 'jsx').count).toBe(3);
});

/** The package's own object of the call that fails. */
let parserInUse: WeakRef<Parser> | undefined;

test('a full memory stops at the limit and poisons the reader', async () => {
  const parse = vi.spyOn(Parser.prototype, 'parse');
  onTestFinished(() => {
    parse.mockRestore();
  });
  const reader = await loadTreeSitter({ memoryLimitBytes, timeLimitMs: 120_000 });
  expect(() => reader.parse('a=1\n'.repeat(120_000), 'jsx')).toThrow(
    expect.objectContaining({ code: 'E_WASM_MEMORY' }),
  );
  const [parser] = parse.mock.contexts as Parser[];
  parserInUse = parser === undefined ? undefined : new WeakRef(parser);
  expect(reader.memoryBytes).toBeLessThanOrEqual(memoryLimitBytes);
  expect(reader.poisoned).toBe(true);
  expect(() => reader.parse('a', 'jsx')).toThrow(expect.objectContaining({ code: 'E_WASM_TRAP' }));
});

test('after a poisoned reader the next one of its thread reads', async () => {
  const reader = await loadTreeSitter({ memoryLimitBytes });
  expect(reader.parse('a', 'jsx').count).toBe(3);
});

test('the parser of a poisoned reader is never collected: deleting it would hit what the next one has there', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  for (let round = 0; round < 5; round += 1) {
    await setImmediate();
    collectGarbage();
  }
  expect(parserInUse?.deref()).toBeDefined();
});
