import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { BoosterError } from '../shared/errors.ts';
import { draftFile } from './draft-file.ts';
import { runGenerator } from './run-generator.ts';
import type { RunGeneratorOptions, GeneratedCode } from './run-generator.ts';
import type { GenerateDraft } from './generate-draft.ts';
import { placeGenerated } from './generate-into.ts';
import type { GenerateOutcome } from './generate-outcome.ts';
import { GeneratedRecord, parametersOf } from './generated-record.ts';
import type { ConflictSide } from './merge-three-way.ts';
import type { ApplyPool } from './pool-port.ts';
import { settleDrafts } from './settle-drafts.ts';

export interface GenerateFilesOptions {
  /** `filename` is relative to `cwd` or absolute. */
  readonly request: RunGeneratorOptions;
  /** The code goes into this existing file, which is `request.filename`. */
  readonly into: boolean;
  /** Absolute. */
  readonly cwd: string;
  readonly mode: 'preview' | 'check' | 'write';
  /** Files with other content are replaced, whatever was changed in them. */
  readonly force: boolean;
  /** Settles conflicts: with it, there are none but where the result would not parse. */
  readonly keep?: ConflictSide;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Generates code and compares it with what is on disk. What was generated before and is as it was is replaced; what was changed by
 * hand since is merged, line by line in three ways; where both changed the same lines, it is a conflict, and nothing is
 * written for any file. With `mode: 'write'`, all files and the record of them are written together, or none.
 *
 * @throws BoosterError as `runGenerator`; E_GENERATE_EXISTS (other content that was not generated, unless forced or checking);
 * E_APPLY_* when the code does not go into the file; E_FILE_*, E_GENERATE_RECORD, E_TASK_ABORTED
 */
export async function generateFiles(pool: ApplyPool, options: GenerateFilesOptions): Promise<GenerateOutcome> {
  const startedMs = performance.now();
  const { request, cwd } = options;
  const code = await runGenerator(request);
  const record = new GeneratedRecord(cwd);
  const drafts: GenerateDraft[] = [];
  for (const { path, contents } of code.files) {
    drafts.push(await draftOf(pool, { path: resolve(cwd, path), contents, code, record }, options));
  }
  return settleDrafts({ made: code, drafts, record, startedMs }, options);
}

interface DraftFacts {
  readonly path: string;
  readonly contents: string;
  readonly code: GeneratedCode;
  readonly record: GeneratedRecord;
}

async function draftOf(pool: ApplyPool, facts: DraftFacts, options: GenerateFilesOptions): Promise<GenerateDraft> {
  const { path, contents, code, record } = facts;
  const { request, force, keep, maximumBytes, signal } = options;
  const limits = { maximumBytes, signal, ...(keep === undefined ? {} : { keep }) };
  const known = { generator: code.generator, version: code.version, parameters: parametersOf(request) };
  if (!options.into) return draftFile(pool, { path, contents, record, known, force, ...limits });
  if (!code.into) throw new BoosterError('E_CLI_USAGE', `${code.generator} writes files of its own: use --out`);
  const part = `${known.generator}:${request.name ?? ''}`;
  return placeGenerated(pool, { path, contents, record, known, part, ...limits });
}
