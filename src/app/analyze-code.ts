import type { AnalysisFinding, AnalyzeResult, FunctionFacts, PlacedEdit, Range } from '../engine/analysis/analysis.ts';
import { languageOfPath } from '../engine/language.ts';
import type { Language } from '../engine/language.ts';
import { BoosterError } from '../shared/errors.ts';
import type { AnalyzePool } from './pool-port.ts';
import { selectAnalysis } from './rule-catalog.ts';

export interface AnalyzeCodeOptions {
  /** Default: told by `filename`; `typescript` without one. */
  readonly language?: Language;
  /** Only its extension counts; nothing is read from disk. */
  readonly filename?: string;
  /** Ids of the rules and detectors to run; default: all. */
  readonly rules?: readonly string[];
  /** Major version of the Node that will run the code; see `optimizeCode`. */
  readonly node?: number;
  /** A pool of your own; default: one that this process shares. */
  readonly pool?: AnalyzePool;
  readonly signal?: AbortSignal;
}

export interface AnalyzedCode extends Pick<
  AnalyzeResult,
  'status' | 'suppressed' | 'suppressionProblems' | 'undecidedRegexes' | 'failedRules' | 'reader' | 'reason'
> {
  /** In the order of the text. Offsets count UTF-16 units of the given text; lines and columns leave a byte order mark out. */
  readonly findings: readonly AnalysisFinding[];
  /** All functions, with how their cost grows. */
  readonly functions: readonly FunctionFacts[];
}

let sharedPool: Promise<AnalyzePool> | undefined;

/**
 * What is slow in the code, as `booster analyze` says it; changes nothing. Runs on the calling thread, without workers, under a
 * time limit of 30 s and a memory limit of 512 MB. Code that cannot be parsed is `refused`, not thrown.
 *
 * @throws BoosterError E_RULE_UNKNOWN, E_FILE_UNSUPPORTED (extension of `filename`), E_TASK_TIMEOUT, E_TASK_ABORTED, E_WASM_*
 */
export async function analyzeCode(code: string, options: AnalyzeCodeOptions = {}): Promise<AnalyzedCode> {
  const { rules: only = [], filename, node, signal } = options;
  const language = options.language ?? (filename === undefined ? 'typescript' : languageOfPath(filename));
  if (language === undefined) {
    throw new BoosterError('E_FILE_UNSUPPORTED', `${String(filename)}: not a JavaScript or TypeScript file`, {
      path: filename,
    });
  }
  const selection = { only, without: [], ...(node === undefined ? {} : { nodeMajor: node }) };
  const [{ rules: allRules }, { detectors }] = await Promise.all([
    import('../rules/index.ts'),
    import('../detectors/index.ts'),
  ]);
  const selected = selectAnalysis({ rules: allRules, detectors }, selection);
  const rules = [...selected.rules, ...selected.detectors].map(({ meta }) => meta.id);
  const bom = code.startsWith('\uFEFF') ? 1 : 0;
  const pool = options.pool ?? (await (sharedPool ??= createPool()));
  const { findings, functions, ...facts } = await pool.executeTask(
    { kind: 'analyze', request: { text: code.slice(bom), language, rules } },
    { where: 'in-process', ...(signal === undefined ? {} : { signal }) },
  );
  return {
    ...facts,
    findings: findings.map((finding) => moveFinding(finding, bom)),
    functions: functions.map((facts) => move(facts, bom)),
  };
}

/** Offsets of the engine count from behind the byte order mark; those of this interface from the first character given. */
function move<Placed extends Range>(placed: Placed, by: number): Placed {
  return by === 0 ? placed : { ...placed, start: placed.start + by, end: placed.end + by };
}

function moveFinding(finding: AnalysisFinding, by: number): AnalysisFinding {
  const { edits, ...rest } = move(finding, by);
  return edits === undefined ? rest : { ...rest, edits: edits.map((edit: PlacedEdit) => move(edit, by)) };
}

/** In-process tasks hold no threads, so there is nothing that a program would have to close. */
async function createPool(): Promise<AnalyzePool> {
  const { WASMInstanceManager } = await import('../pool/WASMInstanceManager.ts');
  return new WASMInstanceManager({ maximum: 1 });
}
