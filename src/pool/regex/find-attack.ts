import { RegExpParser } from '@eslint-community/regexpp';
import { failingRuns, fromAnywhere } from './failing-runs.ts';
import type { Attack } from './Recheck.ts';
import { RunGraph, UnreadablePattern } from './RunGraph.ts';
import { RunPairs, type Split, TooManySteps } from './RunPairs.ts';
import { graphStep, type StepMeter } from './step-meter.ts';
import type { SymbolSet } from './symbol-set.ts';

/** Repetitions above are loops: what is found is tried on the pattern itself. */
const unrollUpTo = 2;
const maximumSteps = 200_000;
/** Further splits of a pattern hardly ever raise the degree. */
const mostSplits = 40;

/** Texts that end a match badly, the least conspicuous first. */
const suffixes = ['', '\0', '\n', '!', '\n\n', '\u2603', 'a\0'];
/** Rounds in the text that tells whether a suffix does. */
const tryRounds = 4;

export interface FoundAttack extends Attack {
  readonly growth: 'exponential' | number;
  /** The same with signs in place of letters where both do: a `\\b` tells them apart. */
  readonly withSigns?: Attack;
}

/**
 * A text with parts to repeat for which a pattern has more and more runs (see `provesLinear`): for each split of a chain of splits, the way
 * to it and its word. The degree is the length of the chain and one more, for the length itself. `undefined` when there is none, or not
 * within a number of steps. The pattern must be known to compile.
 */
export function findAttack(source: string, flags: string, meter: StepMeter = { spent: 0 }): FoundAttack | undefined {
  const steps = { left: maximumSteps };
  try {
    const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
    const graph = new RunGraph(pattern.alternatives, flags, unrollUpTo);
    return new AttackSearch(graph, steps).find(new RegExp(source, flags.replace(/[gy]/g, '')));
  } catch (error) {
    if (error instanceof UnreadablePattern || error instanceof TooManySteps) return undefined;
    throw error;
  } finally {
    meter.spent += (maximumSteps - steps.left) * graphStep;
  }
}

class AttackSearch {
  readonly #runs: RunPairs;
  readonly #anywhere: RunPairs;

  constructor(graph: RunGraph, steps: { left: number }) {
    const failing = failingRuns(graph);
    this.#runs = new RunPairs(failing, steps);
    this.#anywhere = new RunPairs(fromAnywhere(graph, failing, graph.starts), steps);
  }

  find(regex: RegExp): FoundAttack | undefined {
    const splits = this.#splits();
    const exponential = splits.find(({ from, to }) => from === to || this.#runs.leads(to, from));
    const chain = exponential === undefined ? longestChain(splits, (a, b) => this.#follows(a, b)) : [exponential];
    const rounds = exponential === undefined ? 5000 : 40;
    const [first, second] = [lettersFirst, signsFirst].map((order) => this.#attack(chain, regex, { order, rounds }));
    const attack = first ?? second;
    if (attack === undefined) return undefined;
    return {
      ...attack,
      growth: exponential === undefined ? chain.length + 1 : 'exponential',
      ...(second === undefined || second.pattern === attack.pattern ? {} : { withSigns: second }),
    };
  }

  /** `undefined` when nothing behind it ends the match badly. */
  #attack(
    chain: readonly Split[],
    regex: RegExp,
    { order, rounds }: { readonly order: readonly number[]; readonly rounds: number },
  ): Attack | undefined {
    const pumps = this.#pumps(chain, order);
    const suffix = pumps && suffixes.find((one) => !regex.test(textOf(pumps, tryRounds) + one));
    if (pumps === undefined || suffix === undefined) return undefined;
    return { pattern: describe(pumps, suffix, rounds), base: tryRounds, suffix, pumps };
  }

  #splits(): Split[] {
    const found: Split[] = [];
    try {
      for (const splits of [this.#anywhere.splitsOfStart(), this.#runs.splits()]) {
        let count = 0;
        for (const split of splits) {
          found.push(split);
          if ((count += 1) >= mostSplits) break;
        }
      }
    } catch (error) {
      // what was found until then will do
      if (!(error instanceof TooManySteps)) throw error;
    }
    return found;
  }

  #follows(a: Split, b: Split): boolean {
    return a.to !== b.to && (a.to === b.from || this.#runs.leads(a.to, b.from));
  }

  /** `undefined` when the first split is only reached behind a match. */
  #pumps(chain: readonly Split[], order: readonly number[]): Attack['pumps'] | undefined {
    const pumps: { prefix: string; pump: string; bias: number }[] = [];
    let at = 0;
    for (const { from, to, word } of chain) {
      const way = at === from ? [] : this.#runs.path([at], [from]);
      if (way === undefined) return undefined;
      pumps.push({ prefix: wordOf(way, order), pump: wordOf(word, order), bias: 0 });
      at = to;
    }
    return pumps.length === 0 ? undefined : pumps;
  }
}

/** Splits each of which leads on to the next. */
function longestChain(splits: readonly Split[], follows: (a: Split, b: Split) => boolean): readonly Split[] {
  const known = new Map<Split, readonly Split[]>();
  const chainFrom = (split: Split): readonly Split[] => {
    const found = known.get(split);
    if (found !== undefined) return found;
    known.set(split, [split]);
    let longest: readonly Split[] = [];
    for (const next of splits) {
      if (next === split || !follows(split, next)) continue;
      const chain = chainFrom(next);
      if (chain.length > longest.length) longest = chain;
    }
    const whole = [split, ...longest];
    known.set(split, whole);
    return whole;
  };
  let longest: readonly Split[] = [];
  for (const split of splits) {
    const chain = chainFrom(split);
    if (chain.length > longest.length) longest = chain;
  }
  return longest;
}

const ascii = Array.from({ length: 128 }, (_, code) => code);
const letters = ascii.filter((code) => /[a-z]/.test(String.fromCharCode(code)));
const others = ascii.filter((code) => /[A-Z0-9 ]/.test(String.fromCharCode(code)));
const signs = ascii.filter((code) => /[!-/:-@]/.test(String.fromCharCode(code)));
const rest = ascii.map((code) => (code + 33) % 128);
/** Letters and digits before signs, signs before what cannot be seen. */
const lettersFirst = [...letters, ...others, ...rest];
const signsFirst = [...signs, ...lettersFirst];

function wordOf(word: readonly SymbolSet[], order: readonly number[]): string {
  return word.map((set) => characterOf(set, order)).join('');
}

function characterOf(set: SymbolSet, order: readonly number[]): string {
  const code = order.find((one) => (set & (1n << BigInt(one))) !== 0n);
  if (code !== undefined) return String.fromCharCode(code);
  return (set & (1n << 128n)) === 0n ? '\u00a0' : '\u2603';
}

function textOf(pumps: Attack['pumps'], rounds: number): string {
  return pumps.map(({ prefix, pump }) => prefix + pump.repeat(rounds)).join('');
}

/** As an expression of JavaScript. */
function describe(pumps: Attack['pumps'], suffix: string, rounds: number): string {
  const parts = pumps.flatMap(({ prefix, pump }) => [
    ...(prefix === '' ? [] : [quote(prefix)]),
    `${quote(pump)}.repeat(${String(rounds)})`,
  ]);
  return [...parts, ...(suffix === '' ? [] : [quote(suffix)])].join(' + ');
}

function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replaceAll('\\u0000', '\\x00')}'`;
}
