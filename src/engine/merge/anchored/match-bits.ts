import type { LineTable } from './line-table.ts';

/**
 * Where a segment begins and ends is told by the lines there. Within it a line may stand for another one by chance, above all in
 * code that was copied and changed; so a match counts this much at most, and in full only in the run at either end.
 */
export const interiorMatch = 4;

type Table = Pick<LineTable, 'exact' | 'weight' | 'rowsOfExact'>;

/** For each row of the file: what the run that begins there with the first rows of the segment says beyond {@link interiorMatch} for each. */
export function headBits(segment: Int32Array, { exact, weight, rowsOfExact }: Table): Float64Array {
  const bits = new Float64Array(exact.length + 1);
  const longest = Math.ceil(segment.length / 2);
  for (const start of rowsOfExact[segment[0] ?? -1] ?? []) {
    for (let length = 0; length < longest && segment[length] === exact[start + length]; length += 1)
      bits[start] = (bits[start] ?? 0) + bitsBeyond(weight[start + length]);
  }
  return bits;
}

/** For each row: the same of the run that ends before it with the last rows of the segment. */
export function tailBits(segment: Int32Array, { exact, weight, rowsOfExact }: Table): Float64Array {
  const bits = new Float64Array(exact.length + 1);
  const longest = Math.ceil(segment.length / 2);
  const last = segment.length - 1;
  for (const end of rowsOfExact[segment[last] ?? -1] ?? []) {
    for (let length = 0; length < longest && segment[last - length] === exact[end - length]; length += 1)
      bits[end + 1] = (bits[end + 1] ?? 0) + bitsBeyond(weight[end - length]);
  }
  return bits;
}

function bitsBeyond(weight = 0): number {
  return Math.max(0, weight - interiorMatch);
}
