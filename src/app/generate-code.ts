import { isAbsolute } from 'node:path';
import { isTaken } from '../files/new-file.ts';
import { BoosterError } from '../shared/errors.ts';
import type { ApplyPool } from './pool-port.ts';
import { runGenerator } from './run-generator.ts';
import type { GeneratedCode, RunGeneratorOptions } from './run-generator.ts';

export interface GenerateCodeOptions extends RunGeneratorOptions {
  /**
   * Absolute folder of a project, whose templates (`.booster/templates`, here or above) are then known beside the generators. What a
   * template makes is compared with the files of the project, which are read. Default of `cwd`.
   */
  readonly project?: string;
  /** A template replaces files with other content, changes by hand included. */
  readonly force?: boolean;
  /** Merges what a template puts into files. A `WASMInstanceManager` of your own; default: one that this process shares. */
  readonly pool?: ApplyPool;
  readonly signal?: AbortSignal;
}

/**
 * Generates code by a generator, or by a template of `project`. Nothing is written.
 *
 * @throws BoosterError E_GENERATE_* (unknown generator, bad name, option, input or template, with the place; a file of the project with
 * other content, or with changes by hand that contradict), E_APPLY_*, E_FILE_*, E_CLI_USAGE, E_TASK_ABORTED
 */
export async function generateCode({
  project,
  force = false,
  pool,
  signal,
  ...request
}: GenerateCodeOptions): Promise<GeneratedCode> {
  signal?.throwIfAborted();
  if (project === undefined) return runGenerator(request);
  if (!isAbsolute(project)) {
    throw new BoosterError('E_CLI_USAGE', `project: ${JSON.stringify(project)} is no absolute path of a folder`);
  }
  if (!isTaken(project)) throw new BoosterError('E_FILE_NOT_FOUND', `${project}: no such folder`, { path: project });
  const { codeOfTemplate } = await import('./template/code-of-template.ts');
  const code = await codeOfTemplate(request, { project, force, pool, signal });
  return code ?? runGenerator({ cwd: project, ...request });
}
