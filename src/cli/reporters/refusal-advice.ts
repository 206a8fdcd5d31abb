import type { Refusal } from '../../engine/merge/merge.ts';
import { errorTable } from '../../shared/errors.ts';

/** What the refusal itself advises, else what the table of errors says. */
export function refusalAdvice({ advice, code }: Refusal): string {
  return advice ?? errorTable[code].remedy;
}
