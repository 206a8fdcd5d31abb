import type { RegexPort, RegexVerdict } from '../../engine/analysis/regex-port.ts';
import { isPlainlyLinear } from './is-plainly-linear.ts';
import type { decidePattern } from './decide-pattern.ts';

/**
 * Steps of the checker, for patterns that are neither proven nor attacked before. 3,000 take 0.2 s on a quiet machine (measured); what is
 * left of a file is undecided when its share is used up: a task has 30 s by default.
 */
const defaultLimits = {
  patternSteps: 3000,
  fileSteps: 12_000,
  /** Booster's own work on the patterns of a file, in steps of its matcher: some 2 s on a quiet machine. */
  ownFileSteps: 24_000_000,
};

/** Forgotten all at once, in a process that lives for long. */
const mostVerdicts = 5000;

interface Decided {
  readonly verdict: RegexVerdict;
  readonly steps: number;
  readonly ownSteps: number;
}

/**
 * Proves that a pattern is linear, or looks for an attack, which is believed only when matching it really takes more and more steps. Its limits
 * count steps and not time, also for what is known already, so that the verdict depends neither on the machine nor on the files before.
 */
export class RegexChecker implements RegexPort {
  readonly #limits: typeof defaultLimits;
  readonly #decided = new Map<string, Decided>();
  #decide: ReturnType<typeof decidePattern> | undefined;
  #spentSteps = 0;
  #spentOwnSteps = 0;
  /** A pattern was asked for that needs a closer look. */
  #isWanted = false;

  constructor(limits: Partial<typeof defaultLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  get isWanted(): boolean {
    return this.#isWanted && this.#decide === undefined;
  }

  /** To be called before each file, which has steps of its own. */
  startFile(): void {
    this.#spentSteps = 0;
    this.#spentOwnSteps = 0;
  }

  async load(): Promise<void> {
    const { decidePattern: open } = await import('./decide-pattern.ts');
    this.#decide ??= open();
  }

  /** @throws BoosterError `E_WASM_LOAD` when the file of the checker is missing */
  verdict(source: string, flags: string): RegexVerdict | undefined {
    if (isPlainlyLinear(source, flags)) return { kind: 'linear' };
    if (this.#decide === undefined) {
      this.#isWanted = true;
      return undefined;
    }
    const { fileSteps, ownFileSteps } = this.#limits;
    if (this.#spentSteps >= fileSteps || this.#spentOwnSteps >= ownFileSteps) return { kind: 'unknown' };
    const { verdict, steps, ownSteps } = this.#known(source, flags, this.#decide);
    this.#spentSteps += steps;
    this.#spentOwnSteps += ownSteps;
    return verdict;
  }

  #known(source: string, flags: string, decide: ReturnType<typeof decidePattern>): Decided {
    const key = `${flags}/${source}`;
    const known = this.#decided.get(key);
    if (known !== undefined) return known;
    if (this.#decided.size >= mostVerdicts) this.#decided.clear();
    const decided = decide(source, flags, this.#limits.patternSteps);
    this.#decided.set(key, decided);
    return decided;
  }
}
