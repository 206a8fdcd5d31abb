import type * as Runtime from 'web-tree-sitter';
import { BoosterError } from '../shared/errors.ts';
import { assetPath } from './asset-path.ts';
import { compileWasm } from './compile-wasm.ts';
import { walkCallsOf } from './tree-walk.ts';
import type { WalkCalls } from './tree-walk.ts';
import { createMemory } from './wasm-memory.ts';
import { webAssembly } from './web-assembly.ts';
import type { WasmInstance, WasmMemoryObject, WasmModule } from './web-assembly.ts';

/** 32 MB: what the runtime and all grammars need to start. */
const minimumPages = 512;

/** A number that modules share. */
interface WasmGlobal {
  value: number;
}

type WasmImports = Record<string, Record<string, unknown>>;

/** What the runtime's loader asks for, as far as it is answered here. */
interface EmscriptenOptions {
  readonly wasmMemory: WasmMemoryObject;
  readonly printErr: () => void;
  readonly instantiateWasm: (
    imports: WasmImports,
    done: (instance: WasmInstance, module: WasmModule) => void,
  ) => unknown;
}

/** @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY` */
export async function startTreeSitter(memoryLimitBytes: number): Promise<StartedTreeSitter> {
  const runtime = await import('web-tree-sitter');
  const memory = createMemory(minimumPages, memoryLimitBytes, false);
  const module = compileWasm(assetPath('web-tree-sitter.wasm'));
  let started: { readonly imports: WasmImports; readonly instance: WasmInstance } | undefined;
  const options: EmscriptenOptions = {
    wasmMemory: memory,
    // An abort is told by an exception; the loader would also print it.
    printErr: () => undefined,
    instantiateWasm: (imports, done) => {
      const instance = new webAssembly.Instance(module, imports);
      started = { imports, instance };
      done(instance, module);
      return instance.exports;
    },
  };
  await runtime.Parser.init(options);
  if (started === undefined) throw new BoosterError('E_WASM_LOAD', 'the tolerant reader was not instantiated');
  return new StartedTreeSitter({ runtime, memory, ...started });
}

/** What stays of the runtime when it fails: the package loads it once, with one memory. */
export class StartedTreeSitter {
  readonly runtime: typeof Runtime;
  readonly memory: WasmMemoryObject;
  readonly walkCalls: WalkCalls;
  /** Rounds of dear loops since it was set; `undefined` in the module as it was published, before a build. */
  readonly rounds: WasmGlobal | undefined;
  readonly #stackPointer: WasmGlobal;
  /** Where the functions of grammars are found by name. */
  readonly #symbols: Record<string, unknown>;
  /** The memory as it was before its first use; all beyond was empty. */
  readonly #first: Uint8Array;
  #isRestarted = false;

  constructor(start: {
    readonly runtime: typeof Runtime;
    readonly memory: WasmMemoryObject;
    readonly imports: WasmImports;
    readonly instance: WasmInstance;
  }) {
    const { runtime, memory, imports, instance } = start;
    const stackPointer = imports['env']?.['__stack_pointer'];
    if (!isGlobal(stackPointer)) throw new BoosterError('E_WASM_LOAD', 'the tolerant reader has no stack');
    this.runtime = runtime;
    this.memory = memory;
    this.walkCalls = walkCallsOf(instance);
    const { rounds } = instance.exports;
    this.rounds = isGlobal(rounds) ? rounds : undefined;
    this.#stackPointer = stackPointer;
    this.#symbols = imports['GOT.func'] ?? {};
    // the stack grows down from where the heap begins
    this.#first = new Uint8Array(memory.buffer).slice(0, stackPointer.value);
  }

  /**
   * Makes the memory what it was at first: nothing that was in it may be used again, all grammars included. The caller keeps the
   * package's objects that point into it out of the garbage collector's reach.
   */
  restart(): void {
    const bytes = new Uint8Array(this.memory.buffer);
    bytes.fill(0, this.#first.length);
    bytes.set(this.#first);
    this.#stackPointer.value = this.#first.length;
    this.#isRestarted = true;
  }

  loadGrammar(module: WasmModule): Runtime.Language {
    // the loader would find the functions of the grammar as it was loaded before, whose data are gone
    if (this.#isRestarted) for (const { name } of webAssembly.Module.exports(module)) this.#forget(name);
    return this.runtime.Language.loadSync(module);
  }

  #forget(name: string): void {
    if (!name.startsWith('tree_sitter_')) return;
    const symbol = this.#symbols[name];
    if (isGlobal(symbol)) symbol.value = 0;
  }
}

function isGlobal(value: unknown): value is WasmGlobal {
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number';
}
