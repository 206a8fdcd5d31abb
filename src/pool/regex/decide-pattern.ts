import type { RegexVerdict } from '../../engine/analysis/regex-port.ts';
import { findAttack } from './find-attack.ts';
import { provesLinear } from './prove-linear.ts';
import { type Attack, Recheck } from './Recheck.ts';
import { reduceRepeats } from './reduce-repeats.ts';
import { stepGrowth } from './step-growth.ts';
import type { StepMeter } from './step-meter.ts';

/** The verdict on a pattern, and what it took of the steps of the checker and of booster's own (see {@link StepMeter}). */
export type DecidePattern = (
  source: string,
  flags: string,
  maximumSteps: number,
) => { readonly verdict: RegexVerdict; readonly steps: number; readonly ownSteps: number };

const linear: RegexVerdict = { kind: 'linear' };
const unknown: RegexVerdict = { kind: 'unknown' };

/** Opens a judge of patterns; the checker itself is loaded by the first one that is neither proven nor attacked. */
export function decidePattern(): DecidePattern {
  let recheck: Recheck | undefined;
  return (source, flags, maximumSteps) => {
    // its alphabet knows no sets of strings
    if (flags.includes('v') || !isPattern(source, flags)) return { verdict: unknown, steps: 0, ownSteps: 0 };
    const meter = { spent: 0 };
    const verdict = judge(source, flags, meter);
    if (verdict !== undefined) return { verdict, steps: 0, ownSteps: meter.spent };
    recheck ??= new Recheck();
    const asked = ask(recheck, { source, flags, meter }, maximumSteps);
    return { ...asked, ownSteps: meter.spent };
  };
}

/** `undefined` when it is neither proven nor attacked. */
function judge(source: string, flags: string, meter: StepMeter): RegexVerdict | undefined {
  if (provesLinear(source, flags, meter)) return linear;
  const own = findAttack(source, flags, meter);
  if (own === undefined) return undefined;
  const verdict = confirm(source, flags, own, meter);
  return verdict ?? (own.withSigns && confirm(source, flags, own.withSigns, meter));
}

/** `undefined` when the work does not grow faster than the text. */
function confirm(source: string, flags: string, attack: Attack, meter: StepMeter): RegexVerdict | undefined {
  const grown = stepGrowth(source, flags, attack, meter);
  return grown && { kind: 'super-linear', ...grown, attack: attack.pattern, hotspot: { start: 0, end: source.length } };
}

interface Asked {
  readonly source: string;
  readonly flags: string;
  readonly meter: StepMeter;
}

function ask(
  recheck: Recheck,
  { source, flags, meter }: Asked,
  maximumSteps: number,
): Omit<ReturnType<DecidePattern>, 'ownSteps'> {
  const reduced = reduceRepeats(source, flags);
  // the position flags change nothing in the growth
  const { found, steps } = recheck.check(reduced, flags.replace(/[dg]/g, ''), maximumSteps);
  const { status, attack, hotspot } = found;
  if (status === 'safe') return { verdict: linear, steps };
  if (status !== 'vulnerable' || attack === undefined) return { verdict: unknown, steps };
  const grown = stepGrowth(source, flags, attack, meter);
  if (grown === undefined) return { verdict: unknown, steps };
  // places in a reduced pattern are not those of the pattern
  const [spot] = reduced === source ? (hotspot ?? []) : [];
  const verdict: RegexVerdict = {
    kind: 'super-linear',
    ...grown,
    attack: attack.pattern,
    hotspot: { start: spot?.start ?? 0, end: spot?.end ?? source.length },
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
