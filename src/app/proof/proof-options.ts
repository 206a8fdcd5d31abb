import type { Writable } from 'node:stream';
import type { CommandOptions, CommandRun } from '../../files/run-command.ts';
import type { Io } from '../../shared/io.ts';
import type { RewriteSome } from './TrialTree.ts';

/** What the rewrites of a run are put to. */
export interface ProofOptions {
  /** The project's tests. */
  readonly verify?: string;
  /** A benchmark of the project. */
  readonly measure?: string;
  /** Pairs of runs of the benchmark. */
  readonly measureRuns: number;
  /** Measures each rewrite by itself, instead of all together and in parts only when that is slower. */
  readonly measureEach: boolean;
  /** Milliseconds for one run of a command. */
  readonly timeoutMs: number;
  /** Folder for the journal; exists, and belongs to the user alone. */
  readonly journalFolder: string;
  readonly io: Pick<Io, 'cwd' | 'env' | 'platform' | 'signal' | 'processId' | 'isProcessAlive'>;
  readonly maximumBytes: number;
  readonly rewriteSome: RewriteSome;
  readonly runCommand: (options: CommandOptions) => Promise<CommandRun>;
  readonly onStep: (step: ProofStep) => void;
  /** Receives what the commands print. */
  readonly output?: Writable;
}

/** A command ran. */
export interface ProofStep {
  readonly kind: 'verify' | 'measure';
  readonly command: string;
  /** How many rewrites were in the tree; with `pairs`, in the second state of each pair. */
  readonly rewrites: number;
  readonly run: CommandRun;
}
