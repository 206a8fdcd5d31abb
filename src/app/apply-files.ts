import { isAbsolute, relative, resolve, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { EditedText } from '../engine/edit.ts';
import type { MergeResult, Strictness } from '../engine/merge/merge.ts';
import { sourceLanguageOfPath } from '../engine/merge/source-language.ts';
import { hashOf, readSource } from '../files/read-source.ts';
import type { SourceFile, SourceText } from '../files/read-source.ts';
import { realPath } from '../files/real-path.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { ApplyItem } from './apply-item.ts';
import type { ApplyOutcome, ApplyResult } from './apply-result.ts';
import { reasonOfError } from './file-reason.ts';
import type { FileChange } from './file-result.ts';
import { PhaseClock } from './phase-clock.ts';
import type { ApplyPool } from './pool-port.ts';

export interface ApplyFilesOptions {
  /** Absolute; paths of the items are relative to it. */
  readonly cwd: string;
  readonly items: readonly ApplyItem[];
  /** `false`: nothing on disk changes. */
  readonly write: boolean;
  /** Of items that do not name their own. */
  readonly strictness: Strictness;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/** A text that edits are merged into, one after the other. */
interface Draft {
  readonly path?: string;
  readonly source: SourceText;
  /** Set when it lies in a file. */
  readonly file?: SourceFile;
  readonly edited: EditedText;
}

/**
 * Merges edits into files and texts, all or none: everything is merged in memory, and only when no edit was refused
 * and no file is another than expected, the files are written. Several edits of one file are merged one after the other. Never
 * rejects because of an edit or a file: what is wrong with one is its result, and the others are tried all the same, so
 * that one run tells everything that is to be mended.
 *
 * @throws BoosterError E_TASK_ABORTED when `signal` aborts; nothing has then been written
 */
export async function applyFiles(pool: ApplyPool, options: ApplyFilesOptions): Promise<ApplyOutcome> {
  const started = performance.now();
  const drafts = new Map<string, Draft>();
  const results: ApplyResult[] = [];
  for (const item of options.items) {
    // Merging is synchronous: without a turn of the event loop, SIGINT would wait for the last edit.
    if (results.length > 0) await setImmediate();
    if (options.signal.aborted) throw new BoosterError('E_TASK_ABORTED', 'interrupted; nothing was written');
    results.push(await applyItem(pool, item, drafts, options));
  }
  const changed = [...drafts.values()].filter(({ edited }) => edited.edits().length > 0);
  const mayWrite = options.write && results.every(({ status }) => status === 'applied' || status === 'unchanged');
  return {
    results: mayWrite ? await writeDrafts(changed, results, options) : results,
    files: changed.flatMap((draft) => (draft.path === undefined ? [] : [fileOf(draft, draft.path)])),
    durationMs: performance.now() - started,
  };
}

async function applyItem(
  pool: ApplyPool,
  item: ApplyItem,
  drafts: Map<string, Draft>,
  options: ApplyFilesOptions,
): Promise<ApplyResult> {
  const started = performance.now();
  const { target, edit } = item;
  const path = target.kind === 'file' ? shownPath(target.path, options.cwd) : undefined;
  const language = item.language ?? (path === undefined ? 'text' : sourceLanguageOfPath(path));
  const known = { ...(path === undefined ? {} : { path }), language, edit, written: false };
  const clock = new PhaseClock();
  let facts: Partial<ApplyResult> = {};
  try {
    const draft = target.kind === 'code' ? newDraft(target.source) : openDraft(target.path, drafts, options);
    const text = draft.edited.text;
    facts = { ...factsOf(text, draft.source), phases: clock.end('readMs') };
    refuseUnexpected(item, draft.source);
    const request = { text, edit, language, strictness: item.strictness ?? options.strictness };
    let ran: Pick<ApplyResult, 'ranIn' | 'cached'> = { ranIn: 'in-process' };
    const merged = await pool.executeTask(
      { kind: 'apply', request },
      {
        where: 'in-process',
        signal: options.signal,
        onFallback: (ranElsewhere) => (facts = { ...facts, ranElsewhere }),
        onRanIn: (ranIn) => (ran = { ranIn }),
        onCached: () => (ran = { cached: true }),
      },
    );
    facts = { ...facts, ...ran, phases: clock.end('engineMs') };
    return { ...known, ...facts, ...outcomeOf(merged, draft, text), durationMs: performance.now() - started };
  } catch (error) {
    // The signal may not show it: the pool takes the SIGINT that ends a task on the main thread.
    if (isBoosterError(error) && error.code === 'E_TASK_ABORTED') throw error;
    return { ...known, ...facts, ...troubleOf(error), durationMs: performance.now() - started };
  }
}

function openDraft(path: string, drafts: Map<string, Draft>, options: ApplyFilesOptions): Draft {
  const absolute = resolve(options.cwd, path);
  const key = realPath(absolute) ?? absolute;
  const open = drafts.get(key);
  if (open !== undefined) return open;
  const file = readExisting(absolute, options.maximumBytes);
  const draft: Draft = { ...newDraft(file), path: shownPath(path, options.cwd), file };
  drafts.set(key, draft);
  return draft;
}

/** Relative to the working directory, as `git apply` wants it; what lies elsewhere is named as it was given. */
function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, resolve(cwd, path));
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return path;
  return sep === '/' ? way : way.replaceAll(sep, '/');
}

