import { isBoosterError } from '../shared/errors.ts';
import type { Attack } from '../wasm/load-recheck.ts';
import { runGuarded } from './guard.ts';

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
  const times: MatchTime[] = [];
  for (let count = 4; count <= 64; count += 2) {
    const time = timeOf(regex, textOf(attack, count));
    const before = times.at(-1);
    times.push(time);
    if (time.ms < enoughMs) continue;
    // the one before must have been far shorter for so short a text
    if (before !== undefined && time.ms / Math.max(before.ms, 0.01) > 1.5) return times.slice(-2);
    if (time.ms >= limitMs) return undefined;
  }
  return undefined;
}

/** Twice the length must take clearly more than twice the time. */
function polynomial(regex: RegExp, attack: Attack): readonly MatchTime[] | undefined {
  let before: MatchTime | undefined;
  for (let count = 64; ; count *= 2) {
    const text = textOf(attack, count);
    if (text.length > maximumLength) return undefined;
    const time = timeOf(regex, text);
    if (before !== undefined && time.ms >= enoughMs) {
      const growth = time.ms / Math.max(before.ms, 0.01);
      const lengths = time.length / before.length;
      if (before.ms >= enoughMs / 8 && growth > (superLinear / 2) * lengths) return [before, time];
      if (time.ms >= limitMs) return undefined;
    }
    before = time;
  }
}

function textOf({ pumps, suffix }: Attack, count: number): string {
  return pumps.map(({ prefix, pump, bias }) => prefix + pump.repeat(Math.max(1, count + bias))).join('') + suffix;
}

/** The best of two: another program may have had the processor. A match that is cut off counts as the limit. */
function timeOf(regex: RegExp, text: string): MatchTime {
  const first = oneTime(regex, text);
  const ms = first < enoughMs || first >= limitMs ? first : Math.min(first, oneTime(regex, text));
  return { length: text.length, ms };
}

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
