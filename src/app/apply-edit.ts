import type { Edit } from '../engine/edit.ts';
import { applyEdits } from '../engine/edit.ts';
import type { Merged, Refusal, Strictness } from '../engine/merge/merge.ts';
import { sourceLanguageOfPath } from '../engine/merge/source-language.ts';
import type { SourceLanguage } from '../engine/merge/source-language.ts';
import { languageNamed } from './apply-language.ts';
import type { ApplyPool } from './pool-port.ts';
import { sharedApplyPool } from './shared-apply-pool.ts';

export interface ApplyEditOptions {
  /** The file as it is. */
  readonly code: string;
  /**
   * What to change, as agents write it: a snippet with `// ... existing code ...` where code stays, one or more whole
   * definitions, SEARCH/REPLACE blocks, a unified diff, or the `*** Begin Patch` format.
   */
  readonly edit: string;
  /** A name as people and editors write it (`ts`, `python`, `C++`). Default: told by `filename`; `text` without one. */
  readonly language?: string;
  /** Only its extension counts; nothing is read from disk. */
  readonly filename?: string;
  /** How sure the place of the edit must be. Default `balanced`. */
  readonly strictness?: Strictness;
  /** A pool of your own, e.g. a `WASMInstanceManager` with other limits; default: one that this process shares. */
  readonly pool?: ApplyPool;
  readonly signal?: AbortSignal;
}

/** What became of an edit; `code` is a text to go on with in either case. */
export type AppliedCode =
  | (Merged & {
      /** The merged text; when `unchanged`, the given one. */
      readonly code: string;
    })
  | {
      readonly status: 'refused';
      /** The given text, character for character. */
      readonly code: string;
      /** Why, where, and what would make it work. */
      readonly refusal: Refusal;
    };

/**
 * Merges an edit into a text, exactly or not at all: what is not certain is `refused` with its reason, not guessed and not
 * thrown. Runs on the calling thread, without workers, under a time limit of 30 s and a memory limit of 512 MB.
 *
 * @throws BoosterError E_APPLY_LANGUAGE (`language` is unknown), E_TASK_TIMEOUT, E_TASK_ABORTED
 */
export async function applyEdit(options: ApplyEditOptions): Promise<AppliedCode> {
  const { code, edit, filename, strictness = 'balanced', signal } = options;
  const language = languageOf(options.language, filename);
  const bom = code.startsWith('\uFEFF') ? 1 : 0;
  const request = { text: code.slice(bom), edit: edit.replace(/^\uFEFF/, ''), language, strictness };
  const pool = options.pool ?? (await sharedApplyPool());
  const how = { where: 'in-process', ...(signal === undefined ? {} : { signal }) } as const;
  const result = await pool.executeTask({ kind: 'apply', request }, how);
  if (result.status === 'refused') return { status: 'refused', code, refusal: result };
  const edits = moveEdits(result.edits, bom);
  return { ...result, edits, code: applyEdits(code, edits) };
}

function languageOf(name: string | undefined, filename: string | undefined): SourceLanguage {
  if (name !== undefined) return languageNamed(name);
  return filename === undefined ? 'text' : sourceLanguageOfPath(filename);
}

/** Offsets of the engine count from behind the byte order mark; those of this interface from the first character given. */
function moveEdits(edits: readonly Edit[], by: number): readonly Edit[] {
  return by === 0 ? edits : edits.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));
}
