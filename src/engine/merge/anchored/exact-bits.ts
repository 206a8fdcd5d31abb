/** As binary fractions: sums of them are exact in whatever order they are made, so that equal ways to merge score the same. */
const steps = 2 ** 26;

/** Bits, rounded so that adding and subtracting them loses nothing. */
export function exactBits(bits: number): number {
  return Math.round(bits * steps) / steps;
}
