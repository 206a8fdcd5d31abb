/** `closed`: workers take tasks. `open`: they do not. `half-open`: one task shows whether they can again. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Instances that may be lost in a row, without any task answered in between. */
  readonly crashLimit: number;
  readonly onChange: (state: BreakerState, waitMs: number) => void;
}

const firstWaitMs = 1000;
const longestWaitMs = 60_000;

/**
 * Keeps a crash loop from burning the machine: after too many lost instances in a row it lets no task through for a while,
 * then one at a time to see; each further loss doubles the while, one answer ends it.
 */
export class CircuitBreaker {
  readonly #options: BreakerOptions;
  #state: BreakerState = 'closed';
  #crashes = 0;
  #waitMs = 0;
  #openedAt = 0;
  #isProbing = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Milliseconds until a task is let through again. */
  get remainingMs(): number {
    return this.#state === 'open' ? Math.max(0, Math.ceil(this.#openedAt + this.#waitMs - performance.now())) : 0;
  }

  /** Whether a task may go to the workers. The first after the waiting time is a probe: tell its end by `endProbe`. */
  admit(): 'freely' | 'as-probe' | 'not' {
    if (this.#state === 'closed') return 'freely';
    if (this.remainingMs > 0 || this.#isProbing) return 'not';
    if (this.#state === 'open') this.#enter('half-open');
    this.#isProbing = true;
    return 'as-probe';
  }

  /** An instance was lost by its own fault or that of a task. */
  recordCrash(): void {
    this.#crashes += 1;
    if (this.#state === 'half-open' || (this.#state === 'closed' && this.#crashes >= this.#options.crashLimit)) {
      this.trip();
    }
  }

  /** A worker answered. */
  recordAnswer(): void {
    this.#crashes = 0;
    if (this.#state === 'closed') return;
    this.#waitMs = 0;
    this.#isProbing = false;
    this.#enter('closed');
  }

  /** Opens it at once. */
  trip(): void {
    if (this.#state === 'open') return;
    this.#waitMs = Math.min(longestWaitMs, Math.max(firstWaitMs, 2 * this.#waitMs));
    this.#openedAt = performance.now();
    this.#isProbing = false;
    this.#enter('open');
  }

  /** The probe has ended. If it showed nothing, the next task is a probe. */
  endProbe(): void {
    this.#isProbing = false;
  }

  #enter(state: BreakerState): void {
    this.#state = state;
    this.#options.onChange(state, state === 'open' ? this.#waitMs : 0);
  }
}
