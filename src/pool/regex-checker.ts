import type { RegexPort, RegexVerdict } from '../engine/analysis/regex-port.ts';
import { loadRecheck } from '../wasm/load-recheck.ts';
import type { Recheck } from '../wasm/load-recheck.ts';
import { measureGrowth } from './regex-growth.ts';

/** A regular expression takes 10 to 200 ms of a quiet machine (measured); one that takes far longer is left undecided. */
const checkMs = 4000;

/** What is left of a file is undecided then: a task has 30 s by default. */
const fileBudgetMs = 12_000;

/** Decides by an automaton, and believes an attack only when matching really takes longer and longer. */
export class RegexChecker implements RegexPort {
  readonly #verdicts = new Map<string, RegexVerdict>();
  #recheck: Recheck | undefined;
  #spentMs = 0;
  /** A pattern was asked for that only the checker can decide. */
  #isWanted = false;

  get isWanted(): boolean {
    return this.#isWanted && this.#recheck === undefined;
  }

  /** To be called before each file, which has a time of its own. */
  startFile(): void {
    this.#spentMs = 0;
  }

  /** @throws BoosterError `E_WASM_LOAD` when the file is missing */
  load(): void {
    this.#recheck ??= loadRecheck();
  }

  verdict(source: string, flags: string): RegexVerdict | undefined {
    if (isPlainlyLinear(source, flags)) return { kind: 'linear' };
    const key = `${flags}/${source}`;
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    if (this.#recheck === undefined) {
      this.#isWanted = true;
      return undefined;
    }
    if (this.#spentMs > fileBudgetMs) return { kind: 'unknown' };
    const started = performance.now();
    const verdict = decide(this.#recheck, source, flags);
    this.#spentMs += performance.now() - started;
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}

function decide(recheck: Recheck, source: string, flags: string): RegexVerdict {
  // its alphabet knows no sets of strings; the position flags change nothing in the growth
  if (flags.includes('v')) return { kind: 'unknown' };
  const { status, complexity, attack, hotspot } = recheck.checkSync(source, flags.replace(/[dg]/g, ''), {
    timeout: checkMs,
    checker: 'automaton',
  });
  if (status === 'safe') return { kind: 'linear' };
  if (status !== 'vulnerable' || attack === undefined || complexity === undefined) return { kind: 'unknown' };
  const isExponential = complexity.type === 'exponential';
  const measured = measureGrowth(new RegExp(source, flags.replace(/[gy]/g, '')), attack, isExponential);
  if (measured === undefined) return { kind: 'unknown' };
  const [spot] = hotspot ?? [];
  return {
    kind: 'super-linear',
    growth: isExponential ? 'exponential' : (complexity.degree ?? 2),
    attack: attack.pattern,
    hotspot: { start: spot?.start ?? 0, end: spot?.end ?? source.length },
    measured,
  };
}

/**
 * Patterns that need no checker: without a repetition that has no upper end, the work per place is fixed, and a single one of a
 * single character right after `^` is tried from one place only.
 */
export function isPlainlyLinear(source: string, flags: string): boolean {
  const skeleton = source.replace(/\\(?:[pP]\{[^}]*\}|k<[^>]*>|u\{[^}]*\}|[^])/g, 'x').replace(/\[(?:[^\]])*\]/g, 'x');
  // back references repeat what a group matched
  if (/\\[1-9k]/.test(source)) return false;
  const repetitions = skeleton.match(/[*+]|\{\d+,\}/g) ?? [];
  if (repetitions.length === 0) return true;
  if (repetitions.length > 1 || flags.includes('m') || flags.includes('y')) return false;
  return /^\^[^()|]*$/.test(skeleton);
}
