import { applyEdits } from '../../engine/edit.ts';
import type { Tier } from '../../engine/finding.ts';
import { languageOfPath } from '../../engine/language.ts';
import { findingKey } from '../../engine/finding-key.ts';
import type { OptimizeRequest, OptimizeResult, PlacedFinding } from '../../engine/optimize.ts';
import { mayMatch } from '../../engine/optimize-text.ts';
import type { Rule } from '../../engine/rule.ts';
import { looksGenerated } from '../../files/generated-code.ts';
import type { SourceFile } from '../../files/read-source.ts';
import { writeAtomic } from '../../files/write-atomic.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { reasonOfError, reasonOfRefusal, statusOfReason } from '../file-reason.ts';
import type { FileReason } from '../file-result.ts';
import type { OptimizePool, RanIn } from '../pool-port.ts';
import { contentFacts } from '../run-facts.ts';
import type { RunFacts } from '../run-facts.ts';
import { beforeText } from './before-text.ts';
import type { Baseline } from './before-text.ts';
import type { ToldBefore } from './hook-event.ts';
import { introducedFindings } from './introduced-findings.ts';
import { settledSource } from './settled-source.ts';

export interface InspectOptions {
  readonly level: Tier;
  readonly rules: readonly Rule[];
  readonly maximumBytes: number;
  /** Rewrites what this edit introduced. */
  readonly write: boolean;
  readonly pool: OptimizePool;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Milliseconds that are left for all of it. */
  readonly remainingMs: () => number;
  /** Told what is to be recorded, as soon as it is known; later facts count before earlier ones. */
  readonly onFacts: (facts: Partial<RunFacts>) => void;
  /** Whether the project's ignore rules leave a file out. */
  readonly isExcluded: (path: string) => Promise<boolean>;
}

/** What an edit brought into a file; there is at least one finding. */
export interface EditReport {
  /** Absolute. */
  readonly path: string;
  readonly introduced: readonly PlacedFinding[];
  /** What the file was compared with. */
  readonly baseline: Baseline['from'];
  /** Those that were rewritten on disk. */
  readonly rewritten: readonly PlacedFinding[];
  /** Why nothing was rewritten although it should have been. */
  readonly reason?: FileReason;
  readonly fellBack?: ErrorCode;
}

/**
 * Finds what an edit introduced into a file, and with `write` rewrites it where behaviour provably stays the same. Gives
 * `undefined` when there is nothing to say: no code of ours, excluded, generated, with a syntax error, or no new finding.
 * @throws BoosterError of reading the file and of the pool; E_TASK_ABORTED
 */
export async function inspectEdit(
  file: { readonly path: string; readonly before: ToldBefore },
  options: InspectOptions,
): Promise<EditReport | undefined> {
  const { path } = file;
  const { rules, maximumBytes } = options;
  const language = languageOfPath(path);
  if (language === undefined || language === 'dts') return undefined;
  const source = await settledSource(path, file.before, { maximumBytes, signal: options.signal });
  options.onFacts({ status: 'analyzed', language, engine: 'none', bytesBefore: source.bytes, hashBefore: source.hash });
  if (!mayMatch(source.text, rules) || looksGenerated(source.text)) return undefined;
  if (await options.isExcluded(path)) return undefined;
  let fellBack: ErrorCode | undefined;
  const onRanIn = (ranIn: RanIn): void => {
    options.onFacts({ ranIn });
  };
  const run = (request: Partial<OptimizeRequest>): Promise<OptimizeResult> => {
    const ids = rules.map(({ meta }) => meta.id);
    const full: OptimizeRequest = { text: source.text, language, level: options.level, rules: ids, ...request };
    const how = {
      where: 'in-process',
      signal: options.signal,
      timeoutMs: Math.max(1, Math.ceil(options.remainingMs())),
    } as const;
    return options.pool.executeTask(
      { kind: 'optimize', request: full },
      { ...how, onFallback: (code) => (fellBack = code), onRanIn },
    );
  };
  const now = await run({ findOnly: true });
  options.onFacts({ engine: now.reader, ...(fellBack !== undefined && { fellBack }) });
  if (now.status === 'refused') options.onFacts({ status: 'refused', code: now.reason?.code ?? 'E_INTERNAL' });
  if (now.status === 'refused' || now.findings.length === 0) return undefined;
  const baseline = await beforeText(path, { told: file.before, now: source.text, ...options });
  const found = await findingsBefore(baseline.text, now, rules, run);
  const introduced = introducedFindings({ text: baseline.text, findings: found }, { ...now, text: source.text });
  if (introduced.length === 0) return undefined;
  options.onFacts({ rules: [...new Set(introduced.map(({ ruleId }) => ruleId))] });
  const outcome = options.write ? await rewrite(source, introduced, run, options) : { rewritten: [] };
  return { path, introduced, baseline: baseline.from, ...outcome, ...(fellBack !== undefined && { fellBack }) };
}

type Run = (request: Partial<OptimizeRequest>) => Promise<OptimizeResult>;

/** Only the rules that found something now are of interest. A text that could not be read before had no findings. */
async function findingsBefore(
  text: string,
  now: OptimizeResult,
  rules: readonly Rule[],
  run: Run,
): Promise<readonly PlacedFinding[]> {
  const ids = new Set(now.findings.map(({ ruleId }) => ruleId));
  const asked = rules.filter(({ meta }) => ids.has(meta.id));
  return text === '' || !mayMatch(text, asked) ? [] : (await run({ text, findOnly: true })).findings;
}

/** The agent asked for its own edit only: what was slow before stays. */
async function rewrite(
  source: SourceFile,
  introduced: readonly PlacedFinding[],
  run: Run,
  { signal, onFacts }: Pick<InspectOptions, 'signal' | 'onFacts'>,
): Promise<Pick<EditReport, 'rewritten' | 'reason'>> {
  const only = introduced.filter(({ status }) => status === 'applied').map(findingKey);
  if (only.length === 0) return { rewritten: [] };
  try {
    const result = await run({ only });
    if (result.status === 'refused') {
      const reason = result.reason && reasonOfRefusal(result.reason);
      onFacts({ status: 'refused', code: reason?.code ?? 'E_INTERNAL' });
      return { rewritten: [], ...(reason && { reason }) };
    }
    const after = applyEdits(source.text, result.edits);
    await writeAtomic(source, after, { signal });
    onFacts({ status: 'written', ...contentFacts({ after, bom: source.bom }) });
    const applied = new Set(result.findings.filter(({ status }) => status === 'applied').map(findingKey));
    return { rewritten: introduced.filter((finding) => applied.has(findingKey(finding))) };
  } catch (error) {
    const reason = reasonOfError(error);
    onFacts({ status: statusOfReason(reason), code: reason.code });
    return { rewritten: [], reason };
  }
}
