import { runInThisContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { compileOxc } from '../../../src/wasm/compile-oxc.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';
import { NapiHost } from '../../../src/wasm/napi-host.ts';
import { createMemory } from '../../../src/wasm/wasm-memory.ts';
import type { OxcParser } from '../../../src/wasm/oxc-parser.ts';

const module = compileOxc();
const megabyte = 2 ** 20;
const load = (megabytes = 256): OxcParser => loadOxc({ module, memoryLimitBytes: megabytes * megabyte });

const depth = 100_000;
const deepTexts = {
  parentheses: `${'('.repeat(depth)}a${')'.repeat(depth)}`,
  arrays: `${'['.repeat(depth)}${']'.repeat(depth)}`,
  'open arrays': '['.repeat(depth),
  'binary chains': `a${'+a'.repeat(depth)}`,
  calls: `a${'()'.repeat(depth)}`,
  blocks: `${'{'.repeat(depth)}${'}'.repeat(depth)}`,
  templates: `${'`${'.repeat(depth)}1${'}`'.repeat(depth)}`,
  elements: `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`,
  branches: `${'if (a) ; else '.repeat(depth)};`,
  types: `type A = ${'A<'.repeat(depth)}B${'>'.repeat(depth)}`,
};

describe('a trap', () => {
  test.each(Object.entries(deepTexts))('from 100,000 nested %s is a refusal, never a crash', (name, text) => {
    const parser = load();
    expect(() => parser.parse(text, name === 'types' ? 'typescript' : 'jsx')).toThrow(
      expect.objectContaining({ code: 'E_FILE_TOO_DEEP' }),
    );
  });

  test('from nesting that only some of its passes survive is a refusal, too', () => {
    for (let calls = 250; calls < 20_000; calls = Math.ceil(calls * 1.5)) {
      const parser = load();
      try {
        expect(parser.parse(`a${'.b()'.repeat(calls)}`, 'jsx').count).toBeGreaterThan(calls);
      } catch (error) {
        expect(error).toMatchObject({ code: 'E_FILE_TOO_DEEP' });
      }
    }
  });

  test('poisons the instance: every later call throws', () => {
    const parser = load();
    expect(() => parser.parse(deepTexts.arrays, 'jsx')).toThrow();
    expect(parser.poisoned).toBe(true);
    for (const text of ['a', 'b']) {
      expect(() => parser.parse(text, 'jsx')).toThrow(
        expect.objectContaining({ code: 'E_WASM_TRAP', data: { first: 'E_FILE_TOO_DEEP' } }),
      );
    }
  });

  test('in one instance leaves another alone', () => {
    const [broken, whole] = [load(), load()];
    expect(() => broken.parse(deepTexts.arrays, 'jsx')).toThrow();
    expect(whole.parse('a', 'jsx').count).toBe(3);
  });

  test.each([7, 16, 40])('from a full memory of %d MB is told apart and stays below the limit', (megabytes) => {
    const parser = load(megabytes);
    expect(() => parser.parse('x = [1, 2, 3, 4];\n'.repeat(110_000), 'jsx')).toThrow(
      expect.objectContaining({ code: 'E_WASM_MEMORY' }),
    );
    expect(parser.memoryBytes).toBeLessThanOrEqual(megabytes * megabyte);
    expect(parser.poisoned).toBe(true);
  });

  test('prints nothing, and its error holds nothing of the code', () => {
    const out = vi.spyOn(globalThis.process.stderr, 'write');
    const parser = load(7);
    let message = '';
    try {
      parser.parse('secretName = [1];\n'.repeat(110_000), 'jsx');
    } catch (error) {
      message = JSON.stringify(error) + String(error);
    }
    expect(message).not.toBe('');
    expect(message).not.toContain('secretName');
    expect(out).not.toHaveBeenCalled();
    out.mockRestore();
  });
});

test('moderate depth, as machines write it, is parsed', () => {
  const parser = load();
  expect(parser.parse(`a${'+a'.repeat(2_000)}`, 'jsx').count).toBe(4_003);
  expect(parser.parse(`${'['.repeat(200)}${']'.repeat(200)}`, 'jsx').count).toBe(202);
});

test('a call that a vm time-out interrupts poisons the instance, although no handler ran', () => {
  const limit = 256 * megabyte;
  const host = new NapiHost(module, createMemory(980, limit, true), limit);
  const parseSync = host.registered['parseSync'] as (name: string, text: string) => unknown;
  const key = 'boosterTestGuarded';
  const guarded = (): void => {
    host.run(() => {
      for (;;) parseSync('a.js', 'const a = [1, 2, 3].map((x) => x + 1);\n'.repeat(1_000));
    });
  };
  Object.assign(globalThis, { [key]: guarded });
  expect(() => {
    runInThisContext(`globalThis.${key}()`, { timeout: 20 });
  }).toThrow(/timed out/);
  expect(host.poisoned).toBe(true);
  expect(() => host.run(() => 1)).toThrow(expect.objectContaining({ code: 'E_WASM_TRAP' }));
});
