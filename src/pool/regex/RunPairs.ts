import type { Graph } from './failing-runs.ts';
import { allSymbols, type SymbolSet } from './symbol-set.ts';

export class TooManySteps extends Error {
  override readonly name = 'TooManySteps';
}

/** A node of which a word leads back to itself and to another, which it also leads back to itself; equal nodes: in two ways to itself. */
export interface Split {
  readonly from: number;
  readonly to: number;
  /** What each character of the word can be. */
  readonly word: readonly SymbolSet[];
}

/** Several runs of a graph on the same word. Counts its steps down, so that what it finds is the same everywhere. */
export class RunPairs {
  readonly #graph: Graph;
  readonly #steps: { left: number };
  readonly #count: number;
  /** Nodes that each node leads to, itself only in a circle. */
  readonly #reach: readonly ReadonlyMap<number, number>[];

  /** @throws TooManySteps, as all of its methods do */
  constructor(graph: Graph, steps: { left: number }) {
    this.#graph = graph;
    this.#steps = steps;
    this.#count = graph.sets.length;
    this.#reach = graph.follow.map((_, node) => this.#search(node, (at) => this.#next(at)));
  }

  /** Splits one after the other; none: the number of runs has a bound. */
  *splits(): Iterable<Split> {
    yield* this.#waysRound();
    for (const [from, to] of this.#candidates()) {
      const word = this.path([from, from, to], [from, to, to]);
      if (word !== undefined) yield { from, to, word };
    }
  }

  /** Splits of the start, which every word leads to itself. */
  *splitsOfStart(): Iterable<Split> {
    for (const to of this.#circular()) {
      const word = to === 0 ? undefined : this.path([0, to], [to, to]);
      if (word !== undefined) yield { from: 0, to, word };
    }
  }

  leads(from: number, to: number): boolean {
    return this.#reach[from]?.has(to) === true;
  }

  /** A shortest word of at least one character that leads each of the nodes to its goal. */
  path(from: readonly number[], to: readonly number[]): SymbolSet[] | undefined {
    const [start, goal] = [this.#code(from), this.#code(to)];
    const before = this.#search(start, (code) => this.#nextTuples(code, from.length), goal);
    if (!before.has(goal)) return undefined;
    const word: SymbolSet[] = [];
    let at = goal;
    do {
      word.unshift(this.#nodes(at, from.length).reduce((set, node) => set & this.#set(node), allSymbols));
      at = before.get(at) ?? start;
    } while (at !== start);
    return word;
  }

  #set(node: number): SymbolSet {
    return this.#graph.sets[node] ?? 0n;
  }

  *#waysRound(): Iterable<Split> {
    for (const [from, edges] of this.#graph.follow.entries()) {
      for (const [to, ways] of edges) {
        if (ways < 2 || (to !== from && !this.leads(to, from))) continue;
        const back = to === from ? [] : (this.path([to], [from]) ?? []);
        yield { from, to: from, word: [this.#set(to), ...back] };
      }
    }
  }

  #circular(): number[] {
    return this.#reach.flatMap((nodes, node) => (nodes.has(node) ? [node] : []));
  }

  /** Pairs that one word leads back to themselves, the second one reachable from the first. */
  *#candidates(): Iterable<readonly [number, number]> {
    const circular = this.#circular();
    for (const from of circular) {
      for (const to of circular) {
        if (from !== to && this.leads(from, to) && this.path([from, to], [from, to]) !== undefined) yield [from, to];
      }
    }
  }

  #code(nodes: readonly number[]): number {
    return nodes.reduce((code, node) => code * this.#count + node, 0);
  }

  #nodes(code: number, length: number): number[] {
    const nodes: number[] = [];
    for (let rest = code; nodes.length < length; rest = Math.floor(rest / this.#count))
      nodes.unshift(rest % this.#count);
    return nodes;
  }

  #nextTuples(code: number, length: number): Iterable<number> {
    return this.#lead(this.#nodes(code, length), 0, 0, allSymbols);
  }

  *#lead(nodes: readonly number[], index: number, code: number, symbols: SymbolSet): Iterable<number> {
    const node = nodes[index];
    if (node === undefined) {
      yield code;
      return;
    }
    for (const to of this.#next(node)) {
      const shared = symbols & this.#set(to);
      if (shared !== 0n) yield* this.#lead(nodes, index + 1, code * this.#count + to, shared);
    }
  }

  #next(node: number): Iterable<number> {
    return this.#graph.follow[node]?.keys() ?? [];
  }

  /** All that is reached in one step or more, each with what it was first reached from, the nearest first. */
  #search(start: number, next: (at: number) => Iterable<number>, goal?: number): Map<number, number> {
    const before = new Map<number, number>();
    const open = [start];
    for (const at of open) {
      for (const to of next(at)) {
        if (this.#steps.left-- <= 0) throw new TooManySteps();
        if (before.has(to)) continue;
        before.set(to, at);
        if (to === goal) return before;
        if (to !== start) open.push(to);
      }
    }
    return before;
  }
}
