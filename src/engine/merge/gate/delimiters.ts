import type { MergedRows } from './merged-rows.ts';

/** What begins and ends text that a parser passes over. Those of one kind that come in pairs may be one more only together. */
const paired: readonly RegExp[] = [/"/g, /'''/g, /`/g];
const nested: readonly (readonly [RegExp, RegExp])[] = [
  [/\/\*/g, /\*\//g],
  [/<!--/g, /-->/g],
  [/^\s*#\s*if/gm, /^\s*#\s*endif/gm],
];

/** Each change opens and closes as many comments, long strings and conditions as what it takes the place of. */
export function keepsDelimiters({ hunks, rows }: MergedRows, lines: readonly string[]): boolean {
  return hunks.every(({ start, end, rowStart, rowEnd }) => {
    const gone = lines.slice(start, end).join('\n');
    const fresh = rows
      .slice(rowStart, rowEnd)
      .map(({ line }) => line)
      .join('\n');
    const count = (text: string, sign: RegExp): number => text.match(sign)?.length ?? 0;
    return (
      paired.every((sign) => (count(gone, sign) - count(fresh, sign)) % 2 === 0) &&
      nested.every(
        ([opens, closes]) => count(gone, opens) - count(gone, closes) === count(fresh, opens) - count(fresh, closes),
      )
    );
  });
}
