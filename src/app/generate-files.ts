import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isTaken } from '../files/new-file.ts';
import type { NewFile } from '../files/new-file.ts';
import { readSource } from '../files/read-source.ts';
import type { FileWrite } from '../files/write-all.ts';
import { BoosterError } from '../shared/errors.ts';
import { generateCode } from './generate-code.ts';
import type { GenerateCodeOptions, GeneratedCode } from './generate-code.ts';
import type { GenerateDraft } from './generate-draft.ts';
import { placeGenerated } from './generate-into.ts';
import { generateOutcome, shownPath } from './generate-outcome.ts';
import type { GenerateOutcome } from './generate-outcome.ts';
import { GeneratedRecord, parametersOf } from './generated-record.ts';
import { mergeGenerated } from './merge-generated.ts';
import type { ApplyPool } from './pool-port.ts';

export interface GenerateFilesOptions {
  /** `filename` is relative to `cwd` or absolute. */
  readonly request: GenerateCodeOptions;
  /** The code goes into this existing file, which is `request.filename`. */
  readonly into: boolean;
  /** Absolute. */
  readonly cwd: string;
  readonly mode: 'preview' | 'check' | 'write';
  /** Files with other content are replaced, whatever was changed in them. */
  readonly force: boolean;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Generates code and compares it with what is on disk. What was generated before and is as it was is replaced; what was changed by
 * hand since is merged, line by line in three ways; where both changed the same lines, it is a conflict, and nothing is
 * written for any file. With `mode: 'write'`, all files and the record of them are written together, or none.
 *
 * @throws BoosterError as `generateCode`; E_GENERATE_EXISTS (other content that was not generated, unless forced or checking);
 * E_APPLY_* when the code does not go into the file; E_FILE_*, E_GENERATE_RECORD, E_TASK_ABORTED
 */
export async function generateFiles(pool: ApplyPool, options: GenerateFilesOptions): Promise<GenerateOutcome> {
  const started = performance.now();
  const { request, cwd, mode, signal } = options;
  const code = await generateCode(request);
  const record = new GeneratedRecord(cwd);
  const drafts: GenerateDraft[] = [];
  for (const { path, contents } of code.files) {
    drafts.push(await draftOf(pool, { path: resolve(cwd, path), contents, code, record }, options));
  }
  refuseForeign(drafts, options);
  const hasConflict = drafts.some(({ merged }) => merged.status === 'conflict');
  const isWrite = mode === 'write' && !hasConflict;
  if (isWrite) await writeDrafts(drafts, record, signal);
  return generateOutcome({ code, drafts, cwd, isWrite, durationMs: performance.now() - started });
}

interface DraftFacts {
  readonly path: string;
  readonly contents: string;
  readonly code: GeneratedCode;
  readonly record: GeneratedRecord;
}

async function draftOf(pool: ApplyPool, facts: DraftFacts, options: GenerateFilesOptions): Promise<GenerateDraft> {
  const { path, contents, code, record } = facts;
  const { request, force, maximumBytes, signal } = options;
  const known = { generator: code.generator, version: code.version, parameters: parametersOf(request) };
  if (options.into)
    return placeGenerated(pool, {
      path,
      contents,
      record,
      known,
      request,
      mayStandAmongOthers: code.into,
      maximumBytes,
      signal,
    });
  const entry = { ...known, base: contents };
  if (!isTaken(path)) return { path, merged: { status: 'new', text: contents }, entry };
  const source = readSource(path, { maximumBytes });
  const base = force ? undefined : record.find(path)?.base;
  const advice = '--force takes what is generated';
  const merged = await mergeGenerated(pool, { source, base, generated: contents, advice, signal });
  return { path, source, merged, entry };
}

/** Without a record, nobody knows whether the other content is worth something. */
function refuseForeign(drafts: readonly GenerateDraft[], { force, mode, cwd }: GenerateFilesOptions): void {
  if (force || mode === 'check') return;
  const foreign = drafts.filter(({ merged }) => merged.status === 'foreign');
  if (foreign.length === 0) return;
  const names = foreign.map(({ path }) => shownPath(path, cwd)).join(', ');
  const message = `${names}: exists and has content that was not generated; nothing was written`;
  throw new BoosterError('E_GENERATE_EXISTS', message, { path: names });
}

async function writeDrafts(
  drafts: readonly GenerateDraft[],
  record: GeneratedRecord,
  signal: AbortSignal,
): Promise<void> {
  const writes = drafts.flatMap(({ path, source, merged }): (FileWrite | NewFile)[] => {
    if (merged.text === undefined) return [];
    if (source === undefined) return [{ path, text: merged.text }];
    return source.text === merged.text ? [] : [{ source, newText: merged.text }];
  });
  const recorded = record.with(drafts);
  const { writeAll } = await import('../files/write-all.ts');
  await writeAll(recorded === undefined ? writes : [...writes, recorded], { signal });
}
