import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Writable } from 'node:stream';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesEndingWith } from './read-measurement.ts';

export interface RunProfiled {
  /** As typed: a shell runs it. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Receives what the command prints, on both of its outputs. */
  readonly output: Writable;
}

/** How a command ended. */
export interface ProfiledRun {
  /** `undefined` when a signal ended it. */
  readonly exitCode: number | undefined;
  /** Paths of the profiles of all Node processes and threads that ended by themselves. */
  readonly profiles: readonly string[];
}

/**
 * Runs a command with the CPU profiler on in every Node process and thread that it starts, and hands the profiles to `use`; they
 * are deleted afterwards. Node 20 does not take `--cpu-prof` in NODE_OPTIONS, so a program loaded first does the same.
 */
export async function withProfiledRun<Result>(
  { command, cwd, env, signal, output }: RunProfiled,
  use: (run: ProfiledRun) => Promise<Result>,
): Promise<Result> {
  const { execa } = await import('execa');
  const folder = await mkdtemp(join(tmpdir(), 'booster-run-'));
  try {
    const options = [env['NODE_OPTIONS'], `--require ${JSON.stringify(preloadPath())}`].filter(
      (one) => one !== undefined && one !== '',
    );
    const { exitCode } = await execa(command, {
      cwd,
      env: { ...env, NODE_OPTIONS: options.join(' '), BOOSTER_PROFILE_FOLDER: folder },
      extendEnv: false,
      shell: true,
      stdin: 'ignore',
      // standard output is for the report
      stdout: output,
      stderr: output,
      buffer: false,
      reject: false,
      cancelSignal: signal,
      // what it started must not outlive an interrupt
      forceKillAfterDelay: 2_000,
    });
    return await use({ exitCode, profiles: filesEndingWith(folder, '.cpuprofile') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program that Node loads first, from the sources and from the bundle. */
function preloadPath(from: string = import.meta.url): string {
  const up = /\/src\/files\/[^/]+$/.test(from) ? '../../bin/profile-preload.cjs' : '../bin/profile-preload.cjs';
  return fileURLToPath(new URL(up, from));
}
