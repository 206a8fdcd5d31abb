const units: readonly (readonly [limitMs: number, divisor: number, name: string])[] = [
  [1000, 1, 'ms'],
  [120_000, 1000, 's'],
  [7_200_000, 60_000, 'min'],
  [Infinity, 3_600_000, 'h'],
];

/** A duration for people: two significant digits or more, in the unit that suits. */
export function durationText(ms: number): string {
  for (const [limitMs, divisor, name] of units) {
    if (ms < limitMs) return `${shortNumber(ms / divisor)} ${name}`;
  }
  return '';
}

export function bytesText(bytes: number): string {
  return `${shortNumber(bytes / 1_000_000)} MB`;
}

export function percentText(share: number): string {
  // never "100 %" for less
  return `${String(Math.floor(share * 100_000) / 1000)} %`;
}

function shortNumber(value: number): string {
  return value >= 10 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(2);
}
