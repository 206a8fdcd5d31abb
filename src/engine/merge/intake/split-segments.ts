import type { Segment } from '../snippet.ts';

/** The runs of lines between markers. */
export function splitSegments(lines: readonly string[], isMarker: readonly boolean[]): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (let at = 0; at <= lines.length; at += 1) {
    if (at < lines.length && isMarker[at] !== true) continue;
    const segment = segmentOf(lines, isMarker, start, at);
    if (segment !== undefined) segments.push(segment);
    start = at + 1;
  }
  return segments;
}

function segmentOf(
  lines: readonly string[],
  isMarker: readonly boolean[],
  start: number,
  end: number,
): Segment | undefined {
  let first = start;
  let last = end;
  while (first < last && isBlank(lines[first])) first += 1;
  while (last > first && isBlank(lines[last - 1])) last -= 1;
  if (first === last) return undefined;
  const before = start > 0 && isMarker[start - 1] === true;
  const after = end < lines.length;
  return {
    firstLine: first,
    lines: lines.slice(first, last),
    blankBefore: first - start,
    blankAfter: end - last,
    markerBefore: before,
    markerAfter: after,
    ...(before && { markerBeforeIndent: indentOf(lines[start - 1]) }),
    ...(after && { markerAfterIndent: indentOf(lines[end]) }),
  };
}

function isBlank(line: string | undefined): boolean {
  return (line ?? '').trim() === '';
}

function indentOf(line: string | undefined): string {
  return /^[^\S\n]*/u.exec(line ?? '')?.[0] ?? '';
}
