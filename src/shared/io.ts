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
}
