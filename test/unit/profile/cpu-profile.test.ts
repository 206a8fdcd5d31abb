import { describe, expect, it } from 'vitest';
import { type CallNode, parseCpuProfile } from '../../../src/profile/cpu-profile.ts';

interface Frame {
  readonly functionName: string;
  readonly url?: string;
  readonly lineNumber?: number;
}

function node(
  id: number,
  { functionName, url = '', lineNumber = -1 }: Frame,
  children: number[] = [],
  ticks: [number, number][] = [],
): object {
  return {
    id,
    callFrame: { functionName, scriptId: '1', url, lineNumber, columnNumber: 0 },
    hitCount: 0,
    children,
    positionTicks: ticks.map(([line, count]) => ({ line, ticks: count })),
  };
}

const nodes = [
  node(1, { functionName: '(root)' }, [2, 3, 5]),
  node(2, { functionName: '(idle)' }),
  node(3, { functionName: '', url: 'file:///a.js', lineNumber: 0 }, [4], [[1, 1]]),
  node(
    4,
    { functionName: 'slow', url: 'file:///a.js', lineNumber: 4 },
    [],
    [
      [6, 3],
      [7, 1],
    ],
  ),
  node(5, { functionName: '(garbage collector)' }),
];
const profile = {
  nodes,
  startTime: 1_000,
  endTime: 2_000,
  samples: [3, 4, 4, 2, 5],
  timeDeltas: [0, 100, 200, 200, 300],
};

function read(changes: object = {}): ReturnType<typeof parseCpuProfile> {
  return parseCpuProfile(JSON.stringify({ ...profile, ...changes }), 'x.cpuprofile');
}

function find(root: CallNode, name: string): CallNode | undefined {
  return root.fn.name === name
    ? root
    : root.children.map((child) => find(child, name)).find((one) => one !== undefined);
}

describe('parseCpuProfile', () => {
  it('counts the time of a sample until the next one, and of the last until the end', () => {
    const { root, durationMicros, idleMicros, samples } = read();
    expect(find(root, '(anonymous)')?.selfMicros).toBe(100);
    expect(find(root, 'slow')?.selfMicros).toBe(400);
    expect(find(root, '(garbage collector)')?.selfMicros).toBe(200);
    expect({ durationMicros, idleMicros, samples }).toEqual({ durationMicros: 1_000, idleMicros: 300, samples: 5 });
  });

  it('shares the time of a function out over its lines', () => {
    expect([...(find(read().root, 'slow')?.microsByLine ?? [])]).toEqual([
      [6, 300],
      [7, 100],
    ]);
  });

  it('takes a clock that steps back for no time', () => {
    const { root } = read({ timeDeltas: [0, 100, -5, 200, 300] });
    expect(find(root, 'slow')?.selfMicros).toBe(200);
  });

  it('numbers lines and columns from 1', () => {
    expect(find(read().root, 'slow')?.fn).toEqual({ name: 'slow', url: 'file:///a.js', line: 5, column: 1 });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no nodes', '{}'],
    ['no samples', JSON.stringify({ ...profile, samples: [] })],
    ['a time missing', JSON.stringify({ ...profile, timeDeltas: [1] })],
    ['a sample of nothing', JSON.stringify({ ...profile, samples: [3, 4, 4, 2, 9] })],
    [
      'calls in a circle',
      JSON.stringify({ ...profile, nodes: [...nodes.slice(0, 3), node(4, { functionName: 'slow' }, [3])] }),
    ],
    ['a call of nothing', JSON.stringify({ ...profile, nodes: [...nodes, node(6, { functionName: 'x' }, [77])] })],
    ['a frame without a name', JSON.stringify({ ...profile, nodes: [{ id: 1, callFrame: { url: '' } }] })],
    [
      'a line that is no number',
      JSON.stringify({ ...profile, nodes: [{ ...nodes[0], positionTicks: [{ line: '1', ticks: 1 }] }] }),
    ],
  ])('refuses a document with %s', (_what, text) => {
    expect(() => parseCpuProfile(text, 'x.cpuprofile')).toThrow(
      expect.objectContaining({
        code: 'E_PROFILE_INVALID',
        message: expect.stringContaining('x.cpuprofile') as string,
      }) as Error,
    );
  });
});
