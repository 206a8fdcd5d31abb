import type { AST } from '@eslint-community/regexpp';
import { type SymbolSet, symbolSet } from './symbol-set.ts';

/** A pattern that this reading of it says nothing about: back references, lookarounds that repeat without an end, too large. */
export class UnreadablePattern extends Error {
  override readonly name = 'UnreadablePattern';
}

/** Beyond this, a pattern is left to the checker. */
const maximumPositions = 400;

/** How often something can be matched in several ways counts no further. */
const manyWays = 2;

/** Positions by the number of ways (1, or 2 for several) that lead there without a character. */
type Ways = ReadonlyMap<number, number>;

/** A part of a pattern by its ends. */
interface Part {
  readonly first: Ways;
  readonly last: Ways;
  /** Ways to match nothing. */
  readonly empty: number;
}

const nothing: Part = { first: new Map(), last: new Map(), empty: 1 };

/**
 * The runs of a backtracking matcher as a graph (V. M. Glushkov's automaton): a node for each place of the pattern that takes a character,
 * 0 for the start, an edge where one place can follow the other, with the number of ways. Every run that V8 can try on a text is a path of
 * it; assertions are taken to hold, so it has more.
 */
export class RunGraph {
  /** What each node takes; nothing for the start. */
  readonly sets: SymbolSet[] = [0n];
  readonly follow: Map<number, number>[] = [new Map<number, number>()];
  /** Nodes from which the pattern is matched without another character and without a condition. */
  readonly accepting: ReadonlySet<number>;
  /** Where a run can start: with flag y, or `^` in all alternatives at one place, or with flag m at the start of each line. */
  readonly starts: 'once' | 'lines' | 'anywhere';
  readonly #flags: string;
  readonly #unrollUpTo: number;

  /**
   * @param unrollUpTo repetitions up to this number are written out; others become loops without an end, which have more runs
   * @throws UnreadablePattern
   */
  constructor(alternatives: readonly AST.Alternative[], flags: string, unrollUpTo: number) {
    this.#flags = flags;
    this.#unrollUpTo = unrollUpTo;
    const whole = this.#either(alternatives);
    for (const [node, ways] of whole.first) this.#connect(0, node, ways);
    this.accepting = new Set(alternatives.some(endsInAssertion) ? [] : whole.last.keys());
    const isBound = alternatives.every((one) => startsAtStart(one));
    this.starts = flags.includes('y') ? 'once' : !isBound ? 'anywhere' : flags.includes('m') ? 'lines' : 'once';
  }

  #either(alternatives: readonly AST.Alternative[]): Part {
    const parts = alternatives.map(({ elements }) => this.#sequence(elements));
    return {
      first: sum(parts.map(({ first }) => [first, 1])),
      last: sum(parts.map(({ last }) => [last, 1])),
      empty: atMost(parts.reduce((ways, { empty }) => ways + empty, 0)),
    };
  }

  #sequence(elements: readonly AST.Element[]): Part {
    return elements.reduce<Part>((before, element) => this.#join(before, this.#element(element)), nothing);
  }

