import { RegExpParser } from '@eslint-community/regexpp';
import type { RegexVerdict } from '../../engine/analysis/regex-port.ts';
import { compileSteps, type StepProgram } from './compile-steps.ts';
import { countSteps } from './count-steps.ts';
import type { Attack } from './Recheck.ts';
import { UnreadablePattern } from './RunGraph.ts';
import { TooManySteps } from './RunPairs.ts';
import type { StepMeter } from './step-meter.ts';

/** Steps of one search; some 50 ms at most. */
const maximumSteps = 600_000;
/** So many show the growth clearly enough. */
const plentySteps = 80_000;
/** Fewer say nothing about growth: what is fixed weighs too much. */
const enoughSteps = 20_000;
/** Twice the length takes twice the steps where the growth is linear, four times where it is a square. */
const superLinear = 2.8;
/** Steps of a search whose exponential growth is to be seen. */
const exponentialSteps = 400_000;
/** Rounds within which that must happen. */
const exponentialRounds = 64;
/** Twice the rounds: more than any polynomial of a degree up to five gives. */
const exponentialRatio = 40;
/** The ratio comes to that of the degree from below, as the terms of lower degrees lose weight; only what is fixed lifts it a little. */
const tolerance = 0.15;
/** Longer attacks are no use to anybody. */
const mostRounds = 4096;

type Growth = Pick<Extract<RegexVerdict, { readonly kind: 'super-linear' }>, 'growth' | 'counted'>;

/**
 * Runs an attack through a matcher that counts its steps, at growing lengths, and gives how they grow; `undefined` when they grow as the
 * length does, or the pattern cannot be read: the attack is then not believed. The same on every machine. The engine itself must say
 * of the attack what the counting matcher says.
 */
export function stepGrowth(
  source: string,
  flags: string,
  attack: Attack,
  meter: StepMeter = { spent: 0 },
): Growth | undefined {
  try {
    const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
    const program = compileSteps(pattern, flags);
    if (!agrees(program, new RegExp(source, flags.replace(/[dg]/g, '')), attack)) return undefined;
    const run = { program, attack, meter };
    return exponential(run) ?? polynomial(run);
  } catch (error) {
    if (error instanceof UnreadablePattern) return undefined;
    throw error;
  }
}

/** On a text that is too short to be slow. */
function agrees(program: StepProgram, regex: RegExp, attack: Attack): boolean {
  const text = textOf(attack, 2);
  return search(program, text, maximumSteps, { spent: 0 })?.isFound === regex.test(text);
}

interface Run {
  readonly program: StepProgram;
  readonly attack: Attack;
  readonly meter: StepMeter;
}

/** Twice the rounds must multiply the steps by far more than the doubling before did. */
function exponential(run: Run): Growth | undefined {
  const [first, second, third] = thirdsOf(run);
  if (first === undefined || second === undefined || third === undefined) return undefined;
  const [ratio, last] = [second.steps / first.steps, third.steps / second.steps];
  const isExponential = last >= exponentialRatio && last > ratio ** 1.5;
  return isExponential ? { growth: 'exponential', counted: [second, third] } : undefined;
}

/** A quarter, half and all of the most rounds whose steps are within the limit; mostly all of the rounds are. */
function thirdsOf(run: Run): readonly (Counted | undefined)[] {
  const at = (rounds: number): Counted | undefined => (rounds < 1 ? undefined : counted(run, rounds, exponentialSteps));
  let most = 0;
  let known: Counted | undefined;
  // the steps grow with the rounds
  for (let low = 1, high = exponentialRounds; low <= high;) {
    const rounds = high === exponentialRounds ? high : (low + high) >> 1;
    const one = at(rounds);
    if (one === undefined) high = rounds - 1;
    else [most, known, low] = [rounds, one, rounds + 1];
  }
  return [at(Math.floor(most / 4)), at(Math.floor(most / 2)), known];
}

function polynomial(run: Run): Growth | undefined {
  const known: Counted[] = [];
  for (let rounds = 2; rounds <= mostRounds; rounds *= 2) {
    const one = counted(run, rounds, maximumSteps);
    if (one === undefined) break;
    known.push(one);
    if (known.length > 2 && one.steps >= plentySteps) break;
  }
  const [first, second, third] = known.slice(-3);
  if (first === undefined || second === undefined || third === undefined || third.steps < enoughSteps) return undefined;
  const [ratio, last] = [second.steps / first.steps, third.steps / second.steps];
  if (ratio < superLinear || last < superLinear) return undefined;
  return { growth: Math.max(2, Math.ceil(Math.log2(last) - tolerance)), counted: [second, third] };
}

interface Counted {
  readonly length: number;
  readonly steps: number;
}

function counted({ program, attack, meter }: Run, rounds: number, limit: number): Counted | undefined {
  const text = textOf(attack, rounds);
  const found = search(program, text, limit, meter);
  return found && { length: text.length, steps: found.steps };
}

function search(
  program: StepProgram,
  text: string,
  limit: number,
  meter: StepMeter,
): ReturnType<typeof countSteps> | undefined {
  try {
    const found = countSteps(program, text, limit);
    meter.spent += found.steps;
    return found;
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
    meter.spent += limit;
    return undefined;
  }
}

function textOf({ pumps, suffix }: Attack, count: number): string {
  return pumps.map(({ prefix, pump, bias }) => prefix + pump.repeat(Math.max(1, count + bias))).join('') + suffix;
}
