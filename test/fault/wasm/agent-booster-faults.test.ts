import { Buffer } from 'node:buffer';
import { runInThisContext } from 'node:vm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadAgentBooster } from '../../../src/wasm/agent-booster/agent-booster.ts';
import { loadEngine } from '../../../src/wasm/agent-booster/load-engine.ts';

const memoryLimitBytes = 32 * 2 ** 20;

/** Raw, with CRLF and characters of two bytes in Python: the engine cuts one of them in half and panics. */
const panicking = {
  text: 'def greet(name):\r\n    a = 1\r\n    b = 2\r\n    return "éééééééé"#\r\nx = 1\r\n',
  edit: 'def greet(name):\n    a = 1\n    b = 2\n    return "ééééé"\n',
  language: 'python',
} as const;

const trap: unknown = expect.objectContaining({ code: 'E_WASM_TRAP' });

test('a panic is a coded error, and the engine is poisoned', () => {
  const engine = loadEngine(memoryLimitBytes);
  expect(() => engine.run(panicking)).toThrow(trap);
  expect(engine.poisoned).toBe(true);
  expect(() => engine.run({ ...panicking, text: 'def a(): pass\n' })).toThrow(trap);
});

test('a panic prints nothing, and its error holds nothing of the code', () => {
  const out = vi.spyOn(globalThis.process.stderr, 'write');
  const printed = vi.spyOn(globalThis.console, 'error');
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  let message = '';
  try {
    loadEngine(memoryLimitBytes).run(panicking);
  } catch (error) {
    message = JSON.stringify(error) + String(error) + String((error as Error).stack);
  }
  expect(message).toContain('agent-booster trapped');
  expect(message).not.toContain('ééé');
  expect(printed).not.toHaveBeenCalled();
  expect(out).not.toHaveBeenCalled();
});

test('the same file and snippet are merged through the door that everybody takes', () => {
  const booster = loadAgentBooster({ memoryLimitBytes });
  const merged = panicking.text.replace('"éééééééé"#', '"ééééé"');
  expect(booster.propose(panicking)).toEqual({ text: merged });
  expect(booster.poisoned).toBe(false);
});

test('a panic in one engine leaves another alone', () => {
  const [broken, whole] = [loadEngine(memoryLimitBytes), loadEngine(memoryLimitBytes)];
  expect(() => broken.run(panicking)).toThrow(trap);
  const text = 'function a() {\n  return 1;\n}\nfunction b() {}\n';
  const edit = 'function a() {\n  return 2;\n}';
  expect(whole.run({ text, edit, language: 'jsx' })).toEqual({ text: text.replace('1', '2') });
});

test('a full memory stops at the limit, is told apart from a trap, and poisons the engine', () => {
  const limit = 6 * 2 ** 20;
  const engine = loadEngine(limit);
  const text = `function a() {\n  return 1;\n}\n${'x;\n'.repeat(1_000_000)}`;
  const edit = 'function a() {\n  return 2;\n}';
  expect(() => engine.run({ text, edit, language: 'jsx' })).toThrow(expect.objectContaining({ code: 'E_WASM_MEMORY' }));
  expect(engine.memoryBytes).toBeLessThanOrEqual(limit);
  expect(engine.poisoned).toBe(true);
});

test('a text that would not fit is refused before the engine is asked', () => {
  const booster = loadAgentBooster({ memoryLimitBytes: 8 * 2 ** 20 });
  const text = `function a() {\n  return 1;\n}\n${'x;\n'.repeat(100_000)}`;
  const edit = 'function a() {\n  return 2;\n}';
  expect(booster.propose({ text, edit, language: 'jsx' })).toEqual({
    refusal: 'there is too little memory for agent-booster',
  });
  expect(booster.poisoned).toBe(false);
});

test.each([2 ** 20, 1_600_000, 0])('a limit of %d bytes is too small to start with', (limit) => {
  expect(() => loadEngine(limit)).toThrow(expect.objectContaining({ code: 'E_WASM_MEMORY' }));
});

test('a call that a vm time-out interrupts poisons the engine, although no handler ran', () => {
  const engine = loadEngine(memoryLimitBytes);
  const body = 'call(one, two);\n'.repeat(20_000);
  const key = 'boosterTestHang';
  const hang = (): unknown =>
    engine.run({ text: `function f() {\n${body}}\n`, edit: `function g() {\n${body}}`, language: 'jsx' });
  Object.assign(globalThis, { [key]: hang });
  expect(() => {
    runInThisContext(`globalThis.${key}()`, { timeout: 20 });
  }).toThrow(/timed out/);
  expect(engine.poisoned).toBe(true);
  expect(() => engine.run(panicking)).toThrow(trap);
});

test('what would hang is refused before the engine is asked', () => {
  const booster = loadAgentBooster({ memoryLimitBytes });
  const body = 'call(one, two);\n'.repeat(15_000);
  const question = { text: `function f() {\n${body}}\n`, edit: `function g() {\n${body}}`, language: 'jsx' } as const;
  expect(Buffer.byteLength(question.text + question.edit)).toBeLessThan(512 * 1024);
  expect(booster.propose(question)).toEqual({ refusal: 'agent-booster would take too long' });
});
