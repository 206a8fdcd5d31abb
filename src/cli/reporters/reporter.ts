import type { MeasuredRatios } from '../../app/measured-ratios.ts';
import type { FileResult, RunSummary } from '../../app/file-result.ts';
import type { Tier } from '../../engine/finding.ts';
import type { Terminal } from '../terminal.ts';

/** What a run is for: it decides what the result on standard output is. */
export type RunMode = 'preview' | 'check' | 'write' | 'stdin';

export interface ReporterContext {
  /** Standard output: the result, for people and machines alike. */
  readonly out: (text: string) => void;
  /** Standard error: what is said about the result. */
  readonly err: (text: string) => void;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly mode: RunMode;
  readonly level: Tier;
  /** Results and errors only. */
  readonly quiet: boolean;
  /** Also what was found and left alone, and what was skipped. */
  readonly verbose: boolean;
  readonly measured: MeasuredRatios;
  /** Arguments of this run, for naming the next command. */
  readonly command: readonly string[];
  /** How the user calls booster, e.g. `npx booster`. */
  readonly program: string;
  /** Path from the root of the workspace to the working directory, with a final slash, or ''. */
  readonly workspacePrefix: string;
}

/** Prints a run. `file` is called once per file in a fixed order, then `end` once. */
export interface Reporter {
  file(result: FileResult): void;
  end(summary: RunSummary): void;
}
