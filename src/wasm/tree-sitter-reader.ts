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

/**
 * What a thread has once: the runtime is a singleton of its package, with the memory that it was first started with. The
 * package deletes parsers, trees and cursors in WebAssembly when they are garbage, which would trap in a runtime that
 * failed and end the process: so the one parser lives as long as the thread, and `inHand` holds what a call works with.
 */
interface ThreadRuntime {
  readonly runtime: typeof Runtime;
  readonly memory: WasmMemoryObject;
  readonly parser: Runtime.Parser;
  readonly languages: Map<AssetName, Runtime.Language>;
  readonly inHand: object[];
  /** Anything but an orderly end of a call leaves it set, a `vm` time-out included, which runs no handler. */
  isRunning: boolean;
}

let ofThread: Promise<ThreadRuntime> | undefined;

/**
 * Starts the error-tolerant reader. Asynchronous, and its code is loaded here, because only broken files need it.
 * @throws BoosterError `E_WASM_LOAD` (also when a reader of this thread is poisoned), `E_WASM_MEMORY`
 */
export async function loadTreeSitter(options: TreeSitterOptions): Promise<TolerantReader> {
  ofThread ??= startThread(options.memoryLimitBytes);
  const thread = await ofThread.catch((error: unknown) => {
    ofThread = undefined;
    throw isBoosterError(error)
      ? error
      : new BoosterError('E_WASM_LOAD', 'the tolerant reader cannot be started', {}, error);
  });
  if (thread.isRunning) throw new BoosterError('E_WASM_LOAD', 'the tolerant reader of this thread failed earlier');
  return new TolerantReader(thread, options.timeLimitMs ?? defaultTimeLimitMs);
}

async function startThread(memoryLimitBytes: number): Promise<ThreadRuntime> {
  const runtime = await import('web-tree-sitter');
  const memory = await startRuntime(runtime, memoryLimitBytes);
  const parser = new runtime.Parser();
  return { runtime, memory, parser, languages: new Map(), inHand: [], isRunning: false };
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
  readonly #thread: ThreadRuntime;
  readonly #timeLimitMs: number;

  constructor(thread: ThreadRuntime, timeLimitMs: number) {
    this.#thread = thread;
    this.#timeLimitMs = timeLimitMs;
  }

  /** `true` after a trap: the runtime of this thread is lost, and every further call throws `E_WASM_TRAP`. */
  get poisoned(): boolean {
    return this.#thread.isRunning;
  }

  /** Bytes of WebAssembly memory now, of all tolerant readers of this thread together; never shrinks. */
  get memoryBytes(): number {
    return this.#thread.memory.buffer.byteLength;
  }

  /**
   * @throws BoosterError `E_FILE_TOO_LARGE` above 2 MB, `E_FILE_TOO_DEEP`, `E_TASK_TIMEOUT` past the time limit,
   * `E_WASM_MEMORY` or `E_WASM_TRAP` when the runtime failed, and is `poisoned`.
   */
  parse(text: string, language: Language): SyntaxTree {
    if (this.poisoned)
      throw new BoosterError('E_WASM_TRAP', 'the tolerant reader failed in an earlier call and must be discarded');
    const bytes = Buffer.byteLength(text);
    if (bytes > maximumReadBytes)
      throw new BoosterError('E_FILE_TOO_LARGE', `${String(bytes)} bytes are more than the tolerant reader takes`, {
        bytes,
        maximumReadBytes,
      });
    this.#thread.parser.setLanguage(this.#language(grammars[language]));
    const concrete = this.#read(text);
    return refuseTooDeep(() => lowerTreeSitter(concrete, text, language));
  }

  #read(text: string): ReturnType<typeof readConcreteTree> {
    const { parser, inHand } = this.#thread;
    this.#thread.isRunning = true;
    try {
      const deadline = performance.now() + this.#timeLimitMs;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
      if (tree === null) {
        parser.reset();
        this.#thread.isRunning = false;
        throw new BoosterError('E_TASK_TIMEOUT', `the tolerant reader took more than ${String(this.#timeLimitMs)} ms`, {
          timeLimitMs: this.#timeLimitMs,
        });
      }
      inHand.push(tree);
      const cursor = tree.walk();
      inHand.push(cursor);
      const concrete = readConcreteTree(cursor, text);
      cursor.delete();
      tree.delete();
      inHand.length = 0;
      this.#thread.isRunning = false;
      return concrete;
    } catch (error) {
      if (!this.#thread.isRunning) throw error;
      throw describeFailure(error);
    }
  }

  #language(asset: AssetName): Runtime.Language {
    const { languages, runtime } = this.#thread;
    const known = languages.get(asset);
    if (known !== undefined) return known;
    const language = runtime.Language.loadSync(compileWasm(assetPath(asset)));
    languages.set(asset, language);
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
