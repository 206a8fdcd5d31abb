import type { Language } from '../engine/language.ts';
import type { ParsePort } from '../engine/parse-port.ts';
import type { SyntaxTree } from '../engine/syntax-tree.ts';
import type { AssetName } from './asset-path.ts';
import { lowerTreeSitter } from './lower-tree-sitter.ts';
import { readConcreteTree } from './read-cst.ts';
import { refuseTooDeep } from './refuse-too-deep.ts';
import { loadTreeSitterRuntime } from './tree-sitter-runtime.ts';
import type { TreeSitterRuntime } from './tree-sitter-runtime.ts';

const defaultTimeLimitMs = 5_000;

/** The grammars that read scripts with errors. */
const scriptGrammars: Readonly<Record<Language, AssetName>> = {
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
 * Starts the error-tolerant reader. Asynchronous, because only broken files need it.
 * @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY`
 */
export async function loadTreeSitter(options: TreeSitterOptions): Promise<TolerantReader> {
  const runtime = await loadTreeSitterRuntime(options.memoryLimitBytes);
  return new TolerantReader(runtime, options.timeLimitMs ?? defaultTimeLimitMs);
}

/**
 * Reads JavaScript and TypeScript with syntax errors, to report what the whole parts hold. Its trees must not be edited:
 * the grammars reject some valid code and guess where they cannot know. Broken parts are childless nodes of kind `Error`.
 */
export class TolerantReader implements ParsePort {
  readonly #runtime: TreeSitterRuntime;
  readonly #timeLimitMs: number;

  constructor(runtime: TreeSitterRuntime, timeLimitMs: number) {
    this.#runtime = runtime;
    this.#timeLimitMs = timeLimitMs;
  }

  /** `true` after a trap: every further call throws `E_WASM_TRAP`; the next reader that is loaded works. */
  get poisoned(): boolean {
    return this.#runtime.poisoned;
  }

  /** Bytes of WebAssembly memory now, of all tolerant readers of this thread together; never shrinks. */
  get memoryBytes(): number {
    return this.#runtime.memoryBytes;
  }

  /**
   * @throws BoosterError `E_FILE_TOO_LARGE` above 2 MB, `E_FILE_TOO_DEEP`, `E_TASK_TIMEOUT` past the time limit,
   * `E_WASM_MEMORY` or `E_WASM_TRAP` when the runtime failed, and is `poisoned`.
   */
  parse(text: string, language: Language): SyntaxTree {
    const how = { grammar: scriptGrammars[language], timeLimitMs: this.#timeLimitMs };
    const concrete = this.#runtime.read(text, how, (_tree, cursor) => readConcreteTree(cursor, text));
    return refuseTooDeep(() => lowerTreeSitter(concrete, text, language));
  }
}
