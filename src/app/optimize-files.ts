import { performance } from 'node:perf_hooks';
import type { CustomRuleData } from '../engine/custom/custom-rule-data.ts';
import { applyEdits } from '../engine/edit.ts';
import type { Tier } from '../engine/finding.ts';
import { languageOfPath } from '../engine/language.ts';
import type { OptimizeResult } from '../engine/optimize.ts';
import { mayMatch } from '../engine/optimize-text.ts';
import { mayIgnore } from '../engine/suppressions.ts';
import type { Rule } from '../engine/rule.ts';
import { looksGenerated } from '../files/generated-code.ts';
import type { SourceFile } from '../files/read-source.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { askPool, completeRequest, rulesOf } from './ask-pool.ts';
import type { RunState } from './ask-pool.ts';
import { countResults } from './count-results.ts';
import type { FileEvidence } from './evidence/file-evidence.ts';
import { reasonOfError, reasonOfRefusal, statusOfReason } from './file-reason.ts';
import type { FileResult, RunSummary } from './file-result.ts';
import { PhaseClock } from './phase-clock.ts';
import type { OptimizePool } from './pool-port.ts';
import type { QuietFiles, QuietKind } from './QuietFiles.ts';
import { hasNothing, quietOutcome } from './quiet-outcome.ts';
import { readUnlessKnown } from './read-target.ts';
import { laneCount, runLanes } from './run-lanes.ts';

/** A file to work on. */
export interface FileTarget {
  /** Relative to the working directory, with forward slashes. */
  readonly path: string;
  /** The user named this very file. */
  readonly named: boolean;
  /** Raw bytes of its staged version, which is meant, because the file has further changes that are not staged. */
  readonly staged?: Uint8Array;
  /** Why it must not be touched; the file is then reported without being read. */
  readonly problem?: BoosterError;
}

