import type { Readable } from 'node:stream';

/** A process that goes on when this one ends. */
export interface DetachedProcess {
  readonly stdout: Readable;
  /** Its exit code; `undefined` when a signal ended it or it could not be started. */
  readonly exited: Promise<number | undefined>;
  /** Stops listening to it, so that this process can end. */
  readonly release: () => void;
}

/** What the process gives to the program; only `bin` touches `process` itself. */
export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder that relative paths refer to. */
  readonly cwd: string;
  /** Aborted by the first SIGINT or SIGTERM; a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** As in `process.versions.node`, without a leading `v`. */
  readonly nodeVersion: string;
  readonly platform: NodeJS.Platform;
  /** Bytes of memory that the limit of a container or control group leaves to this process; `Infinity` without a limit. */
  readonly memoryLeftBytes: () => number;
  /** `undefined` where users have no number (Windows). */
  readonly userId: number | undefined;
  readonly processId: number;
  /**
   * Told how far an engine got in this process: 1 it read a text, 2 it changed one. What that compiled is worth keeping for
   * the next start, the further the better.
   */
  readonly noteWork: (depth: 1 | 2) => void;
  /** Hash of the bundle that runs; empty when it has none. */
  readonly build: string;
  /**
   * Starts this program with other arguments in the background, in the same folder and environment. Its standard error is
   * appended to the file `logPath`.
   */
  readonly startDetached: (argv: readonly string[], logPath: string) => DetachedProcess;
  /** Whether a process with this number runs on this machine. */
  readonly isProcessAlive: (processId: number) => boolean;
  /** Starts the process that brings waiting records to Redis; nobody waits for it, and it cannot fail here. */
  readonly startFlusher: (request: string) => void;
  /** Lets the process end when everything is printed, even if something that cannot be ended is still open. */
  readonly leaveBehind: () => void;
}
