import { sourceLanguageOfPath } from '../engine/merge/source-language.ts';
import type { SourceFile } from '../files/read-source.ts';
import type { ApplyPool } from './pool-port.ts';
import { mergeThreeWay } from './merge-three-way.ts';
import type { ConflictSide, MergeConflict } from './merge-three-way.ts';

/** What a file is to be, and why. Texts have the line ends of the file. */
export type MergedGenerated =
  /** `new`: was not there · `changed`: as it was generated before, and replaced · `merged`: with changes by hand kept. */
  | {
      readonly status: 'new' | 'changed' | 'merged' | 'unchanged';
      readonly text: string;
      /** How many conflicts were settled by `keep`; absent: there were none. */
      readonly settled?: number;
    }
  /** Other content, of which is not known that it was generated; `text` is what would replace it. */
  | { readonly status: 'foreign'; readonly text: string }
  | {
      readonly status: 'conflict';
      readonly text?: never;
      readonly conflicts: readonly MergeConflict[];
      readonly reason: string;
    };

export interface MergeFacts {
  readonly source: SourceFile;
  /** The whole file as it was generated last; `undefined` when that is not known. */
  readonly base: string | undefined;
  /** The whole file as it is generated now. Both have line feeds only. */
  readonly generated: string;
  /** What to do about a conflict. */
  readonly advice: string;
  /** What conflicts are settled with. */
  readonly keep: ConflictSide | undefined;
  readonly signal: AbortSignal;
}

export async function mergeGenerated(pool: ApplyPool, facts: MergeFacts): Promise<MergedGenerated> {
  const { source, base, generated } = facts;
  const isCrlf = source.eol === 'crlf';
  const yours = isCrlf ? source.text.replaceAll('\r\n', '\n') : source.text;
  const written = (text: string): string => (isCrlf ? text.replaceAll('\n', '\r\n') : text);
  if (yours === generated) return { status: 'unchanged', text: source.text };
  if (base === undefined) return { status: 'foreign', text: written(generated) };
  const merge = mergeThreeWay(yours, base, generated, facts.keep);
  if (merge.conflicts !== undefined) {
    return {
      status: 'conflict',
      conflicts: merge.conflicts,
      reason: `both sides changed the same lines; ${facts.advice}`,
    };
  }
  const settled = merge.settled === 0 ? {} : { settled: merge.settled };
  if (merge.text === yours) return { status: 'unchanged', text: source.text, ...settled };
  if (merge.text === generated) return { status: 'changed', text: written(generated), ...settled };
  const problem = await problemOf(pool, source.path, yours, merge.text, facts.signal);
  if (problem === undefined) return { status: 'merged', text: written(merge.text), ...settled };
  // What parses by itself and not together is one conflict, in which the whole file is the one side.
  if (facts.keep === 'mine') return { status: 'unchanged', text: source.text, settled: Math.max(merge.settled, 1) };
  return { status: 'conflict', conflicts: [], reason: problem };
}

/** What the gate of `apply` says against a change of lines, e.g. that it does not parse any more. */
export async function problemOf(
  pool: ApplyPool,
  path: string,
  before: string,
  after: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const edit = `<<<<<<< SEARCH\n${ended(before)}=======\n${ended(after)}>>>>>>> REPLACE\n`;
  const request = { text: ended(before), edit, language: sourceLanguageOfPath(path), strictness: 'balanced' } as const;
  const result = await pool.executeTask({ kind: 'apply', request }, { where: 'in-process', signal });
  return result.status === 'refused' ? `the result was refused: ${result.message} (${result.code})` : undefined;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