function newDraft(source: SourceText): Draft {
  return { source, edited: new EditedText(source.text) };
}

function readExisting(path: string, maximumBytes: number): SourceFile {
  try {
    return readSource(path, { maximumBytes });
  } catch (error) {
    if (!isBoosterError(error) || error.code !== 'E_FILE_NOT_FOUND') throw error;
    const message = `${error.message}; apply changes files that are there: write a new one without it`;
    throw new BoosterError(error.code, message, error.data, error);
  }
}

function refuseUnexpected({ expectHash }: ApplyItem, { hash, path }: SourceText): void {
  if (expectHash === undefined || hash.startsWith(expectHash)) return;
  const message = `${path}: has the hash ${hash.slice(0, 16)}…, not ${expectHash.slice(0, 16)}${expectHash.length > 16 ? '…' : ''}: it is not the content that the edit was made for`;
  throw new BoosterError('E_FILE_CHANGED', message, { path, hash, expectHash });
}

type MergeOutcome = Pick<ApplyResult, 'status' | 'refusal' | 'merged' | 'change' | 'newHash' | 'otherNames'>;

/** Takes what was merged over into the draft. */
function outcomeOf(result: MergeResult, { edited, source, file }: Draft, before: string): MergeOutcome {
  if (result.status === 'refused') return { status: 'refused', refusal: result };
  const { status, edits, ...merged } = result;
  if (status === 'unchanged') return { status, merged };
  edited.apply(edits);
  const after = edited.text;
  if (after === before) return { status: 'unchanged', merged };
  const change: FileChange = { before, after, edits, bom: source.bom };
  const { otherNames = 0 } = file ?? {};
  return { status, merged, change, newHash: hashOfText(after, source.bom), ...(otherNames > 0 && { otherNames }) };
}

function factsOf(text: string, { text: original, hash, bytes, bom }: SourceText): Pick<ApplyResult, 'hash' | 'bytes'> {
  if (text === original) return { hash, bytes };
  const content = Buffer.from((bom ? '\uFEFF' : '') + text);
  return { hash: hashOf(content), bytes: content.length };
}

function hashOfText(text: string, bom: boolean): string {
  return hashOf(Buffer.from((bom ? '\uFEFF' : '') + text));
}

function fileOf({ edited, source }: Draft, path: string): ApplyOutcome['files'][number] {
  return { path, change: { before: source.text, after: edited.text, edits: edited.edits(), bom: source.bom } };
}

/** All files or none; the result of the one that could not be written says so. */
async function writeDrafts(
  drafts: readonly Draft[],
  results: readonly ApplyResult[],
  { signal, cwd }: ApplyFilesOptions,
): Promise<readonly ApplyResult[]> {
  const { writeAll } = await import('../files/write-all.ts');
  const writes = drafts.flatMap(({ file, edited }) =>
    file === undefined ? [] : [{ source: file, newText: edited.text }],
  );
  const clock = new PhaseClock();
  try {
    await writeAll(writes, { signal });
  } catch (error) {
    if (isBoosterError(error) && error.code === 'E_TASK_ABORTED') throw error;
    const culprit = isBoosterError(error) ? error.data['path'] : undefined;
    const isCulprit = ({ path }: ApplyResult): boolean =>
      path !== undefined && (typeof culprit !== 'string' || isSameFile(resolve(cwd, path), culprit));
    return results.map((result) => (isCulprit(result) ? { ...result, ...troubleOf(error) } : result));
  }
  const written = clock.end('writeMs');
  return results.map((result) =>
    result.status === 'applied' && result.path !== undefined
      ? { ...result, written: true, phases: { ...result.phases, ...written } }
      : result,
  );
}

function isSameFile(one: string, other: string): boolean {
  return one === other || (realPath(one) ?? one) === (realPath(other) ?? other);
}

function troubleOf(error: unknown): Pick<ApplyResult, 'status' | 'reason'> {
  const reason = reasonOfError(error);
  return { status: reason.code === 'E_FILE_CHANGED' ? 'conflict' : 'failed', reason };
}
