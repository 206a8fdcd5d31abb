import { BoosterError } from '../../shared/errors.ts';

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * The time that `--since` names, in milliseconds since the epoch: so long ago, or a date, of local time unless it says otherwise.
 * @throws BoosterError E_CLI_USAGE
 */
export function readSince(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined) return now - Number(count) * (unitMs[unit] ?? 0);
  // a date alone would be one of UTC
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text;
  const at = /^\d{4}-\d\d-\d\d/.test(date) ? Date.parse(date) : NaN;
  if (Number.isNaN(at)) {
    throw new BoosterError(
      'E_CLI_USAGE',
      `--since: '${text}' is neither a time ago (30m, 2h, 7d) nor a date (2026-01-31)`,
    );
  }
  return at;
}
