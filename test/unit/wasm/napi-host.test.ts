import { beforeAll, describe, expect, test } from 'vitest';
import { compileOxc } from '../../../src/wasm/compile-oxc.ts';
import { NapiHost } from '../../../src/wasm/napi-host.ts';
import { createMemory } from '../../../src/wasm/wasm-memory.ts';
import type { WasmModule } from '../../../src/wasm/web-assembly.ts';

type Call = (...parameters: unknown[]) => { readonly program: string; readonly errors: readonly unknown[] };

const limit = 128 * 2 ** 20;
let module: WasmModule;
beforeAll(() => {
  module = compileOxc();
});

const start = (): NapiHost => new NapiHost(module, createMemory(980, limit, true), limit);
const call = (host: NapiHost, name: string): Call => host.registered[name] as Call;

describe('a host', () => {
  test('registers what the module exports', () => {
    expect(Object.keys(start().registered)).toEqual(expect.arrayContaining(['parseSync', 'ParseResult']));
  });

  test('holds no more handles, native objects, references or memory after 20,000 calls than after 100', () => {
    const host = start();
    const text = 'const a = [1, 2, 3].map((x) => x + 1); // comment\n'.repeat(5);
    const parse = (): void => {
      host.run(() => call(host, 'parseSync')('', text, { lang: 'ts' }).program);
    };
    for (let round = 0; round < 100; round += 1) parse();
    const before = { ...host.liveCounts, memory: host.memoryBytes };
    for (let round = 0; round < 20_000; round += 1) parse();
    expect({ ...host.liveCounts, memory: host.memoryBytes }).toEqual(before);
    expect(before.wrapped).toBe(0);
  });

  test('passes an exception of the module on as an ordinary error and stays usable', () => {
    const host = start();
    expect(() => host.run(() => call(host, 'parseSync')(1, 2))).toThrow(/String/);
    expect(host.poisoned).toBe(false);
    expect(host.run(() => call(host, 'parseSync')('a.js', 'a').errors)).toEqual([]);
  });

  test('passes an exception of a JavaScript getter through the module', () => {
    const host = start();
    const options = {
      get lang(): string {
        throw new Error('from the getter');
      },
    };
    expect(() => host.run(() => call(host, 'parseSync')('a.js', 'a', options))).toThrow('from the getter');
    expect(host.poisoned).toBe(false);
  });

  test('names an import that it does not offer, and is poisoned', () => {
    const host = start();
    expect(() => host.run(() => call(host, 'parse')('a.js', 'a'))).toThrow(
      /the module called \w+, which this host does not offer/,
    );
    expect(host.poisoned).toBe(true);
    expect(() => host.run(() => 1)).toThrow(expect.objectContaining({ code: 'E_WASM_TRAP' }));
  });

  test('refuses a result object after its call, whose native half is freed', () => {
    const host = start();
    const result = host.run(() => call(host, 'parseSync')('a.js', 'a'));
    expect(() => host.run(() => result.program)).toThrow();
  });

  test('is poisoned while a call is open, as it is after an interrupted one', () => {
    const host = start();
    host.run(() => {
      expect(host.poisoned).toBe(true);
      expect(() => host.run(() => 1)).toThrow(expect.objectContaining({ code: 'E_WASM_TRAP' }));
    });
    expect(host.poisoned).toBe(false);
  });
});

test('a module that does not fit its host is a load error', () => {
  const empty = new (
    globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => WasmModule } }
  ).WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  expect(() => new NapiHost(empty, createMemory(980, limit, true), limit)).toThrow(
    expect.objectContaining({ code: 'E_WASM_LOAD' }),
  );
});

test('a limit below what the module needs is refused before anything is allocated', () => {
  expect(() => createMemory(980, 980 * 65_536 - 1, true)).toThrow(expect.objectContaining({ code: 'E_WASM_MEMORY' }));
  expect(() => createMemory(980, Number.NaN, true)).toThrow(expect.objectContaining({ code: 'E_WASM_MEMORY' }));
});
