import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import type { execa as Execa } from 'execa';
import { type CommandGuard, startCommandGuard } from './command-guard.ts';

export interface CommandOptions {
  /** As typed: a shell runs it. Programs of `node_modules/.bin` are found. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Aborting it ends the command, and everything that it started. */
  readonly signal: AbortSignal;
  /** Milliseconds after which the same happens. */
  readonly timeoutMs: number;
  /** Receives what the command prints, on both of its outputs. */
  readonly output?: Writable;
}

/** How a command ended. */
export interface CommandRun {
  /** `undefined` when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  readonly interrupted: boolean;
  readonly durationMs: number;
  /** The end of what it printed, on both outputs. */
  readonly tail: string;
}

const tailLength = 8_000;
/** Not before the guard knows of it, and not at all when this process has been killed before that. */
const guarded = '{ read -r booster_start <&3 && exec 3<&-; } || exit; ';
/** Between asking processes to end and ending them. */
const graceMs = 2_000;

/**
 * Runs a command to its end. It gets a process group of its own (not on Windows), which ends with it: a server that a test
 * forgets must not disturb the next run, nor go on when this process is killed. A command that cannot be started has an exit code of its shell, 127 or so.
 */
export async function runCommand(options: CommandOptions): Promise<CommandRun> {
  const { env, platform, signal, timeoutMs, output } = options;
  const guard = platform === 'win32' ? undefined : await startCommandGuard(env);
  const started = performance.now();
  const { execa } = await import('execa');
  const child = startCommand(execa, options, guard);
  let tail = '';
  child.all.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-tailLength);
    output?.write(chunk);
  });
  const state = { timedOut: false, exitCode: undefined as number | undefined, durationMs: 0 };
  const end = async (): Promise<void> => {
    await endTree(child.pid, 'TERM', platform, env);
    await delay(graceMs, undefined, { ref: false });
    await endTree(child.pid, 'KILL', platform, env);
  };
  const timer = setTimeout(() => {
    state.timedOut = true;
    void end();
  }, timeoutMs);
  const onAbort = (): void => void end();
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  await new Promise<void>((resolve) => {
    child.once('error', () => {
      resolve();
    });
    child.once('exit', (code) => {
      state.exitCode = code ?? undefined;
      resolve();
    });
  });
  state.durationMs = performance.now() - started;
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  await endTree(child.pid, 'KILL', platform, env);
  guard?.release();
  // a process that left the group may hold the pipes for ever
  await Promise.race([child, delay(graceMs, undefined, { ref: false })]);
  child.all.destroy();
  return { ...state, interrupted: signal.aborted, tail };
}

function startCommand(execa: typeof Execa, { command, cwd, env }: CommandOptions, guard: CommandGuard | undefined) {
  const isGuarded = guard !== undefined;
  const child = execa(isGuarded ? guarded + command : command, {
    ...{ cwd, env, extendEnv: false, shell: true, preferLocal: true, localDir: cwd, detached: isGuarded },
    ...{ stdio: ['ignore', 'pipe', 'pipe', isGuarded ? 'pipe' : 'ignore'], all: true, buffer: false, reject: false },
  } as const);
  guard?.watch(child.pid);
  const start = child.stdio[3] as Writable | null;
  // the command may be gone already
  start?.on('error', () => undefined);
  start?.end('\n');
  return child;
}

/** Signals a whole group; one that is gone is no fault. */
async function endTree(
  pid: number | undefined,
  name: 'TERM' | 'KILL',
  platform: NodeJS.Platform,
  env: CommandOptions['env'],
): Promise<void> {
  if (pid === undefined) return;
  const { execa } = await import('execa');
  const options = { reject: false, stdio: 'ignore', env, extendEnv: false } as const;
  if (platform === 'win32') await execa('taskkill', ['/T', '/F', '/PID', String(pid)], options);
  else await execa('/bin/sh', ['-c', `kill -s ${name} -- -${String(pid)}`], options);
}
