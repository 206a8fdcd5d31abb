/**
 * What tree-sitter may use at most; a quarter of a small limit, but what it needs to start. A limit that has no room for that
 * beside the parser leaves it out.
 */
const treeSitterBytes = 128 * 2 ** 20;
export const treeSitterStartBytes = 32 * 2 ** 20;
const roomForBothBytes = 64_000_000;

/** What agent-booster may use at most; a sixteenth of a small limit, and nothing where that would not do for a file. */
const agentBoosterBytes = 32 * 2 ** 20;
const agentBoosterStartBytes = 8 * 2 ** 20;

/** Bytes of an instance's memory that each of its engines may use. */
export interface MemoryShares {
  readonly parser: number;
  readonly treeSitter: number;
  /** 0: it is left out. */
  readonly agentBooster: number;
}

/** The parser of scripts gets what the others do not. */
export function shareMemory(memoryLimitBytes: number): MemoryShares {
  const least = memoryLimitBytes < roomForBothBytes ? 0 : treeSitterStartBytes;
  const treeSitter = Math.min(treeSitterBytes, Math.max(least, Math.floor(memoryLimitBytes / 4)));
  const share = Math.floor(memoryLimitBytes / 16);
  const agentBooster = share < agentBoosterStartBytes ? 0 : Math.min(agentBoosterBytes, share);
  return { parser: memoryLimitBytes - treeSitter - agentBooster, treeSitter, agentBooster };
}
