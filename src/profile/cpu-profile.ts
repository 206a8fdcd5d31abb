import { BoosterError } from '../shared/errors.ts';

/** Where V8 says that a function begins; lines and columns from 1. */
export interface ProfiledFunction {
  /** As V8 names it; `(anonymous)` without a name. */
  readonly name: string;
  /** `file://` URL, path, `node:` name or `''` for what has no source. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** One place in the tree of calls. */
export interface CallNode {
  readonly fn: ProfiledFunction;
  /** Time in the function itself, in microseconds; built-ins that it calls are part of it. */
  readonly selfMicros: number;
  /** The same by line of the generated code, from 1; what has no line (start-up of a function) is left out. */
  readonly microsByLine: ReadonlyMap<number, number>;
  readonly children: readonly CallNode[];
}

/**
 * What a V8 CPU profile (`node --cpu-prof`, Chrome DevTools Protocol `Profiler.Profile`) says. The time of a sample is the
 * interval until the next one.
 */
export interface CpuProfile {
  readonly root: CallNode;
  /** From the first to the last sample, in microseconds. */
  readonly durationMicros: number;
  /** Of that, the time in which V8 had nothing to do. */
  readonly idleMicros: number;
  readonly samples: number;
}

interface RawNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children: readonly number[];
  readonly positionTicks: readonly { readonly line: number; readonly ticks: number }[];
}

/** Deeper trees are refused: a profile that V8 wrote has at most some hundreds of levels. */
const maximumDepth = 5_000;

/**
 * Reads the JSON text of a profile.
 * @param name what to call it in an error, mostly its path
 * @throws BoosterError E_PROFILE_INVALID when it is no complete profile
 */
export function parseCpuProfile(text: string, name: string): CpuProfile {
  const raw = readJson(text, name);
  const nodes = new Map(
    listOf(raw['nodes'], name, 'nodes')
      .map((node) => readNode(node, name))
      .map((one) => [one.id, one]),
  );
  const samples = listOf(raw['samples'], name, 'samples').map((id) => numberOf(id, name, 'samples'));
  const deltas = listOf(raw['timeDeltas'], name, 'timeDeltas').map((delta) => numberOf(delta, name, 'timeDeltas'));
  if (samples.length === 0 || deltas.length !== samples.length)
    throw invalid(name, 'it has no samples, or not a time for each');
  const endTime = numberOf(raw['endTime'], name, 'endTime');
  const startTime = numberOf(raw['startTime'], name, 'startTime');
  const times = selfTimes(samples, deltas, endTime - startTime);
  for (const id of times.keys())
    if (!nodes.has(id)) throw invalid(name, `sample of a node ${String(id)} that does not exist`);
  const root = buildTree(nodes, times, name);
  return {
    root,
    durationMicros: [...times.values()].reduce((sum, micros) => sum + micros, 0),
    idleMicros: root.children.reduce((sum, { fn, selfMicros }) => (fn.name === '(idle)' ? sum + selfMicros : sum), 0),
    samples: samples.length,
  };
}

/** Self time by node. Clocks of several cores may step back a little: a negative interval counts as none. */
function selfTimes(samples: readonly number[], deltas: readonly number[], totalMicros: number): Map<number, number> {
  const times = new Map<number, number>();
  const elapsed = deltas.reduce((sum, delta) => sum + delta, 0);
  for (const [index, id] of samples.entries()) {
    const micros = index + 1 < samples.length ? (deltas[index + 1] ?? 0) : totalMicros - elapsed;
    times.set(id, (times.get(id) ?? 0) + Math.max(0, micros));
  }
  return times;
}

function buildTree(nodes: ReadonlyMap<number, RawNode>, times: ReadonlyMap<number, number>, name: string): CallNode {
  const isChild = new Set([...nodes.values()].flatMap(({ children }) => children));
  const roots = [...nodes.values()].filter(({ id }) => !isChild.has(id));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw invalid(name, 'its calls are no tree');
  let built = 0;
  const build = (node: RawNode, depth: number): CallNode => {
    built += 1;
    if (depth > maximumDepth || built > nodes.size) throw invalid(name, 'its calls are no tree');
    const selfMicros = times.get(node.id) ?? 0;
    const children = node.children.map((id) => {
      const child = nodes.get(id);
      if (child === undefined) throw invalid(name, `a call of a node ${String(id)} that does not exist`);
      return build(child, depth + 1);
    });
    return { fn: functionOf(node), selfMicros, microsByLine: microsByLine(node, selfMicros), children };
  };
  return build(root, 0);
}

function functionOf({ callFrame }: RawNode): ProfiledFunction {
  return {
    name: callFrame.functionName === '' ? '(anonymous)' : callFrame.functionName,
    url: callFrame.url,
    line: callFrame.lineNumber + 1,
    column: callFrame.columnNumber + 1,
  };
}

/** V8 counts ticks by line; the time of the node is shared out in their proportion. */
function microsByLine({ positionTicks }: RawNode, selfMicros: number): Map<number, number> {
  const ticks = positionTicks.reduce((sum, one) => sum + one.ticks, 0);
  const lines = new Map<number, number>();
  for (const one of positionTicks) lines.set(one.line, (lines.get(one.line) ?? 0) + (selfMicros * one.ticks) / ticks);
  return lines;
}

function readJson(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(name, `it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return recordOf(value, name, 'the document');
}

function readNode(value: unknown, name: string): RawNode {
  const node = recordOf(value, name, 'nodes');
  const frame = recordOf(node['callFrame'], name, 'callFrame');
  const text = (key: string): string => {
    const field = frame[key];
    if (typeof field !== 'string') throw invalid(name, `callFrame.${key} is no text`);
    return field;
  };
  return {
    id: numberOf(node['id'], name, 'id'),
    callFrame: {
      functionName: text('functionName'),
      url: text('url'),
      lineNumber: numberOf(frame['lineNumber'], name, 'lineNumber'),
      columnNumber: numberOf(frame['columnNumber'], name, 'columnNumber'),
    },
    children:
      node['children'] === undefined
        ? []
        : listOf(node['children'], name, 'children').map((id) => numberOf(id, name, 'children')),
    positionTicks:
      node['positionTicks'] === undefined
        ? []
        : listOf(node['positionTicks'], name, 'positionTicks').map((tick) => {
            const { line, ticks } = recordOf(tick, name, 'positionTicks');
            return { line: numberOf(line, name, 'line'), ticks: numberOf(ticks, name, 'ticks') };
          }),
  };
}

function recordOf(value: unknown, name: string, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(name, `${what} is no object`);
  return value as Record<string, unknown>;
}

function listOf(value: unknown, name: string, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(name, `${what} is no list`);
  return value;
}

function numberOf(value: unknown, name: string, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(name, `${what} is no number`);
  return value;
}

function invalid(name: string, why: string): BoosterError {
  return new BoosterError('E_PROFILE_INVALID', `${name} is no CPU profile: ${why}`, { path: name });
}