export interface OptimizeFilesOptions {
  /** Absolute; target paths are relative to it. */
  readonly cwd: string;
  readonly targets: readonly FileTarget[];
  /** `false`: nothing on disk changes. */
  readonly write: boolean;
  readonly level: Tier;
  readonly rules: readonly Rule[];
  /** Rules of the project; `rules` has those of them that are to run. */
  readonly custom?: readonly CustomRuleData[];
  readonly maximumBytes: number;
  /** Workers that may be used; 1 means none: everything runs on the main thread. */
  readonly threads: number;
  readonly signal: AbortSignal;
  /** What is known of the files from outside of their text. */
  readonly evidence?: FileEvidence;
  /** Contents that nothing was found in before, for the same rules and level; what is found to be like that now is added. */
  readonly quiet?: Pick<QuietFiles, 'get' | 'note'>;
  /** Called once per file in the order of `targets`, however many threads there are. */
  readonly onResult: (result: FileResult) => void;
  /** Called after each file in the order of completion. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Optimises files: read, rewrite, check, and (with `write`) replace them atomically. Never rejects because of a file: what
 * goes wrong with one is its result, and the others go on. When `signal` aborts, no further file is started, running
 * ones are ended, and files that were not finished have no result.
 */
export async function optimizeFiles(pool: OptimizePool, options: OptimizeFilesOptions): Promise<RunSummary> {
  const started = performance.now();
  const { targets, signal, threads } = options;
  const counter = countResults();
  const state: RunState = { sentLength: 0 };
  const interrupted = await runLanes({
    items: targets,
    lanes: laneCount(threads),
    signal,
    work: (target) => optimizeFile(pool, target, options, state),
    onResult: (result) => {
      counter.add(result);
      options.onResult(result);
    },
    onProgress: options.onProgress,
  });
  return counter.summary(performance.now() - started, interrupted);
}

/** `undefined`: interrupted before the file was finished. */
async function optimizeFile(
  pool: OptimizePool,
  target: FileTarget,
  options: OptimizeFilesOptions,
  state: RunState,
): Promise<FileResult | undefined> {
  const started = performance.now();
  const outcome = await settleFile(pool, target, options, state);
  if (outcome === undefined) return undefined;
  // the copy comes first: V8 makes it in one step, which with thousands of files is a tenth of a run without news
  return { ...outcome, path: target.path, named: target.named, durationMs: performance.now() - started };
}

const untouched = {
  status: 'unchanged',
  findings: [],
  failedRules: [],
  reader: 'none',
  bytes: 0,
} as const satisfies FileOutcome;

type FileOutcome = Omit<FileResult, 'path' | 'named' | 'durationMs'>;

async function settleFile(
  pool: OptimizePool,
  target: FileTarget,
  options: OptimizeFilesOptions,
  state: RunState,
): Promise<FileOutcome | undefined> {
  let known: FileOutcome = untouched;
  const clock = new PhaseClock();
  try {
    if (target.problem !== undefined) throw target.problem;
    const language = languageOfPath(target.path);
    if (language === undefined) {
      throw new BoosterError('E_FILE_UNSUPPORTED', 'not a JavaScript or TypeScript file', { path: target.path });
    }
    const { quiet, rules, signal } = options;
    const lookUp = (hash: string): Partial<FileOutcome> | undefined => quietOutcome(quiet?.get(hash, language), target);
    const source = readUnlessKnown(target, options, lookUp);
    known = { ...known, bytes: source.bytes, hash: source.hash, phases: clock.end('readMs') };
    if ('known' in source) return { ...known, ...source.known };
    const note = (kind: QuietKind): void => quiet?.note(source.hash, language, kind);
    if (!target.named && looksGenerated(source.text)) {
      note('generated');
      return { ...known, skipped: 'generated' };
    }
    if (!mayMatch(source.text, rules) && !mayIgnore(source.text)) {
      note('unparsed');
      return known;
    }
    const onFallback = (fellBack: ErrorCode): void => {
      known = { ...known, fellBack };
    };
    const { result, reported } = await askPool(
      pool,
      { path: target.path, source, language, onFallback },
      options,
      state,
    );
    known = { ...known, ...outcomeOfResult(source, result), ...reported, phases: clock.end('engineMs') };
    if (hasNothing(result) && known.fellBack === undefined) note('parsed');
    if (options.write && known.change !== undefined && 'mode' in source) {
      await writeAtomic(source, known.change.after, { signal });
      return { ...known, status: 'written', phases: clock.end('writeMs') };
    }
    return known;
  } catch (error) {
    // The signal may not show it: the pool takes the SIGINT that ends a task on the main thread.
    if (isBoosterError(error) && error.code === 'E_TASK_ABORTED') return undefined;
    const reason = reasonOfError(error);
    return { ...known, status: statusOfReason(reason), reason };
  }
}

/** A file with some of its rewrites, by their keys; asked of the engine again, as one may make room for another. */
export async function optimizeSome(
  pool: OptimizePool,
  file: FileResult,
  keys: ReadonlySet<string>,
  options: Pick<OptimizeFilesOptions, 'cwd' | 'level' | 'rules' | 'custom' | 'signal' | 'evidence'>,
): Promise<FileResult> {
  const { level, signal } = options;
  const { change: whole, ...rest } = file;
  const language = languageOfPath(file.path);
  if (whole === undefined || language === undefined || keys.size === 0) return { ...rest, status: 'unchanged' };
  const source = { text: whole.before, bom: whole.bom };
  const plain = { text: source.text, language, level, ...rulesOf(options) };
  const request = { ...(await completeRequest(pool, plain, file.path, options)), only: [...keys] };
  const result = await pool.executeTask({ kind: 'optimize', request }, { where: 'in-process', signal, fallback: true });
  return { ...rest, ...outcomeOfResult(source, result) };
}

/** What a result means for the text it was made from; shared with standard input. */
export function outcomeOfResult(
  source: Pick<SourceFile, 'text' | 'bom'>,
  result: OptimizeResult,
): Partial<FileOutcome> {
  const { findings, failedRules, reader, reason, edits, suppressionProblems } = result;
  const facts = { findings, failedRules, reader, ...(suppressionProblems !== undefined && { suppressionProblems }) };
  if (result.status === 'refused') {
    const why = reason ?? { code: 'E_INTERNAL', message: 'refused without a reason' };
    return { ...facts, status: 'refused', reason: reasonOfRefusal(why) };
  }
  if (result.status === 'unchanged') return { ...facts, status: 'unchanged' };
  const after = applyEdits(source.text, edits);
  return { ...facts, status: 'changed', change: { before: source.text, after, edits, bom: source.bom } };
}
