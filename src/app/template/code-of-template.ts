import { BoosterError } from '../../shared/errors.ts';
import type { GenerateResult } from '../generate-outcome.ts';
import type { ApplyPool } from '../pool-port.ts';
import { wantedOf } from '../run-generator.ts';
import type { GeneratedCode, GeneratedContents, RunGeneratorOptions } from '../run-generator.ts';
import { sharedApplyPool } from '../shared-apply-pool.ts';
import { findTemplate } from './find-template.ts';
import { generateFromTemplate } from './generate-from-template.ts';

interface TemplateContext {
  /** Absolute. */
  readonly project: string;
  readonly force: boolean;
  readonly pool: ApplyPool | undefined;
  readonly signal: AbortSignal | undefined;
}

/** As large as sources that the engine merges. */
const maximumBytes = 1024 * 1024;

/**
 * What the template of a project makes that is asked for; `undefined` when it is a generator that is asked for.
 * @throws BoosterError as `generateCode`
 */
export async function codeOfTemplate(
  request: RunGeneratorOptions,
  { project, force, pool, signal = new AbortController().signal }: TemplateContext,
): Promise<GeneratedCode | undefined> {
  const { name, options = {}, input, filename } = request;
  const template = await findTemplate(
    { what: wantedOf(request), options, ...(name === undefined ? {} : { name }) },
    project,
  );
  if (template === undefined) return undefined;
  if (input !== undefined) {
    throw new BoosterError('E_GENERATE_INPUT', 'a template takes no input: give its values as options');
  }
  if (filename !== undefined) {
    throw new BoosterError('E_CLI_USAGE', 'a template says itself where its files go: leave out filename');
  }
  const settle = { mode: 'preview', force, cwd: project, maximumBytes, signal } as const;
  const { generator, version, evidence, results } = await generateFromTemplate(
    pool ?? (await sharedApplyPool()),
    template,
    settle,
  );
  return { generator, version, into: false, files: results.map(contentsOf), evidence };
}

/** @throws BoosterError E_GENERATE_CONFLICT with both sides */
function contentsOf({ path, status, change, conflicts = [], reason = '' }: GenerateResult): GeneratedContents {
  if (status === 'conflict' || change === undefined) {
    const places = conflicts.map(({ line }) => `, line ${String(line)}`).join('');
    throw new BoosterError('E_GENERATE_CONFLICT', `${path}${places}: ${reason}`, { path, conflicts });
  }
  return { path, status, contents: (change.bom ? '\uFEFF' : '') + change.after };
}
