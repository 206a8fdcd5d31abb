import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { isLookedAtOnce, repeatsWithoutEnd, RunGraph, UnreadablePattern } from './RunGraph.ts';
import { allSymbols } from './symbol-set.ts';

/** Repetitions up to this number are written out first; a pattern that is too large then has loops in their place. */
const unrollings = [64, 1] as const;

/** Steps of a proof; the patterns of five packages take up to 4,000 (measured). */
const maximumSteps = 60_000;

class TooManySteps extends Error {}

/**
 * `true`: matching takes time in proportion to the length of any text. That holds when a text has a bounded number of runs: no word leads
 * from a node to itself, from there to another, and from that to itself (the criterion IDA of A. Weber and H. Seidl, "On the degree of
 * ambiguity of finite automata", 1991, which EDA, exponential growth, implies). Where the pattern can start anywhere, the start counts as a
 * node that every word leads to itself. Nodes from which the match has succeeded need no further runs.
 * `false` says nothing. Counts its own steps, so the answer is the same everywhere.
 */
export function provesLinear(source: string, flags: string): boolean {
  const pattern = parse(source, flags);
  return pattern !== undefined && unrollings.some((limit) => provesWith(pattern, flags, limit));
}

function parse(source: string, flags: string): AST.Pattern | undefined {
  if (flags.includes('v')) return undefined;
  try {
    return new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  } catch {
    return undefined;
  }
}

function provesWith(pattern: AST.Pattern, flags: string, unrollUpTo: number): boolean {
  try {
    const steps = { left: maximumSteps };
    const inner = lookedAtOnce(pattern).map(({ alternatives }) => new RunGraph(alternatives, flags, unrollUpTo));
    const graph = new RunGraph(pattern.alternatives, flags, unrollUpTo);
    return provesGraph(graph, graph.isAnchored, steps) && inner.every((one) => provesGraph(one, true, steps));
  } catch (error) {
    if (error instanceof UnreadablePattern || error instanceof TooManySteps) return false;
    throw error;
  }
}

function lookedAtOnce(pattern: AST.Pattern): AST.LookaroundAssertion[] {
  const found: AST.LookaroundAssertion[] = [];
  visitRegExpAST(pattern, {
    onAssertionEnter(node) {
      if ('alternatives' in node && node.alternatives.some(repeatsWithoutEnd) && isLookedAtOnce(node)) found.push(node);
    },
  });
  return found;
}

type Graph = Pick<RunGraph, 'sets' | 'follow'>;

/** A run that comes to a node that accepts has found a match, or finds one behind it; all others fail, and those are what is counted. */
function provesGraph(graph: RunGraph, isAnchored: boolean, steps: { left: number }): boolean {
  const failing = failingRuns(graph);
  return (
    new Proof(failing, steps).isBounded() &&
    new Proof(fromAnywhere(graph, failing, isAnchored), steps).startsAreBounded()
  );
}

function failingRuns({ sets, follow, accepting }: RunGraph): Graph {
  return {
    sets,
    follow: follow.map((edges, node) => {
      if (accepting.has(node)) return new Map<number, number>();
      return new Map([...edges].filter(([to]) => !accepting.has(to)));
    }),
  };
}

/** The runs that fail from any place of the text: where the pattern can start, and behind each node that accepts, before that is taken. */
function fromAnywhere({ sets, follow, accepting }: RunGraph, failing: Graph, isAnchored: boolean): Graph {
  const start = new Map<number, number>([[0, 1]]);
  follow.forEach((edges, node) => {
    if (node === 0 ? isAnchored : !accepting.has(node)) return;
    for (const to of edges.keys()) if (!accepting.has(to)) start.set(to, 1);
  });
  return { sets: [allSymbols, ...sets.slice(1)], follow: [start, ...failing.follow.slice(1)] };
}

class Proof {
  readonly #graph: Graph;
  readonly #steps: { left: number };
  readonly #count: number;
  /** Nodes that each node leads to, itself only in a circle. */
  readonly #reach: readonly ReadonlySet<number>[];

  constructor(graph: Graph, steps: { left: number }) {
    this.#graph = graph;
    this.#steps = steps;
    this.#count = graph.sets.length;
    this.#reach = graph.follow.map((_, node) => this.#closure([node], (at) => this.#next(at)));
  }

  /** From one start, the number of runs has a bound. */
  isBounded(): boolean {
    return !this.#hasSeveralWaysRound() && !this.#candidates().some(([p, q]) => this.#splits(p, q));
  }

  /** The same for all starts together: none can lead into a circle that another is in. */
  startsAreBounded(): boolean {
    return this.#circular().every((q) => q === 0 || !this.#leads([0, q], [q, q]));
  }

  #hasSeveralWaysRound(): boolean {
    return this.#graph.follow.some((edges, from) =>
      [...edges].some(([to, ways]) => ways > 1 && (to === from || this.#reach[to]?.has(from) === true)),
    );
  }

  #circular(): number[] {
    return this.#reach.flatMap((nodes, node) => (nodes.has(node) ? [node] : []));
  }

  /** Pairs that one word leads back to themselves, the second one reachable from the first. */
  #candidates(): (readonly [number, number])[] {
    const circular = this.#circular();
    const pairs = circular.flatMap((p) => circular.map((q) => [p, q] as const));
    return pairs.filter(([p, q]) => p !== q && this.#reach[p]?.has(q) === true && this.#leads([p, q], [p, q]));
  }

  #splits(p: number, q: number): boolean {
    return this.#leads([p, p, q], [p, q, q]);
  }

  /** One word leads each of the nodes to its goal. */
  #leads(from: readonly number[], to: readonly number[]): boolean {
    const goal = this.#code(to);
    return this.#closure([this.#code(from)], (code) => this.#nextTuples(code, from.length), goal).has(goal);
  }

  #code(nodes: readonly number[]): number {
    return nodes.reduce((code, node) => code * this.#count + node, 0);
  }

  *#nextTuples(code: number, length: number): Iterable<number> {
    const nodes: number[] = [];
    for (let rest = code; nodes.length < length; rest = Math.floor(rest / this.#count))
      nodes.unshift(rest % this.#count);
    yield* this.#lead(nodes, 0, 0, allSymbols);
  }

  *#lead(nodes: readonly number[], index: number, code: number, symbols: bigint): Iterable<number> {
    const node = nodes[index];
    if (node === undefined) {
      yield code;
      return;
    }
    for (const to of this.#next(node)) {
      const shared = symbols & (this.#graph.sets[to] ?? 0n);
      if (shared !== 0n) yield* this.#lead(nodes, index + 1, code * this.#count + to, shared);
    }
  }

  #next(node: number): Iterable<number> {
    return this.#graph.follow[node]?.keys() ?? [];
  }

  /** All that is reached in one step or more. */
  #closure(from: readonly number[], next: (at: number) => Iterable<number>, goal?: number): Set<number> {
    const found = new Set<number>();
    const open = [...from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const to of next(at)) {
        if (this.#steps.left-- <= 0) throw new TooManySteps();
        if (found.has(to)) continue;
        found.add(to);
        if (to === goal) return found;
        open.push(to);
      }
    }
    return found;
  }
}
