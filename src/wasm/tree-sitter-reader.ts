import { Buffer } from 'node:buffer';
import type * as Runtime from 'web-tree-sitter';
import type { Language } from '../engine/language.ts';
import type { ParsePort } from '../engine/parse-port.ts';
import type { SyntaxTree } from '../engine/syntax-tree.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import { assetPath } from './asset-path.ts';
import type { AssetName } from './asset-path.ts';
import { compileWasm } from './compile-wasm.ts';
import { lowerTreeSitter } from './lower-tree-sitter.ts';
import { readConcreteTree } from './read-cst.ts';
import { refuseTooDeep } from './refuse-too-deep.ts';
import { createMemory } from './wasm-memory.ts';
import { webAssembly } from './web-assembly.ts';
import type { WasmInstance, WasmMemoryObject, WasmModule } from './web-assembly.ts';

/** 32 MB: what the runtime and all grammars need to start. */
const minimumPages = 512;
const maximumReadBytes = 2 * 1024 * 1024;
const defaultTimeLimitMs = 5_000;

const grammars: Readonly<Record<Language, AssetName>> = {
  javascript: 'tree-sitter-javascript.wasm',
  jsx: 'tree-sitter-javascript.wasm',
  typescript: 'tree-sitter-typescript.wasm',
  tsx: 'tree-sitter-tsx.wasm',
  dts: 'tree-sitter-typescript.wasm',
};

export interface TreeSitterOptions {
  /** Largest memory in bytes, at least 32 MB. The first load of a thread decides: the runtime is one per thread. */
  readonly memoryLimitBytes: number;
  /** Longest time for one text, in milliseconds; default 5,000. */
  readonly timeLimitMs?: number;
}

/** The runtime is a singleton of its package, hence one per thread, with the memory that it was first started with. */
let memoryOfThread: Promise<WasmMemoryObject> | undefined;

/**
 * Starts the error-tolerant reader. Asynchronous, and its code is loaded here, because only broken files need it.
 * @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY`
 */
export async function loadTreeSitter(options: TreeSitterOptions): Promise<TolerantReader> {
  const runtime = await import('web-tree-sitter');
  memoryOfThread ??= startRuntime(runtime, options.memoryLimitBytes);
  try {
    return new TolerantReader(runtime, await memoryOfThread, options.timeLimitMs ?? defaultTimeLimitMs);
  } catch (error) {
    memoryOfThread = undefined;
    throw isBoosterError(error)
      ? error
      : new BoosterError('E_WASM_LOAD', 'the tolerant reader cannot be started', {}, error);
  }
}

async function startRuntime(runtime: typeof Runtime, memoryLimitBytes: number): Promise<WasmMemoryObject> {
  const memory = createMemory(minimumPages, memoryLimitBytes, false);
  const module = compileWasm(assetPath('web-tree-sitter.wasm'));
  const options: EmscriptenOptions = {
    wasmMemory: memory,
    // An abort is told by an exception; the loader would also print it.
    printErr: () => undefined,
    instantiateWasm: (imports, done) => {
      const instance = new webAssembly.Instance(module, imports);
      done(instance, module);
      return instance.exports;
    },
  };
  await runtime.Parser.init(options);
  return memory;
}

/** What the runtime's loader asks for, as far as it is answered here. */
interface EmscriptenOptions {
  readonly wasmMemory: WasmMemoryObject;
  readonly printErr: () => void;
  readonly instantiateWasm: (
    imports: Record<string, Record<string, unknown>>,
    done: (instance: WasmInstance, module: WasmModule) => void,
  ) => unknown;
}

/**
 * Reads JavaScript and TypeScript with syntax errors, to report what the whole parts hold. Its trees must not be edited:
 * the grammars reject some valid code and guess where they cannot know. Broken parts are childless nodes of kind `Error`.
 */
export class TolerantReader implements ParsePort {
  readonly #runtime: typeof Runtime;
  readonly #memory: WasmMemoryObject;
  readonly #timeLimitMs: number;
  readonly #parser: Runtime.Parser;
  readonly #languages = new Map<AssetName, Runtime.Language>();
  #isRunning = false;

  constructor(runtime: typeof Runtime, memory: WasmMemoryObject, timeLimitMs: number) {
    this.#runtime = runtime;
    this.#memory = memory;
    this.#timeLimitMs = timeLimitMs;
    this.#parser = new runtime.Parser();
  }

  /** `true` after a trap: the runtime of this thread is lost, and every further call throws `E_WASM_TRAP`. */
  get poisoned(): boolean {
    return this.#isRunning;
  }

  /** Bytes of WebAssembly memory now, of all tolerant readers of this thread together; never shrinks. */
  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /**
   * @throws BoosterError `E_FILE_TOO_LARGE` above 2 MB, `E_FILE_TOO_DEEP`, `E_TASK_TIMEOUT` past the time limit,
   * `E_WASM_MEMORY` or `E_WASM_TRAP` when the runtime failed, and is `poisoned`.
   */
  parse(text: string, language: Language): SyntaxTree {
    if (this.#isRunning)
      throw new BoosterError('E_WASM_TRAP', 'the tolerant reader failed in an earlier call and must be discarded');
    const bytes = Buffer.byteLength(text);
    if (bytes > maximumReadBytes)
      throw new BoosterError('E_FILE_TOO_LARGE', `${String(bytes)} bytes are more than the tolerant reader takes`, {
        bytes,
        maximumReadBytes,
      });
    this.#parser.setLanguage(this.#language(grammars[language]));
    const concrete = this.#read(text);
    return refuseTooDeep(() => lowerTreeSitter(concrete, text, language));
  }

  /** Anything but an orderly end leaves `#isRunning` set, a `vm` time-out included, which runs no handler. */
  #read(text: string): ReturnType<typeof readConcreteTree> {
    this.#isRunning = true;
    try {
      const deadline = performance.now() + this.#timeLimitMs;
      const tree = this.#parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
      if (tree === null) {
        this.#parser.reset();
        this.#isRunning = false;
        throw new BoosterError('E_TASK_TIMEOUT', `the tolerant reader took more than ${String(this.#timeLimitMs)} ms`, {
          timeLimitMs: this.#timeLimitMs,
        });
      }
      const cursor = tree.walk();
      const concrete = readConcreteTree(cursor, text);
      cursor.delete();
      tree.delete();
      this.#isRunning = false;
      return concrete;
    } catch (error) {
      if (!this.#isRunning) throw error;
      throw describeFailure(error);
    }
  }

  #language(asset: AssetName): Runtime.Language {
    const known = this.#languages.get(asset);
    if (known !== undefined) return known;
    const language = this.#runtime.Language.loadSync(compileWasm(assetPath(asset)));
    this.#languages.set(asset, language);
    return language;
  }
}

function describeFailure(error: unknown): BoosterError {
  const message = error instanceof Error ? error.message : '';
  // The parser calls abort() in one case alone: an allocation failed.
  if (message.startsWith('Aborted()'))
    return new BoosterError('E_WASM_MEMORY', 'the tolerant reader reached its memory limit', {}, error);
  return new BoosterError('E_WASM_TRAP', 'the tolerant reader trapped', {}, error);
}
