import { Script } from 'node:vm';
import { abortError, timeoutError } from './pending.ts';

export interface GuardOptions {
  readonly timeoutMs: number;
  readonly interruptOnSigint: boolean;
}

/** How the script below reaches the function of the moment; scripts see the global object only. */
const key = 'boosterGuardedCall';

const script = new Script(`${key}()`, { filename: 'booster-guard.js' });

/**
 * Runs a synchronous function on this thread with a time limit that also holds inside a WASM loop, a regular expression
 * and `try { for (;;) } catch {}` (measured: 0.1 ms overhead, ends within 1 ms of the limit). Whatever the function
 * had in its hands is in an unknown state after that: discard it. Blocking native code is not interrupted.
 * @throws BoosterError `E_TASK_TIMEOUT`, or `E_TASK_ABORTED` when SIGINT may interrupt and did; else what `run` throws.
 */
export function runGuarded<Result>(run: () => Result, { timeoutMs, interruptOnSigint }: GuardOptions): Result {
  const limit = Math.max(1, Math.ceil(timeoutMs));
  const outer: unknown = Reflect.get(globalThis, key);
  Reflect.set(globalThis, key, run);
  try {
    // asking for `breakOnSigint` starts a watchdog thread and is refused in workers: only when it is wanted
    return script.runInThisContext({ timeout: limit, ...(interruptOnSigint && { breakOnSigint: true }) }) as Result;
  } catch (error) {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw timeoutError(limit);
    if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw abortError();
    throw error;
  } finally {
    if (outer === undefined) Reflect.deleteProperty(globalThis, key);
    else Reflect.set(globalThis, key, outer);
  }
}
