const factors: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1_000,
  mb: 1_000_000,
  gb: 1_000_000_000,
  kib: 1_024,
  mib: 1_048_576,
  gib: 1_073_741_824,
};

/** How a size is written; for messages. */
export const sizeSyntax = 'bytes, or a number with kB, MB, GB (powers of 1000), KiB, MiB or GiB (powers of 1024)';

/** As {@link sizeSyntax} says, for JSON schema. */
export const sizePattern = String.raw`^[0-9]+(\.[0-9]+)? ?([kKmMgG]?[bB]|[kKmMgG][iI][bB])?$`;

/**
 * Bytes of a size such as `512MB`, `1.5 GiB` or `65536`, rounded down to whole bytes; `undefined` when it is none (signs,
 * exponents and bare letters such as `64M`, which tools read differently, are not accepted).
 */
export function parseSize(text: string): number | undefined {
  const match = new RegExp(sizePattern).exec(text.trim());
  if (match === null) return undefined;
  const unit = match[2]?.toLowerCase() ?? 'b';
  const bytes = Math.floor(Number.parseFloat(match[0]) * (factors[unit] ?? 1));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest exact way to write a number of bytes. */
export function formatSize(bytes: number): string {
  const units = ['GiB', 'GB', 'MiB', 'MB', 'KiB', 'kB'];
  const unit = units.find((each) => bytes > 0 && bytes % (factors[each.toLowerCase()] ?? 1) === 0);
  return unit === undefined ? String(bytes) : `${bytes / (factors[unit.toLowerCase()] ?? 1)}${unit}`;
}
