import { BoosterError } from '../../shared/errors.ts';

/** So small is the chance that the command's own failures alone take back a rewrite, each time that one is judged. */
const chanceOfBlame = 1 / 500;
/** More in a row are not waited for, as few runs say little about how often the command fails by itself. */
const mostFailures = 12;
/** So many failures in a row without a suspected rewrite, and the command is given up. */
const failuresToGiveUp = 6;

/** What a command did that cannot be the work of a suspected rewrite. */
export interface FlakyRuns {
  /** Runs without any rewrite, or with those alone that it had passed with. */
  readonly runs: number;
  /** How many of those failed. */
  readonly failures: number;
  /** Failures with rewrites that it then passed with. */
  readonly failuresWithKept: number;
  /** So many failures in a row it takes by now to take back a rewrite. */
  readonly failuresNeeded: number;
}

/** Whether a command gives the same answer for the same tree, by its runs on trees in which nothing is suspected. */
export class Steadiness {
  readonly #command: string;
  #runs = 0;
  #failures = 0;
  #failuresInRow = 0;
  #runsWithKept = 0;
  #failuresWithKept = 0;

  constructor(command: string) {
    this.#command = command;
  }

  /** Runs in which nothing was suspected. */
  get runs(): number {
    return this.#runs;
  }

  /** It has failed where no rewrite can be the reason. */
  get failsByItself(): boolean {
    return this.#failures > 0;
  }

  /** It has passed and failed where it had to do the same. */
  get isFlaky(): boolean {
    return this.#failures + this.#failuresWithKept > 0;
  }

  /** @throws BoosterError E_PROOF_FLAKY */
  get flakyRuns(): FlakyRuns | undefined {
    if (!this.isFlaky) return undefined;
    const [runs, failures, failuresWithKept] = [this.#runs, this.#failures, this.#failuresWithKept];
    return { runs, failures, failuresWithKept, failuresNeeded: this.failuresNeeded() };
  }

  /** A run without any rewrite, or with those alone that the command has passed with. */
  note(passed: boolean): void {
    this.#runs += 1;
    this.#failures += passed ? 0 : 1;
    this.#failuresInRow = passed ? 0 : this.#failuresInRow + 1;
  }

  /** It passed with rewrites, after so many failures with them, or with some of them. */
  noteWithKept(failures: number): void {
    this.#runsWithKept += failures + 1;
    this.#failuresWithKept += failures;
  }

  /**
   * After so many failures in a row, and none in between, a rewrite is to blame: the command's own would do that in one of 500 cases.
   * @throws BoosterError E_PROOF_FLAKY
   */
  failuresNeeded(): number {
    const failures = this.#failures + this.#failuresWithKept;
    if (failures === 0) return 2;
    if (this.#failuresInRow >= failuresToGiveUp) throw this.#tooFlaky();
    const rate = (failures + 1) / (this.#runs + this.#runsWithKept + 2);
    return Math.min(mostFailures, Math.max(2, Math.ceil(Math.log(chanceOfBlame) / Math.log(rate))));
  }

  #tooFlaky(): BoosterError {
    const [command, runs, failures] = [this.#command, this.#runs, this.#failures];
    const message = `\`${command}\` failed in ${String(failures)} of ${String(runs)} runs without a rewrite that could be the reason, the last ${String(failuresToGiveUp)} in a row; nothing was written`;
    return new BoosterError('E_PROOF_FLAKY', message, { command, runs, failures });
  }
}
