import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { isLookedAtOnce, repeatsWithoutEnd, RunGraph, UnreadablePattern } from './RunGraph.ts';
import { failingRuns, fromAnywhere } from './failing-runs.ts';
import { graphStep, type StepMeter } from './step-meter.ts';
import { RunPairs, type Split, TooManySteps } from './RunPairs.ts';

/** Repetitions up to this number are written out first; a pattern that is too large then has loops in their place. */
const unrollings = [64, 1] as const;

/** Steps of a proof; the patterns of five packages take up to 4,000 (measured). */
const maximumSteps = 60_000;

/**
 * `true`: matching takes time in proportion to the length of any text. That holds when a text has a bounded number of runs: no word leads
 * from a node to itself, from there to another, and from that to itself (the criterion IDA of A. Weber and H. Seidl, "On the degree of
 * ambiguity of finite automata", 1991, which EDA, exponential growth, implies). Where the pattern can start anywhere, the start counts as a
 * node that every word leads to itself. Nodes from which the match has succeeded need no further runs.
 * `false` says nothing. Counts its own steps, so the answer is the same everywhere.
 */
export function provesLinear(source: string, flags: string, meter: StepMeter = { spent: 0 }): boolean {
  const pattern = parse(source, flags);
  return pattern !== undefined && unrollings.some((limit) => provesWith(pattern, flags, limit, meter));
}

function parse(source: string, flags: string): AST.Pattern | undefined {
  if (flags.includes('v')) return undefined;
  try {
    return new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  } catch {
    return undefined;
  }
}

function provesWith(pattern: AST.Pattern, flags: string, unrollUpTo: number, meter: StepMeter): boolean {
  const steps = { left: maximumSteps };
  try {
    const inner = lookedAtOnce(pattern).map(({ alternatives }) => new RunGraph(alternatives, flags, unrollUpTo));
    const graph = new RunGraph(pattern.alternatives, flags, unrollUpTo);
    return provesGraph(graph, graph.starts, steps) && inner.every((one) => provesGraph(one, 'once', steps));
  } catch (error) {
    if (error instanceof UnreadablePattern || error instanceof TooManySteps) return false;
    throw error;
  } finally {
    meter.spent += (maximumSteps - steps.left) * graphStep;
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

/** A run that comes to a node that accepts has found a match, or finds one behind it; all others fail, and those are what is counted. */
function provesGraph(graph: RunGraph, starts: RunGraph['starts'], steps: { left: number }): boolean {
  const failing = failingRuns(graph);
  const anywhere = fromAnywhere(graph, failing, starts);
  return isEmpty(new RunPairs(failing, steps).splits()) && isEmpty(new RunPairs(anywhere, steps).splitsOfStart());
}

function isEmpty(splits: Iterable<Split>): boolean {
  return splits[Symbol.iterator]().next().done === true;
}