  #join(a: Part, b: Part): Part {
    this.#connectAll(a.last, b.first);
    return {
      first: sum([
        [a.first, 1],
        [b.first, a.empty],
      ]),
      last: sum([
        [b.last, 1],
        [a.last, b.empty],
      ]),
      empty: atMost(a.empty * b.empty),
    };
  }

  #element(element: AST.Element): Part {
    switch (element.type) {
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet':
        return this.#place(symbolSet(element, this.#flags));
      case 'Group':
        if (element.modifiers !== null) throw new UnreadablePattern('it has modifiers');
        return this.#either(element.alternatives);
      case 'CapturingGroup':
        return this.#either(element.alternatives);
      case 'Quantifier':
        return this.#repeated(element);
      case 'Assertion':
        if (
          'alternatives' in element &&
          element.alternatives.some(repeatsWithoutEnd) &&
          (this.#flags.includes('m') || !isLookedAtOnce(element))
        )
          throw new UnreadablePattern('a lookaround repeats without an end');
        return nothing;
      default:
        throw new UnreadablePattern(`it has a ${element.type}`);
    }
  }

  #place(set: SymbolSet): Part {
    const node = this.sets.length;
    if (node > maximumPositions) throw new UnreadablePattern('it is too large');
    this.sets.push(set);
    this.follow.push(new Map());
    return { first: new Map([[node, 1]]), last: new Map([[node, 1]]), empty: 0 };
  }

  #repeated({ element, min, max }: AST.Quantifier): Part {
    if (max === 0) return nothing;
    const isWrittenOut = max <= this.#unrollUpTo || max <= 1;
    // the rounds that must be may be empty; one more that is empty is given up at once
    const written = isWrittenOut || min <= this.#unrollUpTo ? min : 1;
    let result = nothing;
    for (let round = 0; round < written; round += 1) result = this.#join(result, this.#element(element));
    if (!isWrittenOut) {
      if (written < min && result.empty > 0) throw new UnreadablePattern('what it repeats can be empty');
      return this.#join(result, this.#loop(element));
    }
    let rest = nothing;
    for (let round = min; round < max; round += 1) {
      const once = this.#element(element);
      rest = { ...this.#join({ ...once, empty: 0 }, rest), empty: 1 };
    }
    return this.#join(result, rest);
  }

  #loop(element: AST.QuantifiableElement): Part {
    const { first, last } = this.#element(element);
    this.#connectAll(last, first);
    return { first, last, empty: 1 };
  }

  #connectAll(last: Ways, first: Ways): void {
    for (const [from, out] of last) for (const [to, into] of first) this.#connect(from, to, out * into);
  }

  #connect(from: number, to: number, ways: number): void {
    const edges = this.follow[from];
    edges?.set(to, atMost((edges.get(to) ?? 0) + ways));
  }
}

function sum(parts: readonly (readonly [Ways, number])[]): Ways {
  const result = new Map<number, number>();
  for (const [ways, factor] of parts) {
    if (factor === 0) continue;
    for (const [node, count] of ways) result.set(node, atMost((result.get(node) ?? 0) + count * factor));
  }
  return result;
}

function atMost(ways: number): number {
  return Math.min(manyWays, ways);
}

export function repeatsWithoutEnd({ elements }: AST.Alternative): boolean {
  return elements.some((element) => {
    if (element.type === 'Quantifier' && element.max === Infinity) return true;
    const inner = element.type === 'Quantifier' ? element.element : element;
    return 'alternatives' in inner && inner.alternatives.some(repeatsWithoutEnd);
  });
}

/** A lookahead right after the `^` of the pattern; its inside is a pattern of its own. */
export function isLookedAtOnce(assertion: AST.LookaroundAssertion): boolean {
  const { parent } = assertion;
  if (assertion.kind !== 'lookahead' || parent.type !== 'Alternative' || parent.parent.type !== 'Pattern') return false;
  const before = parent.elements.slice(0, parent.elements.indexOf(assertion));
  return before.some(isStart) && before.every(({ type }) => type === 'Assertion');
}

function isStart(element: AST.Element): boolean {
  return element.type === 'Assertion' && element.kind === 'start';
}

function startsAtStart({ elements }: AST.Alternative): boolean {
  for (const element of elements) {
    if (isStart(element)) return true;
    if (element.type === 'Assertion') continue;
    if (element.type !== 'Group' && element.type !== 'CapturingGroup') return false;
    return element.alternatives.every(startsAtStart);
  }
  return false;
}

/** A condition anywhere but at the start may be one that stands between the last character and the match. */
function endsInAssertion({ elements }: AST.Alternative): boolean {
  return elements.some((element, index) => {
    const inner = element.type === 'Quantifier' ? element.element : element;
    if (inner.type === 'Assertion') return index > 0 || inner !== element;
    return 'alternatives' in inner && inner.alternatives.some(endsInAssertion);
  });
}
