import type { ParsePort } from '../engine/parse-port.ts';
import { isBoosterError } from '../shared/errors.ts';
import { loadOxc } from '../wasm/oxc-parser.ts';
import type { OxcParser } from '../wasm/oxc-parser.ts';
import type { TolerantReader } from '../wasm/tree-sitter-reader.ts';
import type { WasmModule } from '../wasm/web-assembly.ts';
import type { InstanceMemory } from './instance-memory.ts';
import { shareMemory, treeSitterStartBytes } from './memory-shares.ts';
import type { MemoryShares } from './memory-shares.ts';
import { RegexChecker } from './regex/RegexChecker.ts';

export interface EngineOptions {
  /** Bytes of WASM memory for all engines together. */
  readonly memoryLimitBytes: number;
  /** Gives the compiled parser when it is wanted; compiled here when absent. */
  readonly oxcModule?: () => WasmModule;
}

/** Engines of the same instance that only some of its tasks want. */
export interface EngineGroup {
  readonly isPoisoned: boolean;
  /** Of the one runtime that all readers of a thread share. */
  readonly treeSitterBytes: number;
  /** All other memory. */
  readonly ownMemory: InstanceMemory;
}

/** What the tolerant reader gave, or why it could not. */
export type TolerantAnswer<Value> = { readonly value: Value } | { readonly failure: string };

/**
 * The engines of one instance, each loaded when a task first wants it, and each with a share of the memory; the parser of
 * scripts is this itself.
 */
export class Engines implements ParsePort {
  readonly shares: MemoryShares;
  /** Matching times of regular expressions. */
  readonly regexes = new RegexChecker();
  readonly #oxcModule: (() => WasmModule) | undefined;
  readonly #groups: EngineGroup[] = [];
  #oxc: OxcParser | undefined;
  #oxcBaseBytes = 0;
  #tolerant: TolerantReader | undefined;
  #tolerantFailure = 'the tolerant reader was not loaded';

  constructor({ memoryLimitBytes, oxcModule }: EngineOptions) {
    this.shares = shareMemory(memoryLimitBytes);
    this.#oxcModule = oxcModule;
  }

  /** From now on, what these use and whether they trapped is the instance's. */
  join(group: EngineGroup): void {
    this.#groups.push(group);
  }

  /** A parser trapped. */
  get isPoisoned(): boolean {
    const isOwn = this.#oxc?.poisoned === true || this.#tolerant?.poisoned === true;
    return isOwn || this.#groups.some((group) => group.isPoisoned);
  }

  get memory(): InstanceMemory {
    let treeSitter = this.#tolerant?.memoryBytes ?? 0;
    let usedBytes = this.#oxc?.memoryBytes ?? 0;
    let baseBytes = this.#oxcBaseBytes;
    for (const { treeSitterBytes, ownMemory } of this.#groups) {
      // one runtime for all of its readers
      treeSitter = Math.max(treeSitter, treeSitterBytes);
      usedBytes += ownMemory.usedBytes;
      baseBytes += ownMemory.baseBytes;
    }
    return { usedBytes: usedBytes + treeSitter, baseBytes: baseBytes + Math.min(treeSitter, treeSitterStartBytes) };
  }

  parse(...args: Parameters<ParsePort['parse']>): ReturnType<ParsePort['parse']> {
    return this.#loadedOxc().parse(...args);
  }

  async loadTolerantReader(): Promise<void> {
    if (this.#tolerant !== undefined) return;
    const { loadTreeSitter } = await import('../wasm/tree-sitter-reader.ts');
    try {
      this.#tolerant = await loadTreeSitter({ memoryLimitBytes: this.shares.treeSitter });
    } catch (error) {
      if (!isBoosterError(error)) throw error;
      this.#tolerantFailure = error.message;
    }
  }

  readTolerantly<Value>(read: (reader: TolerantReader) => Value): TolerantAnswer<Value> {
    if (this.#tolerant === undefined) return { failure: this.#tolerantFailure };
    try {
      return { value: read(this.#tolerant) };
    } catch (error) {
      if (isBoosterError(error)) return { failure: error.message };
      throw error;
    }
  }

  #loadedOxc(): OxcParser {
    if (this.#oxc !== undefined) return this.#oxc;
    const module = this.#oxcModule?.();
    this.#oxc = loadOxc({ memoryLimitBytes: this.shares.parser, ...(module !== undefined && { module }) });
    this.#oxcBaseBytes = this.#oxc.memoryBytes;
    return this.#oxc;
  }
}
