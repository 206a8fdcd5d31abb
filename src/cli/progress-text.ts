import { groupDigits } from '../shared/group-digits.ts';

/** A rate over less is chance. */
const leastRateMs = 1000;

/** `Checked 600 of 1,234 files, 300 a second`; the rate is that of all files so far. */
export function progressText(done: number, total: number, elapsedMs: number): string {
  const count = `Checked ${groupDigits(done)} of ${groupDigits(total)} files`;
  return elapsedMs < leastRateMs ? count : `${count}, ${groupDigits(Math.round((done / elapsedMs) * 1000))} a second`;
}
