import type { GateInput } from '../../gate/gate-verdict.ts';
import type { LinedOutline } from './snippet-outline.ts';

/** The edit and the file, as one level of a merge by names sees them. */
export interface LevelContext {
  readonly input: GateInput;
  readonly edit: LinedOutline;
  readonly file: LinedOutline;
}

/** The segment of the snippet that a line of it lies in. */
export function segmentOf(line: number, { input }: LevelContext): number {
  const { segments } = input.snippet;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.firstLine ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}
