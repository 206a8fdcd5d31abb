import { compileFunction } from 'node:vm';
import { readRecheck } from '../../wasm/read-recheck.ts';

/** What recheck says of a pattern. */
export interface Diagnostics {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity?: { readonly type: string; readonly degree?: number };
  readonly attack?: Attack;
  readonly hotspot?: readonly { readonly start: number; readonly end: number; readonly temperature: string }[];
}

/** The text of an attack: all pumps as often as wanted, then the suffix. */
export interface Attack {
  readonly pattern: string;
  readonly base: number;
  readonly suffix: string;
  readonly pumps: readonly { readonly prefix: string; readonly pump: string; readonly bias: number }[];
}

interface RecheckModule {
  checkSync(
    source: string,
    flags: string,
    options: { readonly timeout: number; readonly checker: 'automaton' },
  ): Diagnostics;
}

type RunText = (module: object, exports: object, performance: { readonly now: () => number }) => void;

/**
 * The vendored checker under a clock of its own, which goes on by one tick at each look: recheck looks in each of its loops to see whether
 * its time is over, so its time limit is one of steps, and its answer the same on every machine.
 */
export class Recheck {
  readonly #module: RecheckModule;
  #looks = 0;

  /** Takes 0.1 to 0.3 s: only files with a suspicious pattern need it. @throws BoosterError `E_WASM_LOAD` */
  constructor() {
    const { path, text } = readRecheck();
    const clock = { now: () => (this.#looks += 1) };
    const module = { exports: {} };
    // the text is a file of this package, and needs nothing else
    const run = compileFunction(text, ['module', 'exports', 'performance'], { filename: path }) as RunText;
    run(module, module.exports, clock);
    this.#module = module.exports as RecheckModule;
  }

  /** `unknown` when it takes more than `maximumSteps`; the steps that it took. */
  check(source: string, flags: string, maximumSteps: number): { readonly found: Diagnostics; readonly steps: number } {
    const before = this.#looks;
    const found = this.#module.checkSync(source, flags, { timeout: maximumSteps, checker: 'automaton' });
    return { found, steps: this.#looks - before };
  }
}
