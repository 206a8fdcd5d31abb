import type { ParsePort } from '../engine/parse-port.ts';
import { isBoosterError } from '../shared/errors.ts';
import { loadAgentBooster } from '../wasm/agent-booster/agent-booster.ts';
import type { AgentBooster, Proposal, ProposalRequest } from '../wasm/agent-booster/agent-booster.ts';
import { OutlineReader } from '../wasm/outline/outline-reader.ts';
import { loadOxc } from '../wasm/oxc-parser.ts';
import type { OxcParser } from '../wasm/oxc-parser.ts';
import { loadTreeSitter } from '../wasm/tree-sitter-reader.ts';
import type { TolerantReader } from '../wasm/tree-sitter-reader.ts';
import type { WasmModule } from '../wasm/web-assembly.ts';
import { runGuarded } from './guard.ts';
import { RegexChecker } from './regex/RegexChecker.ts';
import type { InstanceMemory } from './instance-memory.ts';

export interface EngineOptions {
  /** Bytes of WASM memory for all engines together. */
  readonly memoryLimitBytes: number;
  /** Gives the compiled parser when it is wanted; compiled here when absent. */
  readonly oxcModule?: () => WasmModule;
  /** How long agent-booster may take for one answer; default 500. */
  readonly proposalTimeoutMs?: number;
}

/**
 * What tree-sitter may use at most; a quarter of a small limit, but what it needs to start. A limit that has no room for that
 * beside the parser leaves it out.
 */
const treeSitterBytes = 128 * 2 ** 20;
const treeSitterStartBytes = 32 * 2 ** 20;
const roomForBothBytes = 64_000_000;

/** What agent-booster may use at most; a sixteenth of a small limit, and nothing where that would not do for a file. */
const agentBoosterBytes = 32 * 2 ** 20;
const agentBoosterStartBytes = 8 * 2 ** 20;

/** agent-booster is given this long, far more than its own estimate lets it take; it cannot end by itself. */
const proposalMs = 500;

/** After so many failures agent-booster is left alone: it only ever helps with edits that are refused otherwise. */
const agentBoosterFailures = 2;

/** What the tolerant reader gave, or why it could not. */
export type TolerantAnswer<Value> = { readonly value: Value } | { readonly failure: string };

/**
 * The engines of one instance, each loaded when a task first wants it, and each with a share of the memory; the parser of
 * scripts, which this is itself, gets what the others do not.
 */
export class Engines implements ParsePort {
  /** Outlines for merging edits. */
  readonly outlines: OutlineReader;
  /** Matching times of regular expressions. */
  readonly regexes = new RegexChecker();
  readonly #options: EngineOptions;
  #oxc: OxcParser | undefined;
  #tolerant: TolerantReader | undefined;
  #tolerantFailure = 'the tolerant reader was not loaded';
  #agentBooster: AgentBooster | undefined;
  #agentBoosterFailures = 0;
  #oxcBaseBytes = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.outlines = new OutlineReader({ scripts: this, memoryLimitBytes: this.#treeSitterShare });
  }

  /**
   * A parser trapped. A failed agent-booster is not among it: its memory is its own, it is replaced alone, and its tasks
   * are answered without it; costing an instance, they would end in quarantine.
   */
  get isPoisoned(): boolean {
    return this.#oxc?.poisoned === true || this.#tolerant?.poisoned === true || this.outlines.poisoned;
  }

  get memory(): InstanceMemory {
    // one runtime for both of its readers
    const treeSitter = Math.max(this.#tolerant?.memoryBytes ?? 0, this.outlines.memoryBytes);
    return {
      usedBytes: (this.#oxc?.memoryBytes ?? 0) + treeSitter + (this.#agentBooster?.memoryBytes ?? 0),
      baseBytes: this.#oxcBaseBytes + Math.min(treeSitter, treeSitterStartBytes) + (this.#agentBooster?.baseBytes ?? 0),
    };
  }

  parse(...args: Parameters<ParsePort['parse']>): ReturnType<ParsePort['parse']> {
    return this.#loadedOxc().parse(...args);
  }

  async loadTolerantReader(): Promise<void> {
    if (this.#tolerant !== undefined) return;
    try {
      this.#tolerant = await loadTreeSitter({ memoryLimitBytes: this.#treeSitterShare });
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

  /** Asks agent-booster where a snippet could belong. Whatever goes wrong with it is a refusal. */
  propose(request: ProposalRequest): Proposal {
    if (this.#agentBoosterFailures >= agentBoosterFailures) return { refusal: 'agent-booster failed too often' };
    if (this.#agentBoosterShare === 0) return { refusal: 'the memory limit leaves nothing for agent-booster' };
    try {
      const booster = (this.#agentBooster ??= loadAgentBooster({ memoryLimitBytes: this.#agentBoosterShare }));
      return runGuarded(() => booster.propose(request), {
        timeoutMs: this.#options.proposalTimeoutMs ?? proposalMs,
        interruptOnSigint: false,
      });
    } catch (error) {
      if (!isBoosterError(error)) throw error;
      this.#agentBoosterFailures += 1;
      return { refusal: error.message };
    } finally {
      this.#dropSpentAgentBooster();
    }
  }

  #loadedOxc(): OxcParser {
    if (this.#oxc !== undefined) return this.#oxc;
    const module = this.#options.oxcModule?.();
    const memoryLimitBytes = this.#options.memoryLimitBytes - this.#treeSitterShare - this.#agentBoosterShare;
    this.#oxc = loadOxc({ memoryLimitBytes, ...(module !== undefined && { module }) });
    this.#oxcBaseBytes = this.#oxc.memoryBytes;
    return this.#oxc;
  }

  /** Memory never shrinks: one that has grown near its limit would not take large texts any more. */
  #dropSpentAgentBooster(): void {
    const booster = this.#agentBooster;
    if (booster === undefined) return;
    if (booster.poisoned || booster.memoryBytes > this.#agentBoosterShare * 0.75) this.#agentBooster = undefined;
  }

  get #treeSitterShare(): number {
    const { memoryLimitBytes } = this.#options;
    const least = memoryLimitBytes < roomForBothBytes ? 0 : treeSitterStartBytes;
    return Math.min(treeSitterBytes, Math.max(least, Math.floor(memoryLimitBytes / 4)));
  }

  get #agentBoosterShare(): number {
    const share = Math.floor(this.#options.memoryLimitBytes / 16);
    return share < agentBoosterStartBytes ? 0 : Math.min(agentBoosterBytes, share);
  }
}
