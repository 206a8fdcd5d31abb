import type { Edit } from '../engine/edit.ts';
import { applyEdits } from '../engine/edit.ts';
import type { Tier } from '../engine/finding.ts';
import type { Language } from '../engine/language.ts';
import { languageOfPath } from '../engine/language.ts';
import type { OptimizeResult, PlacedFinding } from '../engine/optimize.ts';
import { BoosterError } from '../shared/errors.ts';
import type { OptimizePool } from './pool-port.ts';
import { selectRules } from './select-rules.ts';

export interface OptimizeCodeOptions {
  /** Default: told by `filename`; `typescript` without one. */
  readonly language?: Language;
  /** Only its extension counts; nothing is read from disk. */
  readonly filename?: string;
  /** Default `safe`. */
  readonly level?: Tier;
  /** Ids of the rules to run; default: all. */
  readonly rules?: readonly string[];
  /**
   * Major version of the Node that will run the code, e.g. 24: rules that do not win there are left out. When it is not
   * given, rules that win on some versions only run when `rules` names them.
   */
  readonly node?: number;
  /** Finds and does not rewrite; findings that this level would rewrite are `applied`, before the gate has seen the result. */
  readonly findOnly?: boolean;
  /** A pool of your own, e.g. a `WASMInstanceManager` with other limits; default: one that this process shares. */
  readonly pool?: OptimizePool;
  readonly signal?: AbortSignal;
}

export interface OptimizedCode {
  /** The new text; the given one, character for character, unless `status` is `rewritten`. */
  readonly code: string;
  readonly status: OptimizeResult['status'];
  /** What was found, applied or not. */
  readonly findings: readonly PlacedFinding[];
  /** Sorted, disjoint edits of the given text, in UTF-16 offsets. */
  readonly edits: readonly Edit[];
  /** Why the code was refused. */
  readonly reason?: NonNullable<OptimizeResult['reason']>;
}

let sharedPool: Promise<OptimizePool> | undefined;

/**
 * Rewrites slow code where behaviour provably stays the same. Runs on the calling thread, without workers, under a time
 * limit of 30 s and a memory limit of 512 MB. Code that cannot be parsed is `refused`, not thrown.
 *
 * @throws BoosterError E_RULE_UNKNOWN, E_FILE_UNSUPPORTED (extension of `filename`), E_TASK_TIMEOUT, E_TASK_ABORTED, E_WASM_*
 */
export async function optimizeCode(code: string, options: OptimizeCodeOptions = {}): Promise<OptimizedCode> {
  const { level = 'safe', rules = [], filename, node, signal } = options;
  const language = options.language ?? (filename === undefined ? 'typescript' : languageOfPath(filename));
  if (language === undefined) {
    throw new BoosterError('E_FILE_UNSUPPORTED', `${String(filename)}: not a JavaScript or TypeScript file`, {
      path: filename,
    });
  }
  const bom = code.startsWith('\uFEFF') ? 1 : 0;
  // rules are most of the code, and of no use to who imports the library for something else
  const { rules: allRules } = await import('../rules/index.ts');
  const selected = selectRules(allRules, {
    only: rules,
    without: [],
    ...(node === undefined ? {} : { nodeMajor: node }),
  }).rules;
  const request = {
    ...{ text: code.slice(bom), language, level, rules: selected.map((rule) => rule.meta.id) },
    ...(options.findOnly === true && { findOnly: true as const }),
  };
  const pool = options.pool ?? (await (sharedPool ??= createPool()));
  const result = await pool.executeTask(
    { kind: 'optimize', request },
    { where: 'in-process', ...(signal === undefined ? {} : { signal }) },
  );
  return {
    status: result.status,
    findings: result.findings.map((finding) => moveFinding(finding, bom)),
    edits: moveEdits(result.edits, bom),
    code: result.status === 'rewritten' ? applyEdits(code, moveEdits(result.edits, bom)) : code,
    ...(result.reason === undefined ? {} : { reason: result.reason }),
  };
}

/** Offsets of the engine count from behind the byte order mark; those of this interface from the first character given. */
function moveEdits(edits: readonly Edit[], by: number): readonly Edit[] {
  return by === 0 ? edits : edits.map((edit) => ({ start: edit.start + by, end: edit.end + by, text: edit.text }));
}

function moveFinding(finding: PlacedFinding, by: number): PlacedFinding {
  return by === 0 ? finding : { ...finding, start: finding.start + by, end: finding.end + by };
}

/** In-process tasks hold no threads, so there is nothing that a program would have to close. */
async function createPool(): Promise<OptimizePool> {
  const { WASMInstanceManager } = await import('../pool/WASMInstanceManager.ts');
  return new WASMInstanceManager({ maximum: 1 });
}
