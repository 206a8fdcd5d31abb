import type { CompiledCode } from './protocol.ts';

/** So much is compiled by then that giving it away, some milliseconds of one thread, pays for the next one that starts. */
const answersBetween = 32;

/**
 * The code that one thread of a pool has compiled, for the threads that start after it: without it, most of the time until a
 * replacement is ready goes into compiling the same code once more.
 */
export class SharedCode {
  #answers = 0;
  #code: CompiledCode | undefined;

  /** `undefined` until a thread has given its code. */
  get code(): CompiledCode | undefined {
    return this.#code;
  }

  /**
   * Looks at a message of a thread; whether it was the code, which is for nobody else.
   * @param ask sends `give-code` to that thread
   */
  take(message: unknown, ask: () => void): boolean {
    if (typeof message !== 'object' || message === null || !('type' in message)) return false;
    if (message.type === 'code' && 'code' in message && message.code instanceof Map) {
      // from booster's own worker; what V8 does not like of it is compiled again
      this.#code = message.code as CompiledCode;
      return true;
    }
    if (message.type !== 'answer' || this.#code !== undefined) return false;
    this.#answers += 1;
    // a thread that ends before it has given its code is not the last one to be asked
    if (this.#answers % answersBetween === 0) ask();
    return false;
  }
}
