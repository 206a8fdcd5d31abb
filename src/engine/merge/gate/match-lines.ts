/** Edit distance up to which two ranges are compared exactly; its square bounds time and memory (1.5 MB, 4 ms). */
const maximumDistance = 600;

interface Range {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

/**
 * Which lines of `a` stay in `b`: for each line of `b` the index in `a` that it stands for, or -1. Increasing. White space at
 * both ends of a line does not count. Where the two have little in common, lines that are unique in both hold the rest
 * together; what even that leaves too far apart is not matched.
 */
export function matchLines(a: readonly string[], b: readonly string[]): Int32Array {
  const ids = new Map<string, number>();
  const intern = (line: string): number => {
    const key = line.trim();
    let id = ids.get(key);
    if (id === undefined) ids.set(key, (id = ids.size));
    return id;
  };
  const left = Int32Array.from(a, intern);
  const right = Int32Array.from(b, intern);
  const match = new Int32Array(b.length).fill(-1);
  const open: Range[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const rest = matchEnds(left, right, range, match);
    if (rest.a0 === rest.a1 || rest.b0 === rest.b1) continue;
    if (!matchExactly(left, right, rest, match)) open.push(...splitAtUnique(left, right, rest, match));
  }
  return match;
}

function matchEnds(a: Int32Array, b: Int32Array, range: Range, match: Int32Array): Range {
  let { a0, a1, b0, b1 } = range;
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) match[b0++] = a0++;
  while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) match[--b1] = --a1;
  return { a0, a1, b0, b1 };
}

/** The greedy algorithm of Myers; `false` when the ranges are further apart than {@link maximumDistance}. */
function matchExactly(a: Int32Array, b: Int32Array, { a0, a1, b0, b1 }: Range, match: Int32Array): boolean {
  const n = a1 - a0;
  const m = b1 - b0;
  const limit = Math.min(n + m, maximumDistance);
  if (Math.abs(n - m) > limit) return false;
  const offset = limit + 1;
  const furthest = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  for (let distance = 0; distance <= limit; distance += 1) {
    trace.push(furthest.slice(offset - distance - 1, offset + distance + 2));
    for (let k = -distance; k <= distance; k += 2) {
      const down = k === -distance || (k !== distance && at(furthest, offset + k - 1) < at(furthest, offset + k + 1));
      let x = down ? at(furthest, offset + k + 1) : at(furthest, offset + k - 1) + 1;
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x += 1;
      furthest[offset + k] = x;
      if (x >= n && x - k >= m) {
        walkBack(trace, n, m, (x1, y1) => (match[b0 + y1] = a0 + x1));
        return true;
      }
    }
  }
  return false;
}

function walkBack(trace: readonly Int32Array[], n: number, m: number, keep: (x: number, y: number) => void): void {
  let x = n;
  let y = m;
  for (let distance = trace.length - 1; distance >= 0; distance -= 1) {
    const before = trace[distance] ?? new Int32Array(0);
    const centre = distance + 1;
    const k = x - y;
    const down = k === -distance || (k !== distance && at(before, centre + k - 1) < at(before, centre + k + 1));
    const previousK = down ? k + 1 : k - 1;
    const previousX = distance === 0 ? 0 : at(before, centre + previousK);
    const previousY = distance === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY) keep(--x, --y);
    x = previousX;
    y = previousY;
  }
}

/** Ranges between lines that occur once on each side, in the longest order that both agree on. */
function splitAtUnique(a: Int32Array, b: Int32Array, range: Range, match: Int32Array): Range[] {
  const inA = uniquePositions(a, range.a0, range.a1);
  const inB = uniquePositions(b, range.b0, range.b1);
  const pairs: [number, number][] = [];
  for (const [id, y] of inB) {
    const x = inA.get(id);
    if (x !== undefined && x >= 0 && y >= 0) pairs.push([x, y]);
  }
  const ranges: Range[] = [];
  let { a0, b0 } = range;
  const chain = longestIncreasing(pairs.sort((one, other) => one[1] - other[1]));
  for (const [x, y] of chain) {
    match[y] = x;
    ranges.push({ a0, a1: x, b0, b1: y });
    a0 = x + 1;
    b0 = y + 1;
  }
  if (chain.length > 0) ranges.push({ a0, a1: range.a1, b0, b1: range.b1 });
  return ranges;
}

/** Position of each value; -1 when it occurs more than once. */
function uniquePositions(values: Int32Array, from: number, to: number): Map<number, number> {
  const positions = new Map<number, number>();
  for (let index = from; index < to; index += 1) {
    const id = at(values, index);
    positions.set(id, positions.has(id) ? -1 : index);
  }
  return positions;
}

function longestIncreasing(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([x], index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[0] ?? 0) < x) low = middle + 1;
      else high = middle;
    }
    previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const chain: [number, number][] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = at(previous, index)) {
    const pair = pairs[index];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.reverse();
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}
