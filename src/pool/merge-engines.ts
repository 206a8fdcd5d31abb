import { isBoosterError } from '../shared/errors.ts';
import { loadAgentBooster } from '../wasm/agent-booster/agent-booster.ts';
import type { AgentBooster, Proposal, ProposalRequest } from '../wasm/agent-booster/agent-booster.ts';
import { OutlineReader } from '../wasm/outline/outline-reader.ts';
import type { ApplyEngines } from './apply-task.ts';
import type { EngineGroup, Engines } from './engines.ts';
import { runGuarded } from './guard.ts';
import type { InstanceMemory } from './instance-memory.ts';

/** agent-booster is given this long, far more than its own estimate lets it take; it cannot end by itself. */
const proposalMs = 500;

/** After so many failures agent-booster is left alone: it only ever helps with edits that are refused otherwise. */
const agentBoosterFailures = 2;

export interface MergeEngineOptions {
  /** How long agent-booster may take for one answer; default 500. */
  readonly proposalTimeoutMs?: number;
}

/** What merging an edit needs beside the parser of scripts. Joins the instance's engines, whose memory it shares. */
export class MergeEngines implements ApplyEngines, EngineGroup {
  readonly outlines: OutlineReader;
  readonly #proposalTimeoutMs: number;
  readonly #agentBoosterBytes: number;
  #agentBooster: AgentBooster | undefined;
  #agentBoosterFailures = 0;

  constructor(engines: Engines, { proposalTimeoutMs = proposalMs }: MergeEngineOptions = {}) {
    const { treeSitter, agentBooster } = engines.shares;
    this.outlines = new OutlineReader({ scripts: engines, memoryLimitBytes: treeSitter });
    this.#agentBoosterBytes = agentBooster;
    this.#proposalTimeoutMs = proposalTimeoutMs;
    engines.join(this);
  }

  /**
   * Tree-sitter trapped. A failed agent-booster is not among it: its memory is its own, it is replaced alone, and its tasks
   * are answered without it; costing an instance, they would end in quarantine.
   */
  get isPoisoned(): boolean {
    return this.outlines.poisoned;
  }

  get treeSitterBytes(): number {
    return this.outlines.memoryBytes;
  }

  get ownMemory(): InstanceMemory {
    return { usedBytes: this.#agentBooster?.memoryBytes ?? 0, baseBytes: this.#agentBooster?.baseBytes ?? 0 };
  }

  /** Asks agent-booster where a snippet could belong. Whatever goes wrong with it is a refusal. */
  propose(request: ProposalRequest): Proposal {
    if (this.#agentBoosterFailures >= agentBoosterFailures) return { refusal: 'agent-booster failed too often' };
    if (this.#agentBoosterBytes === 0) return { refusal: 'the memory limit leaves nothing for agent-booster' };
    try {
      const booster = (this.#agentBooster ??= loadAgentBooster({ memoryLimitBytes: this.#agentBoosterBytes }));
      return runGuarded(() => booster.propose(request), {
        timeoutMs: this.#proposalTimeoutMs,
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

  /** Memory never shrinks: one that has grown near its limit would not take large texts any more. */
  #dropSpentAgentBooster(): void {
    const booster = this.#agentBooster;
    if (booster === undefined) return;
    if (booster.poisoned || booster.memoryBytes > this.#agentBoosterBytes * 0.75) this.#agentBooster = undefined;
  }
}
