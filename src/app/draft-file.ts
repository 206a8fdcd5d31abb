import { isTaken } from '../files/new-file.ts';
import { readSource } from '../files/read-source.ts';
import type { GenerateDraft } from './generate-draft.ts';
import type { GeneratedEntry, GeneratedRecord } from './generated-record.ts';
import { mergeGenerated } from './merge-generated.ts';
import type { ConflictSide } from './merge-three-way.ts';
import type { ApplyPool } from './pool-port.ts';

interface FileFacts {
  /** Absolute. */
  readonly path: string;
  readonly contents: string;
  readonly record: GeneratedRecord;
  readonly known: Pick<GeneratedEntry, 'generator' | 'version' | 'parameters'>;
  /** Changes by hand count for nothing. */
  readonly force: boolean;
  readonly keep?: ConflictSide;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/** What a file that is generated as a whole is to be, beside what is there. @throws BoosterError E_FILE_* */
export async function draftFile(pool: ApplyPool, facts: FileFacts): Promise<GenerateDraft> {
  const { path, contents, record, known, force, keep, maximumBytes, signal } = facts;
  const entry = { ...known, base: contents };
  if (!isTaken(path)) return { path, merged: { status: 'new', text: contents }, entry };
  const source = readSource(path, { maximumBytes });
  const base = force ? undefined : record.find(path)?.base;
  const advice = 'settle that with --keep mine or --keep generated; --force takes the whole file as it is generated';
  const merged = await mergeGenerated(pool, { source, base, generated: contents, advice, keep, signal });
  return { path, source, merged, entry };
}
