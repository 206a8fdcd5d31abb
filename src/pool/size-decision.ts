/** What a pool knows of its load when it decides on its size. */
export interface Load {
  /** Instances that start, idle or work. */
  readonly live: number;
  readonly starting: number;
  /** Tasks that wait, without those on their second try. */
  readonly waiting: number;
  /** Tasks that only an instance without a past may take. */
  readonly needFresh: number;
  /** How long the first of those that wait has waited. */
  readonly oldestWaitMs: number;
  /** Measured; `undefined` before the first answer. */
  readonly meanRunMs: number | undefined;
  /** Measured; `undefined` before the first instance was ready. */
  readonly meanStartMs: number | undefined;
  readonly minimum: number;
}

/** When the size last changed. All in milliseconds of one clock. */
export interface SizeHistory {
  readonly grownAt: number | undefined;
  readonly shrunkAt: number | undefined;
  /** How long an instance must have been idle before it may go. */
  readonly holdMs: number;
}

/** Longest hold, as a multiple of the idle time. */
const longestHold = 8;

/**
 * How many instances to start now, bounds and memory apart. Another instance pays when the tasks would wait longer than it
 * takes to start one: by the measured run time, or because the first of them has already waited that long. Before anything
 * was measured, each waiting task gets an instance.
 */
export function instancesToStart(load: Load): number {
  const { live, starting, waiting, needFresh, oldestWaitMs, meanRunMs, meanStartMs, minimum } = load;
  const unserved = waiting - starting;
  let wanted = Math.max(minimum - live, needFresh - starting, 0);
  const ready = live - starting;
  if (unserved > 0) {
    const isUnknown = ready <= 0 || meanRunMs === undefined || meanStartMs === undefined;
    const worthwhile = isUnknown ? unserved : Math.ceil((waiting * meanRunMs) / meanStartMs) - live;
    const isLate = meanStartMs !== undefined && oldestWaitMs > meanStartMs;
    wanted = Math.max(wanted, Math.min(unserved, worthwhile), isLate ? 1 : 0);
  }
  return wanted;
}

/** Milliseconds until waiting alone makes another instance worthwhile. */
export function untilLateMs({ oldestWaitMs, meanStartMs }: Load): number {
  return Math.max(1, Math.ceil((meanStartMs ?? 0) - oldestWaitMs) + 1);
}

/**
 * Whether an instance that has been idle for `idleMs` may go. One goes at a time, and none soon after the pool grew: the
 * load that made it grow may come back.
 */
export function mayShrink(
  { live, waiting, minimum }: Pick<Load, 'live' | 'waiting' | 'minimum'>,
  idleMs: number,
  { grownAt, shrunkAt, holdMs }: SizeHistory,
  now: number,
): boolean {
  const isRested = idleMs >= holdMs && now - (grownAt ?? -Infinity) >= holdMs;
  return live > minimum && waiting === 0 && isRested && now - (shrunkAt ?? -Infinity) >= holdMs / 10;
}

/** The hold after the pool grew: doubled when it had shrunk shortly before (so it should not have), else the plain idle time. */
export function holdAfterGrowth({ shrunkAt, holdMs }: SizeHistory, now: number, idleTimeoutMs: number): number {
  if (shrunkAt === undefined || now - shrunkAt > 2 * longestHold * idleTimeoutMs) return idleTimeoutMs;
  return now - shrunkAt <= 2 * holdMs ? Math.min(longestHold * idleTimeoutMs, 2 * holdMs) : holdMs;
}
