import type { FellBack } from '../../engine/merge/merge.ts';
import type { Paint } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

/** Why an edit was merged, or refused, without the engine of first choice. */
export function fallbackText({ code, message }: FellBack, paint: Paint): string {
  return `  ${paint.yellow('fell back:')} ${visibleLine(message)} (${code})`;
}
