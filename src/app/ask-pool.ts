import { resolve } from 'node:path';
import type { CustomRuleData } from '../engine/custom/custom-rule-data.ts';
import type { Tier } from '../engine/finding.ts';
import type { Language } from '../engine/language.ts';
import type { OptimizeRequest, OptimizeResult } from '../engine/optimize.ts';
import type { Rule } from '../engine/rule.ts';
import type { SourceFile } from '../files/read-source.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { FileEvidence } from './evidence/file-evidence.ts';
import type { FileResult } from './file-result.ts';
import type { OptimizePool, RanIn } from './pool-port.ts';

/**
 * UTF-16 units that are optimised on the main thread before workers take over: each worker starts cold, and pays again for
 * loading the parser and for warming up. Measured on 2 quiet cores, medians of 5 interleaved runs with workers from the
 * first file, from 0.3 MB, from 2 MB, and never: 1.9 MB (zod) 0.72, 0.89, 0.69 and 0.67 s; 13 MB (five packages) 2.15,
 * 2.12, 2.32 and 2.77 s.
 */
export const inProcessLength = 2_000_000;

/** What the files of one run share. */
export interface RunState {
  /** UTF-16 units sent to the pool so far. */
  sentLength: number;
}

/** What a request is made of, the same for all files of a run. */
interface AskOptions {
  readonly cwd: string;
  readonly level: Tier;
  readonly rules: readonly Rule[];
  readonly custom?: readonly CustomRuleData[];
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly evidence?: FileEvidence;
}

/** The result for a text, and where it came from. */
export async function askPool(
  pool: OptimizePool,
  { path, source, language, onFallback }: Asked,
  options: AskOptions,
  state: RunState,
): Promise<{ readonly result: OptimizeResult; readonly reported: Pick<FileResult, 'ranIn' | 'cached'> }> {
  const { level, signal, threads } = options;
  const where = threads <= 1 || state.sentLength < inProcessLength ? 'in-process' : 'worker';
  state.sentLength += source.text.length;
  const request = await completeRequest(
    pool,
    { text: source.text, language, level, ...rulesOf(options) },
    path,
    options,
  );
  const told: { ranIn?: RanIn; isCached: boolean } = { isCached: false };
  const result = await pool.executeTask(
    { kind: 'optimize', request },
    {
      where,
      signal,
      fallback: true,
      textHash: source.hash,
      onFallback: (code) => {
        told.ranIn ??= 'in-process';
        onFallback(code);
      },
      onRanIn: (ranIn) => {
        told.ranIn = ranIn;
      },
      onCached: () => {
        told.isCached = true;
      },
    },
  );
  return { result, reported: told.isCached ? { cached: true } : { ranIn: told.ranIn ?? where } };
}

export interface Asked {
  readonly path: string;
  readonly source: Pick<SourceFile, 'text' | 'hash'>;
  readonly language: Language;
  readonly onFallback: (code: ErrorCode) => void;
}

/** What a request says of the rules; shared with standard input. */
export function rulesOf({
  rules,
  custom,
}: Pick<AskOptions, 'rules' | 'custom'>): Pick<OptimizeRequest, 'rules' | 'custom'> {
  return { rules: rules.map((rule) => rule.meta.id), ...(custom !== undefined && { custom }) };
}

export async function completeRequest(
  pool: OptimizePool,
  request: OptimizeRequest,
  path: string,
  { cwd, evidence, signal }: Pick<AskOptions, 'cwd' | 'evidence' | 'signal'>,
): Promise<OptimizeRequest> {
  if (evidence === undefined) return request;
  const how = { where: 'in-process', signal, fallback: true } as const;
  return evidence.complete(request, resolve(cwd, path), (one) =>
    pool.executeTask({ kind: 'optimize', request: one }, how),
  );
}
