import { mirrored } from './mirrored.ts';

/**
 * Where a segment begins and ends is told by the lines there. Within it a line may stand for another one by chance, above all in
 * code that was copied and changed; so a match counts this much at most, and in full only in the run at either end.
 */
export const interiorMatch = 4;

/** For each row of the file: what the run of equal lines from there says beyond {@link interiorMatch} for each. */
function runBits(segment: Int32Array, file: Int32Array, weight: Float64Array): Float64Array {
  const bits = new Float64Array(file.length + 1);
  const longest = Math.ceil(segment.length / 2);
  for (let start = 0; start < file.length; start += 1) {
    for (let length = 0; length < longest && segment[length] === file[start + length]; length += 1)
      bits[start] = (bits[start] ?? 0) + Math.max(0, (weight[start + length] ?? 0) - interiorMatch);
  }
  return bits;
}

/** For each row: {@link runBits} of the run that begins there with the first rows of the segment. */
export function headBits(segment: Int32Array, file: Int32Array, weight: Float64Array): Float64Array {
  return runBits(segment, file, weight);
}

/** For each row: the same of the run that ends before it with the last rows of the segment. */
export function tailBits(segment: Int32Array, file: Int32Array, weight: Float64Array): Float64Array {
  return mirrored(runBits(mirrored(segment), mirrored(file), mirrored(weight)));
}
