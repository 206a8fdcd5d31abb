import type { Writable } from 'node:stream';

/** Ends a process group when this process is no more. */
export interface CommandGuard {
  /** The group to end, by the id of its first process. */
  watch(group: number | undefined): void;
  /** Nothing is to be ended any more. */
  release(): void;
}

/** Waits for the end of its input, which comes when nobody holds the other side any more, however that one ended. */
const script = 'read -r group || exit 0; read -r rest; kill -s TERM -- "-$group"; sleep 1; kill -s KILL -- "-$group"';

/**
 * A command in a group of its own outlives a `kill -9` of the process that started it: no handler runs then. So another process waits for
 * the end of a pipe from here. It is in a session of its own, where no Ctrl-C of a terminal reaches it.
 */
export async function startCommandGuard(env: Readonly<Record<string, string | undefined>>): Promise<CommandGuard> {
  const { execa } = await import('execa');
  const guard = execa('/bin/sh', ['-c', script], {
    ...{ env, extendEnv: false, detached: true, reject: false },
    ...{ stdin: 'pipe', stdout: 'ignore', stderr: 'ignore' },
  } as const);
  const input: Writable = guard.stdin;
  // it may be gone before it is written to; the command runs all the same
  input.on('error', () => undefined);
  return {
    watch(group) {
      if (group !== undefined) input.write(`${String(group)}\n`);
    },
    release() {
      guard.kill('SIGKILL');
      input.destroy();
    },
  };
}
