import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import type { CustomRuleData } from '../engine/custom/custom-rule-data.ts';
import type { Tier } from '../engine/finding.ts';
import { languageOfPath } from '../engine/language.ts';
import type { Rule } from '../engine/rule.ts';
import { decodeSource } from '../files/read-source.ts';
import { readStream } from '../files/read-stream.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { reasonOfError, statusOfReason } from './file-reason.ts';
import type { FileResult } from './file-result.ts';
import { rulesOf } from './ask-pool.ts';
import { outcomeOfResult } from './optimize-files.ts';
import { PhaseClock } from './phase-clock.ts';
import type { OptimizePool } from './pool-port.ts';

export interface OptimizeStdinOptions {
  readonly input: Readable;
  /** Tells the language and names the text in messages; without it the text is read as TypeScript. */
  readonly path: string | undefined;
  readonly level: Tier;
  readonly rules: readonly Rule[];
  /** Rules of the project; `rules` has those of them that are to run. */
  readonly custom?: readonly CustomRuleData[];
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

export interface StdinOutcome {
  readonly result: FileResult;
  /** What belongs on standard output: the rewritten text, or exactly the bytes that came in. */
  readonly output: Uint8Array;
}

/** Name of standard input in messages when there is no path. */
const stdinName = '<stdin>';

/**
 * Optimises standard input. A pipe never loses code: whatever is refused or fails comes out byte for byte as it went in.
 * @throws BoosterError E_TASK_ABORTED when `signal` aborts
 */
export async function optimizeStdin(pool: OptimizePool, options: OptimizeStdinOptions): Promise<StdinOutcome> {
  const bytes = await readStream(options.input, { maximumBytes: Infinity, signal: options.signal });
  const path = options.path ?? stdinName;
  // how long the other end of the pipe took is not told
  const started = performance.now();
  const clock = new PhaseClock();
  const about = { path, named: true, bytes: bytes.length } as const;
  const nothing = { findings: [], failedRules: [], reader: 'none' } as const;
  try {
    const language = options.path === undefined ? 'typescript' : languageOfPath(options.path);
    if (language === undefined) {
      throw new BoosterError('E_FILE_UNSUPPORTED', 'not a JavaScript or TypeScript file', { path });
    }
    const source = decodeSource(bytes, path, { maximumBytes: options.maximumBytes });
    clock.end('readMs');
    const { level, signal } = options;
    const request = { text: source.text, language, level, ...rulesOf(options) };
    let ran: Pick<FileResult, 'ranIn' | 'cached'> = { ranIn: 'in-process' };
    let fellBack: ErrorCode | undefined;
    const optimized = await pool.executeTask(
      { kind: 'optimize', request },
      {
        where: 'in-process',
        signal,
        onFallback: (code) => (fellBack = code),
        onRanIn: (ranIn) => (ran = { ranIn }),
        onCached: () => (ran = { cached: true }),
      },
    );
    const outcome = outcomeOfResult(source, optimized);
    const durationMs = performance.now() - started;
    const result: FileResult = {
      ...about,
      ...nothing,
      status: 'unchanged',
      ...outcome,
      durationMs,
      ...ran,
      hash: source.hash,
      phases: clock.end('engineMs'),
      ...(fellBack !== undefined && { fellBack }),
    };
    if (outcome.change === undefined) return { result, output: bytes };
    return { result, output: Buffer.from((source.bom ? '\uFEFF' : '') + outcome.change.after) };
  } catch (error) {
    if (isBoosterError(error) && error.code === 'E_TASK_ABORTED') throw error;
    const reason = reasonOfError(error);
    const durationMs = performance.now() - started;
    return { result: { ...about, ...nothing, status: statusOfReason(reason), reason, durationMs }, output: bytes };
  }
}
