import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Refusal } from '../engine/merge/merge.ts';
import { isRefusal } from '../engine/merge/refuse.ts';
import type { SourceLanguage } from '../engine/merge/source-language.ts';
import { decodeSource, readSource } from '../files/read-source.ts';
import { readStream } from '../files/read-stream.ts';
import { realPath } from '../files/real-path.ts';
import { BoosterError } from '../shared/errors.ts';
import type { ApplyDocument } from './apply-document.ts';
import type { ApplyItem } from './apply-item.ts';

/** Where edits come from. */
export interface EditSources {
  /** Absolute; paths are relative to it. */
  readonly cwd: string;
  /** A function, as the stream costs a millisecond or two when it is first touched. */
  readonly stdin: () => Readable;
  /** Limit of each text. */
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/** A document may hold several texts, and escapes make each longer; more than this is no list of edits. */
const maximumDocumentBytes = 256 * 2 ** 20;

/** Name of standard input in messages. */
const stdinName = 'standard input';

/** A patch that is for no files, or does more than to change them. */
export interface RefusedPatch {
  readonly path: string;
  readonly text: string;
  readonly refusal: Refusal;
}

export interface SingleEdit {
  readonly file: string;
  /** `-` is standard input. */
  readonly editPath: string;
  readonly language?: SourceLanguage;
  readonly expectHash?: string;
}

/**
 * The edit that one file is to get.
 * @throws BoosterError E_CLI_USAGE (both are the same file), E_FILE_*, E_TASK_ABORTED
 */
export async function readSingleEdit(
  { file, editPath, ...rest }: SingleEdit,
  sources: EditSources,
): Promise<ApplyItem> {
  if (editPath !== '-') refuseSame(file, editPath, sources.cwd);
  return { target: { kind: 'file', path: file }, edit: await readEdit(editPath, sources), ...rest };
}

/**
 * The edits of a JSON document on standard input.
 * @throws BoosterError E_APPLY_DOCUMENT, E_APPLY_LANGUAGE, E_FILE_*, E_TASK_ABORTED
 */
export async function readDocument(sources: EditSources): Promise<ApplyDocument> {
  const { stdin, maximumBytes, signal } = sources;
  const limit = Math.max(maximumDocumentBytes, maximumBytes);
  const bytes = await readStream(stdin(), { maximumBytes: limit, signal });
  const { text } = decodeSource(bytes, stdinName, { maximumBytes: limit });
  const { readApplyDocument } = await import('./apply-document.ts');
  return readApplyDocument(text, maximumBytes);
}

/**
 * The edits of a patch over several files, or why it can't be one.
 * @throws BoosterError E_APPLY_OUTSIDE, E_FILE_*, E_TASK_ABORTED
 */
export async function readPatch(path: string, sources: EditSources): Promise<ApplyDocument | RefusedPatch> {
  const text = await readEdit(path, sources);
  const { splitPatch } = await import('./split-patch.ts');
  const items = splitPatch(text, sources.cwd);
  return isRefusal(items) ? { path, text, refusal: items } : { items, isList: true };
}

/** Text of an edit without byte order mark. */
async function readEdit(path: string, { cwd, stdin, maximumBytes, signal }: EditSources): Promise<string> {
  if (path !== '-') return readSource(resolve(cwd, path), { maximumBytes }).text;
  const bytes = await readStream(stdin(), { maximumBytes, signal });
  return decodeSource(bytes, stdinName, { maximumBytes }).text;
}

function refuseSame(file: string, editPath: string, cwd: string): void {
  const [one, other] = [file, editPath].map((path) => realPath(resolve(cwd, path)));
  if (one === undefined || one !== other) return;
  throw new BoosterError('E_CLI_USAGE', `${file} cannot be the file and the edit at once`, { path: file });
}
