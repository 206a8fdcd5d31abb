import { performance } from 'node:perf_hooks';
import type { AnalysisFinding, AnalyzeResult } from '../engine/analysis/analysis.ts';
import { languageOfPath } from '../engine/language.ts';
import { looksGenerated } from '../files/generated-code.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { AnalyzedFile, ReportedFinding } from './analyzed-file.ts';
import { reasonOfError, reasonOfRefusal, statusOfReason } from './file-reason.ts';
import type { FileTarget } from './optimize-files.ts';
import { readTarget } from './read-target.ts';
import { inProcessLength } from './ask-pool.ts';
import type { AnalyzePool } from './pool-port.ts';
import { laneCount, runLanes } from './run-lanes.ts';

export interface AnalyzeFilesOptions {
  /** Absolute; target paths are relative to it. */
  readonly cwd: string;
  readonly targets: readonly FileTarget[];
  /** Ids of the rules and detectors to run. */
  readonly rules: readonly string[];
  readonly maximumBytes: number;
  /** Workers that may be used; 1 means none: everything runs on the main thread. */
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Called once per file in the order of `targets`, however many threads there are. */
  readonly onResult: (file: AnalyzedFile) => void;
  /** Called after each file in the order of completion. */
  readonly onProgress?: (done: number) => void;
}

/** What the files of one run share. */
interface RunState {
  /** UTF-16 units sent to the pool so far. */
  sentLength: number;
}

/**
 * Analyses files. Never rejects because of a file: what goes wrong with one is its result, and the others go on. Gives `true`
 * when `signal` interrupted it: files that were not finished have no result.
 */
export async function analyzeFiles(pool: AnalyzePool, options: AnalyzeFilesOptions): Promise<boolean> {
  const state: RunState = { sentLength: 0 };
  return runLanes({
    items: options.targets,
    lanes: laneCount(options.threads),
    signal: options.signal,
    work: (target) => analyzeFile(pool, target, options, state),
    onResult: options.onResult,
    onProgress: options.onProgress,
  });
}

const nothing = {
  status: 'analyzed',
  findings: [],
  unlisted: 0,
  functions: [],
  functionCount: 0,
  suppressionProblems: [],
  suppressed: 0,
  undecidedRegexes: 0,
  failedRules: [],
  reader: 'none',
  bytes: 0,
} as const satisfies Partial<AnalyzedFile>;

type Outcome = Partial<Omit<AnalyzedFile, 'path' | 'named' | 'durationMs'>>;

/** `undefined`: interrupted before the file was finished. */
async function analyzeFile(
  pool: AnalyzePool,
  target: FileTarget,
  options: AnalyzeFilesOptions,
  state: RunState,
): Promise<AnalyzedFile | undefined> {
  const started = performance.now();
  const { path, named } = target;
  try {
    const outcome = await outcomeOf(pool, target, options, state);
    return { ...nothing, path, named, ...outcome, durationMs: performance.now() - started };
  } catch (error) {
    // The signal may not show it: the pool takes the SIGINT that ends a task on the main thread.
    if (isBoosterError(error) && error.code === 'E_TASK_ABORTED') return undefined;
    const reason = reasonOfError(error);
    const status = statusOfReason(reason) === 'refused' ? 'refused' : 'failed';
    return { ...nothing, path, named, status, reason, durationMs: performance.now() - started };
  }
}

async function outcomeOf(
  pool: AnalyzePool,
  target: FileTarget,
  options: AnalyzeFilesOptions,
  state: RunState,
): Promise<Outcome> {
  if (target.problem !== undefined) throw target.problem;
  const language = languageOfPath(target.path);
  if (language === undefined) {
    throw new BoosterError('E_FILE_UNSUPPORTED', 'not a JavaScript or TypeScript file', { path: target.path });
  }
  const { rules, signal, threads, maximumBytes } = options;
  const { text, bytes, hash } = readTarget(target, { cwd: options.cwd, maximumBytes });
  if (!target.named && looksGenerated(text)) return { bytes, hash, status: 'skipped' };
  const where = threads <= 1 || state.sentLength < inProcessLength ? 'in-process' : 'worker';
  state.sentLength += text.length;
  let fellBack: ErrorCode | undefined;
  let ran: Pick<AnalyzedFile, 'ranIn' | 'cached'> = { ranIn: where };
  const result = await pool.executeTask(
    { kind: 'analyze', request: { text, language, rules } },
    {
      where,
      signal,
      textHash: hash,
      fallback: true,
      onFallback: (code) => (fellBack = code),
      onRanIn: (ranIn) => (ran = { ranIn }),
      onCached: () => (ran = { cached: true }),
    },
  );
  return {
    ...outcomeOfResult(result, text, isTestCode(target.path)),
    bytes,
    hash,
    ...ran,
    ...(fellBack === undefined ? {} : { fellBack }),
  };
}

/** A test runs with sizes and texts that it chose itself. */
const ofTest = {
  confidence: 'possible',
  confidenceReason: 'it is test code, which runs with sizes of its own',
} as const;

function isTestCode(path: string): boolean {
  return /\.(?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:__tests__|tests?)\//.test(path);
}

function outcomeOfResult(result: AnalyzeResult, text: string, isTest: boolean): Outcome {
  const { functions, suppressionProblems, suppressed, undecidedRegexes, failedRules, reader, reason } = result;
  const lines = result.findings.length === 0 ? [] : text.split(/\r\n|[\n\r\u2028\u2029]/);
  const findings = result.findings.map((finding) =>
    reported(isTest ? { ...finding, ...ofTest } : finding, result, lines),
  );
  const facts = {
    findings,
    functions,
    functionCount: functions.length,
    suppressionProblems,
    suppressed,
    undecidedRegexes,
    failedRules,
    reader,
  };
  return reason === undefined ? facts : { ...facts, status: 'refused', reason: reasonOfRefusal(reason) };
}

/** Longer lines are cut: a frame is for reading. */
const maximumLineLength = 500;

function reported(finding: AnalysisFinding, { functions }: AnalyzeResult, lines: readonly string[]): ReportedFinding {
  const { line, endLine, functionIndex } = finding;
  const firstLine = Math.max(1, line - 1);
  const lastLine = Math.min(lines.length, Math.min(endLine, line + 2) + 1);
  const shown = lines.slice(firstLine - 1, lastLine).map((one) => one.slice(0, maximumLineLength));
  const functionName = functionIndex === undefined ? undefined : functions[functionIndex]?.name;
  return {
    ...finding,
    frame: { firstLine, lines: shown },
    ...(functionName === undefined ? {} : { functionName }),
  };
}
