import { performance } from 'node:perf_hooks';
import type { FilePhases } from './file-result.ts';

/** Measures parts of a file's time that follow each other, from its creation on. */
export class PhaseClock {
  #began = performance.now();
  #phases: FilePhases = {};

  /** Ends a part, which began with the end of the one before; gives all that have ended. */
  end(name: keyof FilePhases): FilePhases {
    const now = performance.now();
    this.#phases = { ...this.#phases, [name]: now - this.#began };
    this.#began = now;
    return this.#phases;
  }
}
