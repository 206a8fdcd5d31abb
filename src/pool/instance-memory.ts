/** Measured by the instance itself after each task: only its own thread can see its WASM memories. */
export interface InstanceMemory {
  /** Bytes of all WASM memories of the instance; they never shrink. */
  readonly usedBytes: number;
  /** Bytes of the same memories right after the engines were loaded: a fresh instance would need them as well. */
  readonly baseBytes: number;
}

/** Share of the memory limit above which an instance is replaced between tasks. */
const recycleShare = 0.8;

/** Above the mark, and by more than a fresh instance would need: otherwise a replacement would be no better. */
export function mustRecycle({ usedBytes, baseBytes }: InstanceMemory, memoryLimitBytes: number): boolean {
  return usedBytes > recycleShare * memoryLimitBytes && usedBytes > baseBytes;
}
