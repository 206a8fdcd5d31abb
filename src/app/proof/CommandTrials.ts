import type { CommandRun } from '../../files/run-command.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { ProofOptions, ProofStep } from './proof-options.ts';
import type { RewriteUnit } from './rewrite-unit.ts';
import { Steadiness } from './Steadiness.ts';
import type { TrialTree } from './TrialTree.ts';

/** A rewrite may loop for ever; what takes this many times as long as without any does not pass. */
const patience = 10;
/** Below this, starting and a busy machine weigh more than the command. */
const leastPatienceMs = 30_000;

/** Runs one command on a tree in its several states. */
export class CommandTrials {
  readonly #kind: ProofStep['kind'];
  readonly #command: string;
  readonly #tree: TrialTree;
  readonly #options: ProofOptions;
  readonly steadiness: Steadiness;
  #limitMs: number;
  #runs = 0;

  constructor(kind: ProofStep['kind'], command: string, tree: TrialTree, options: ProofOptions) {
    this.#kind = kind;
    this.#command = command;
    this.#tree = tree;
    this.#options = options;
    this.#limitMs = options.timeoutMs;
    this.steadiness = new Steadiness(command);
  }

  get command(): string {
    return this.#command;
  }

  get runs(): number {
    return this.#runs;
  }

  /**
   * The first run, without any rewrite; it sets the patience for all others. One that fails is run once more: a command that passes then is
   * flaky, and is judged as such.
   * @throws BoosterError E_PROOF_BASELINE, E_PROOF_CHANGED, E_TASK_ABORTED
   */
  async runFirst(): Promise<CommandRun> {
    let run = await this.run([]);
    this.steadiness.note(passes(run));
    // one that does not end would take as long again
    if (!passes(run) && !run.timedOut) {
      run = await this.run([]);
      this.steadiness.note(passes(run));
    }
    if (!passes(run)) {
      const how = run.timedOut ? `did not end in ${String(this.#limitMs)} ms` : `ended with ${endText(run)}, twice`;
      throw new BoosterError('E_PROOF_BASELINE', `\`${this.#command}\` ${how}; nothing was written`, {
        command: this.#command,
        exitCode: run.exitCode,
        output: run.tail,
      });
    }
    this.#limitMs = Math.min(this.#options.timeoutMs, Math.max(leastPatienceMs, run.durationMs * patience));
    return run;
  }

  /** @throws BoosterError E_PROOF_CHANGED, E_FILE_NOT_WRITABLE, E_TASK_ABORTED */
  async run(kept: readonly RewriteUnit[]): Promise<CommandRun> {
    const { io, onStep, output, runCommand } = this.#options;
    await this.#tree.show(kept);
    const run = await runCommand({
      command: this.#command,
      cwd: io.cwd,
      env: io.env,
      platform: io.platform,
      signal: io.signal,
      timeoutMs: this.#limitMs,
      ...(output !== undefined && { output }),
    });
    if (run.interrupted) throw new BoosterError('E_TASK_ABORTED', 'interrupted');
    this.#runs += 1;
    this.#tree.refuseChanged();
    onStep({ kind: this.#kind, command: this.#command, rewrites: kept.length, run });
    return run;
  }
}

export function passes(run: CommandRun): boolean {
  return run.exitCode === 0 && !run.timedOut;
}

function endText({ exitCode }: CommandRun): string {
  return exitCode === undefined ? 'a signal' : `exit code ${String(exitCode)}`;
}
