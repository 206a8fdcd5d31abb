import type { RunGraph } from './RunGraph.ts';
import { allSymbols, lineEnds } from './symbol-set.ts';

export type Graph = Pick<RunGraph, 'sets' | 'follow'>;

/** The runs that come to no node that accepts. */
export function failingRuns({ sets, follow, accepting }: RunGraph): Graph {
  return {
    sets,
    follow: follow.map((edges, node) => {
      if (accepting.has(node)) return new Map<number, number>();
      return new Map([...edges].filter(([to]) => !accepting.has(to)));
    }),
  };
}

/** The same from all places of the text: where the pattern can start, and behind each node that accepts, before that is taken. */
export function fromAnywhere({ sets, follow, accepting }: RunGraph, failing: Graph, starts: RunGraph['starts']): Graph {
  const own = failing.follow[0] ?? new Map<number, number>();
  const start = new Map<number, number>([[0, 1]]);
  follow.forEach((edges, node) => {
    if (node === 0 ? starts !== 'anywhere' : !accepting.has(node)) return;
    for (const to of edges.keys()) if (!accepting.has(to)) start.set(to, 1);
  });
  const all = { sets: [allSymbols, ...sets.slice(1)], follow: [start, ...failing.follow.slice(1)] };
  if (starts !== 'lines') return all;
  // one more node for the end of a line
  start.set(sets.length, 1);
  return { sets: [...all.sets, lineEnds], follow: [...all.follow, own] };
}
