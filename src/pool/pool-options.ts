import { freemem } from 'node:os';
import type { ResourceLimits } from 'node:worker_threads';
import { BoosterError } from '../shared/errors.ts';
import { priorities } from './task-queue.ts';
import type { Priority } from './task-queue.ts';

export interface PoolOptions {
  /** Most workers at a time; fewer run when there is less work or too little memory for their limits. Default 10. */
  readonly maximum?: number;
  /**
   * Workers kept ready after `initialize`. Default 0: a worker starts when work wants it; in a resident pool 5, or
   * `maximum` when that is less.
   */
  readonly minimum?: number;
  /** Bytes of WASM memory that one instance may use. The engine itself enforces it. Default 512,000,000. */
  readonly memoryLimitBytes?: number;
  /** Milliseconds a task may take, waiting and running together, unless it says otherwise. Default 30,000. */
  readonly taskTimeoutMs?: number;
  /** The pool lives longer than one command. Only changes the default of `minimum`. */
  readonly isResident?: boolean;
  /** Milliseconds between health checks of idle workers. Default 30,000. */
  readonly healthCheckIntervalMs?: number;
  /** Workers that may be lost in a row, without one answer in between, before no more are started for a while. Default 10. */
  readonly crashLimit?: number;
  /** Milliseconds for which a task that cost two instances is refused. Default 600,000. */
  readonly quarantineMs?: number;
  /** Most tasks waiting; further ones fail with `E_POOL_SATURATED`. Default 10,000. */
  readonly queueLimit?: number;
  /** Milliseconds after which an idle worker above `minimum` ends. Default 30,000. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds a worker may take to become ready. Default 10,000. */
  readonly startTimeoutMs?: number;
  /** A program that speaks the pool's protocol; default: booster's own, beside the bundle. */
  readonly workerUrl?: URL;
  /** Limits of a worker's JavaScript heap; default: a heap as large as the WASM memory, at least 256 MiB. */
  readonly resourceLimits?: ResourceLimits;
  /**
   * Bytes of memory that the process may still take, read when another worker is wanted. Default: free memory of the machine; hand in a reading that knows the container's limit where there is one.
   */
  readonly availableMemoryBytes?: () => number;
  /**
   * Lets SIGINT interrupt a task on the main thread, which fails with `E_TASK_ABORTED`; the signal's own listeners do not
   * see that one. Without it they run when the task has ended. Default false: a library leaves signals to its host.
   */
  readonly interruptOnSigint?: boolean;
}

export interface ResolvedPoolOptions {
  readonly maximum: number;
  readonly minimum: number;
  readonly memoryLimitBytes: number;
  readonly taskTimeoutMs: number;
  readonly healthCheckIntervalMs: number;
  readonly crashLimit: number;
  readonly quarantineMs: number;
  readonly queueLimit: number;
  readonly idleTimeoutMs: number;
  readonly startTimeoutMs: number;
  readonly workerUrl: URL | undefined;
  readonly resourceLimits: ResourceLimits;
  readonly availableMemoryBytes: () => number;
  readonly interruptOnSigint: boolean;
}

const mebibyte = 2 ** 20;

/** `512MB`, the default of `WASM_MEMORY_LIMIT`. */
const defaultMemoryLimitBytes = 512_000_000;

/** Node's timers fire at once beyond this, so a longer time-out would be none at all. */
const longestTimeoutMs = 2 ** 31 - 1;

/** Fills in the defaults. Throws `E_POOL_OPTIONS` naming the option that is out of range. */
export function resolvePoolOptions(options: PoolOptions): ResolvedPoolOptions {
  const maximum = integer('maximum', options.maximum ?? 10, 1, 1024);
  const memoryLimitBytes = integer(
    'memoryLimitBytes',
    options.memoryLimitBytes ?? defaultMemoryLimitBytes,
    mebibyte,
    Number.MAX_SAFE_INTEGER,
  );
  return {
    maximum,
    minimum: integer(
      'minimum',
      options.minimum ?? (options.isResident === true ? Math.min(5, maximum) : 0),
      0,
      maximum,
    ),
    healthCheckIntervalMs: checkTimeout('healthCheckIntervalMs', options.healthCheckIntervalMs ?? 30_000),
    crashLimit: integer('crashLimit', options.crashLimit ?? 10, 1, Number.MAX_SAFE_INTEGER),
    quarantineMs: checkTimeout('quarantineMs', options.quarantineMs ?? 600_000),
    memoryLimitBytes,
    taskTimeoutMs: checkTimeout('taskTimeoutMs', options.taskTimeoutMs ?? 30_000),
    queueLimit: integer('queueLimit', options.queueLimit ?? 10_000, 1, Number.MAX_SAFE_INTEGER),
    idleTimeoutMs: checkTimeout('idleTimeoutMs', options.idleTimeoutMs ?? 30_000),
    startTimeoutMs: checkTimeout('startTimeoutMs', options.startTimeoutMs ?? 10_000),
    workerUrl: options.workerUrl,
    resourceLimits: options.resourceLimits ?? {
      maxOldGenerationSizeMb: Math.max(256, Math.ceil(memoryLimitBytes / mebibyte)),
    },
    availableMemoryBytes: options.availableMemoryBytes ?? freemem,
    interruptOnSigint: options.interruptOnSigint ?? false,
  };
}

/** Milliseconds that a timer can count; throws `E_POOL_OPTIONS` otherwise. */
export function checkTimeout(name: string, value: number): number {
  return integer(name, value, 1, longestTimeoutMs);
}

/** Throws `E_POOL_OPTIONS` for a word that is no priority: callers in JavaScript have no types to stop them. */
export function checkPriority(value: Priority): Priority {
  if (priorities.includes(value)) return value;
  throw new BoosterError('E_POOL_OPTIONS', `priority must be one of ${priorities.join(', ')}, not ${value}`, {
    name: 'priority',
  });
}

/**
 * Workers that memory allows: what they may still claim up to their limits is half of what is available at most, so that
 * all of them at their limit neither swap nor end the process; one is always allowed. A reading that is not a number
 * counts as unknown.
 * @param availableBytes what the process may still take
 * @param usedBytes what the workers have already taken of that
 */
export function affordableMaximum(
  { maximum, memoryLimitBytes }: Pick<ResolvedPoolOptions, 'maximum' | 'memoryLimitBytes'>,
  availableBytes: number,
  usedBytes = 0,
): number {
  if (!Number.isFinite(availableBytes)) return maximum;
  return Math.max(1, Math.min(maximum, Math.floor((0.5 * availableBytes + usedBytes) / memoryLimitBytes)));
}

function integer(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const message = `${name} must be a whole number from ${String(least)} to ${String(most)}, not ${String(value)}`;
  throw new BoosterError('E_POOL_OPTIONS', message, { name, least, most });
}
