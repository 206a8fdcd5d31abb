import type { RegexVerdict } from '../../engine/analysis/regex-port.ts';
import { measureGrowth } from './measure-growth.ts';
import { provesLinear } from './prove-linear.ts';
import { Recheck } from './Recheck.ts';
import { reduceRepeats } from './reduce-repeats.ts';

/** The verdict on a pattern, and what it took of the steps of the checker. */
export type DecidePattern = (
  source: string,
  flags: string,
  maximumSteps: number,
) => { readonly verdict: RegexVerdict; readonly steps: number };

const linear: RegexVerdict = { kind: 'linear' };
const unknown: RegexVerdict = { kind: 'unknown' };

/** Opens a judge of patterns; the checker itself is loaded by the first one that cannot be proven. */
export function decidePattern(): DecidePattern {
  let recheck: Recheck | undefined;
  return (source, flags, maximumSteps) => {
    // its alphabet knows no sets of strings
    if (flags.includes('v') || !isPattern(source, flags)) return { verdict: unknown, steps: 0 };
    if (provesLinear(source, flags)) return { verdict: linear, steps: 0 };
    recheck ??= new Recheck();
    return ask(recheck, source, flags, maximumSteps);
  };
}

function ask(recheck: Recheck, source: string, flags: string, maximumSteps: number): ReturnType<DecidePattern> {
  const reduced = reduceRepeats(source, flags);
  // the position flags change nothing in the growth
  const { found, steps } = recheck.check(reduced, flags.replace(/[dg]/g, ''), maximumSteps);
  const { status, complexity, attack, hotspot } = found;
  if (status === 'safe') return { verdict: linear, steps };
  if (status !== 'vulnerable' || attack === undefined || complexity === undefined) return { verdict: unknown, steps };
  const isExponential = complexity.type === 'exponential';
  const measured = measureGrowth(new RegExp(source, flags.replace(/[gy]/g, '')), attack, isExponential);
  if (measured === undefined) return { verdict: unknown, steps };
  // places in a reduced pattern are not those of the pattern
  const [spot] = reduced === source ? (hotspot ?? []) : [];
  const verdict: RegexVerdict = {
    kind: 'super-linear',
    growth: isExponential ? 'exponential' : (complexity.degree ?? 2),
    attack: attack.pattern,
    hotspot: { start: spot?.start ?? 0, end: spot?.end ?? source.length },
    measured,
  };
  return { verdict, steps };
}

/** The text of a `RegExp` call may be none. */
function isPattern(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
