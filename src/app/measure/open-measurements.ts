import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { withProfiledRun } from '../../files/run-profiled.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { MeasurementSummary } from './measured.ts';
import { type ReadMeasurements, readMeasurements } from './read-measurements.ts';

/** What was measured, or is to be. */
export interface MeasurementSources {
  /** Paths of CPU profiles, relative to the working directory. */
  readonly profiles: readonly string[];
  /** Folders of V8 coverage. */
  readonly coverageFolders: readonly string[];
  /** A command to run and to profile. */
  readonly command: string | undefined;
}

export interface MeasuringContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Receives what the command prints. */
  readonly output: Writable;
}

/** What there is to join with findings. */
export interface OpenMeasurements extends ReadMeasurements {
  readonly command?: MeasurementSummary['command'];
}

/**
 * Reads what was measured, after running the command when there is one; `undefined` when nothing was asked for.
 * @throws BoosterError as {@link readMeasurements}, and E_TASK_ABORTED when `signal` ended the command
 */
export async function openMeasurements(
  { profiles, coverageFolders, command }: MeasurementSources,
  context: MeasuringContext,
): Promise<OpenMeasurements | undefined> {
  const absolute = (paths: readonly string[]): string[] => paths.map((path) => resolve(context.cwd, path));
  const folders = absolute(coverageFolders);
  if (command !== undefined) {
    return withProfiledRun({ ...context, command }, (run) => {
      if (context.signal.aborted) throw new BoosterError('E_TASK_ABORTED', 'interrupted');
      if (run.profiles.length === 0) throw noProfile(command, run.exitCode);
      const read = readMeasurements(run.profiles, folders);
      return Promise.resolve({
        ...read,
        command: { text: command, ...(run.exitCode === undefined ? {} : { exitCode: run.exitCode }) },
      });
    });
  }
  return profiles.length + folders.length === 0 ? undefined : readMeasurements(absolute(profiles), folders);
}

function noProfile(command: string, exitCode: number | undefined): BoosterError {
  const how = exitCode === undefined ? 'was ended by a signal' : `ended with exit code ${String(exitCode)}`;
  return new BoosterError('E_PROFILE_INVALID', `--run: "${command}" ${how} and no Node process of it left a profile`);
}
