import { performance } from 'node:perf_hooks';
import type { NewFile } from '../files/new-file.ts';
import type { FileWrite } from '../files/write-all.ts';
import { BoosterError } from '../shared/errors.ts';
import type { GenerateDraft } from './generate-draft.ts';
import { generateOutcome, shownPath } from './generate-outcome.ts';
import type { GenerateOutcome } from './generate-outcome.ts';
import type { GeneratedRecord } from './generated-record.ts';

export interface SettleOptions {
  readonly mode: 'preview' | 'check' | 'write';
  readonly force: boolean;
  /** Absolute; paths are shown relative to it. */
  readonly cwd: string;
  readonly signal: AbortSignal;
}

export interface Drafted {
  readonly made: Pick<GenerateOutcome, 'generator' | 'version' | 'evidence'>;
  readonly drafts: readonly GenerateDraft[];
  readonly record: GeneratedRecord;
  /** By `performance.now()`. */
  readonly startedMs: number;
}

/**
 * What becomes of the drafts of one run. With `mode: 'write'`, all files and the record of them are written together, or none: not
 * when one of them is a conflict.
 * @throws BoosterError E_GENERATE_EXISTS (other content that was not generated, unless forced or checking), E_FILE_*, E_TASK_ABORTED
 */
export async function settleDrafts(drafted: Drafted, options: SettleOptions): Promise<GenerateOutcome> {
  const { made, drafts, record, startedMs } = drafted;
  const { mode, cwd, signal } = options;
  refuseForeign(drafts, options);
  const hasConflict = drafts.some(({ merged }) => merged.status === 'conflict');
  const isWrite = mode === 'write' && !hasConflict;
  if (isWrite) await writeDrafts(drafts, record, signal);
  return generateOutcome({ made, drafts, cwd, isWrite, durationMs: performance.now() - startedMs });
}

/** Without a record, nobody knows whether the other content is worth something. */
function refuseForeign(drafts: readonly GenerateDraft[], { force, mode, cwd }: SettleOptions): void {
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
