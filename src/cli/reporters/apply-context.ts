import type { ApplyMode } from '../commands/apply-plan.ts';
import type { Terminal } from '../terminal.ts';

export interface ApplyContext {
  readonly mode: ApplyMode;
  /** The answer is a list even when there is one edit only. */
  readonly isList: boolean;
  /** Results, refusals and errors only. */
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** What to run next to write the change; absent when it cannot be run again, as the edit came from standard input. */
  readonly writeCommand?: string;
}

/** What belongs on the two streams. */
export interface ApplyReport {
  readonly out: string;
  readonly err: string;
}
