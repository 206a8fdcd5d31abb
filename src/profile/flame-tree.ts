import type { CallNode, CpuProfile } from './cpu-profile.ts';
import type { SourceMaps, SourcePlace } from './source-maps.ts';

/** Calls of one function from one stack, over all profiles. */
export interface FlameNode {
  readonly name: string;
  /** Where the function begins; absent for what has no source file. */
  readonly place?: SourcePlace;
  /** Time in it and in all that it called, in microseconds. */
  readonly totalMicros: number;
  /** Time in the function itself. */
  readonly selfMicros: number;
  /** Longest first. What took less than the least share is left out: it is the rest of `totalMicros`. */
  readonly children: readonly FlameNode[];
}

interface Group {
  readonly nodes: CallNode[];
  totalMicros: number;
  selfMicros: number;
}

/** Frames that are no calls: V8 had nothing to do. */
const idle = '(idle)';

/**
 * The calls of several profiles as one tree, equal stacks merged.
 * @param leastShare frames with a smaller share of all time are left out, e.g. 0.001
 */
export function flameTree(profiles: readonly CpuProfile[], maps: SourceMaps, leastShare: number): FlameNode {
  const totals = new Map<CallNode, number>();
  const totalOf = (node: CallNode): number => {
    const known = totals.get(node);
    if (known !== undefined) return known;
    const total = node.children.reduce(
      (sum, child) => sum + totalOf(child),
      node.fn.name === idle ? 0 : node.selfMicros,
    );
    totals.set(node, total);
    return total;
  };
  const roots = profiles.map(({ root }) => root);
  const all = roots.reduce((sum, root) => sum + totalOf(root), 0);

  const build = (name: string, { nodes, totalMicros, selfMicros }: Group): FlameNode => {
    const groups = new Map<string, Group>();
    for (const child of nodes.flatMap((node) => node.children)) {
      if (child.fn.name === idle) continue;
      const key = JSON.stringify([child.fn.name, child.fn.url, child.fn.line, child.fn.column]);
      const group = groups.get(key) ?? { nodes: [], totalMicros: 0, selfMicros: 0 };
      group.nodes.push(child);
      group.totalMicros += totalOf(child);
      group.selfMicros += child.selfMicros;
      groups.set(key, group);
    }
    const kept = [...groups.values()].filter((group) => group.totalMicros > 0 && group.totalMicros >= all * leastShare);
    kept.sort((a, b) => b.totalMicros - a.totalMicros);
    const [first] = nodes;
    const place = first === undefined ? undefined : placeOf(first, maps);
    return {
      name,
      ...(place === undefined ? {} : { place }),
      totalMicros,
      selfMicros,
      children: kept.map((group) => build(group.nodes[0]?.fn.name ?? '', group)),
    };
  };
  const selfMicros = roots.reduce((sum, root) => sum + root.selfMicros, 0);
  return build('all', { nodes: roots, totalMicros: all, selfMicros });
}

function placeOf({ fn }: CallNode, maps: SourceMaps): SourcePlace | undefined {
  return fn.url.startsWith('file:') ? maps.sourceOf(fn.url, fn.line, fn.column) : undefined;
}
