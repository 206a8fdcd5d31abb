import { isBoosterError } from '../../shared/errors.ts';
import type { Attack } from './Recheck.ts';
import { runGuarded } from '../guard.ts';

/** A match that takes longer is cut off there; the time is then at least this. */
const limitMs = 250;
/** Shorter times are noise. */
const enoughMs = 4;
/** Longer attacks are no use to anybody. */
const maximumLength = 400_000;
/** Twice the length takes twice the time where the growth is linear; 2.6 leaves room for a busy machine. */
const superLinear = 2.6;

/** A matching time; `ms` is a lower bound when the match was cut off. */
export interface MatchTime {
  readonly length: number;
  readonly ms: number;
}

/**
 * Runs an attack at growing lengths and gives the times that show growth faster than linear, or `undefined` when they do not:
 * the attack is then not believed. Takes less than two seconds, and cannot hang: each match is cut off.
 */
export function measureGrowth(regex: RegExp, attack: Attack, isExponential: boolean): readonly MatchTime[] | undefined {
  // V8 compiles a pattern to machine code when it runs for the second time
  for (let run = 0; run < 3; run += 1) timeOf(regex, textOf(attack, 2));
  return isExponential ? exponential(regex, attack) : polynomial(regex, attack);
}

/** A few repetitions more must multiply the time. */
function exponential(regex: RegExp, attack: Attack): readonly MatchTime[] | undefined {
  for (let count = 4; count <= 64; count += 2) {
    const time = timeOf(regex, textOf(attack, count));
    if (time.ms < enoughMs) continue;
    const times = pair(regex, attack, count - 2, count);
    if (times[1].ms > 1.5 * times[0].ms) return times;
    if (time.ms >= limitMs) return undefined;
  }
  return undefined;
}

/** Twice the length must take clearly more than twice the time. */
function polynomial(regex: RegExp, attack: Attack): readonly MatchTime[] | undefined {
  for (let count = 8; ; count *= 2) {
    const text = textOf(attack, count);
    if (text.length > maximumLength) return undefined;
    const time = timeOf(regex, text);
    if (time.ms < enoughMs) continue;
    const [first, before] = pair(regex, attack, count / 4, count / 2);
    const after = pair(regex, attack, count / 2, count)[1];
    // two steps in a row: noise alone would have to come twice, and grow
    if (before.ms >= enoughMs / 8 && outgrows(first, before) && outgrows(before, after)) return [before, after];
    if (time.ms >= limitMs) return undefined;
  }
}

function outgrows(before: MatchTime, after: MatchTime): boolean {
  return after.ms > (superLinear / 2) * (after.length / before.length) * before.ms;
}

/** The best of three of both lengths in turn: what else the processor does must not look like growth. */
function pair(regex: RegExp, attack: Attack, shorter: number, longer: number): readonly [MatchTime, MatchTime] {
  const texts = [textOf(attack, shorter), textOf(attack, longer)] as const;
  const best = [Infinity, Infinity];
  for (let run = 0; run < 3; run += 1) {
    texts.forEach((text, index) => {
      best[index] = Math.min(best[index] ?? Infinity, timeOf(regex, text).ms);
    });
  }
  const [before = 0, after = 0] = best;
  return [
    { length: texts[0].length, ms: Math.max(before, 0.01) },
    { length: texts[1].length, ms: after },
  ];
}

function textOf({ pumps, suffix }: Attack, count: number): string {
  return pumps.map(({ prefix, pump, bias }) => prefix + pump.repeat(Math.max(1, count + bias))).join('') + suffix;
}

function timeOf(regex: RegExp, text: string): MatchTime {
  return { length: text.length, ms: oneTime(regex, text) };
}

/** A match that is cut off counts as the limit. */
function oneTime(regex: RegExp, text: string): number {
  const started = performance.now();
  try {
    runGuarded(() => regex.test(text), { timeoutMs: limitMs, interruptOnSigint: false });
  } catch (error) {
    if (!isBoosterError(error) || error.code !== 'E_TASK_TIMEOUT') throw error;
    return Math.max(limitMs, performance.now() - started);
  }
  return performance.now() - started;
}
