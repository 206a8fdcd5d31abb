import type { GateInput } from '../../gate/gate-verdict.ts';
import { splitSegments } from '../../intake/split-segments.ts';
import { isRefusal } from '../../refuse.ts';
import { alignLines } from '../align-lines.ts';
import type { Replacement } from '../render-changes.ts';
import type { LevelContext } from './level-context.ts';
import type { DefinitionItem } from './read-items.ts';
import { segmentOf } from './level-context.ts';
import type { LinedDefinition } from './snippet-outline.ts';

/**
 * Places what the edit has of one definition within that definition alone: its header and its end are the edges. `undefined`
 * when it fits nowhere or in several ways.
 */
export function alignInside(
  item: DefinitionItem,
  target: LinedDefinition,
  context: LevelContext,
): Replacement[] | undefined {
  const { text, snippet } = context.input;
  const lines = snippet.lines.slice(item.first, item.end);
  const isMarker = snippet.isMarker.slice(item.first, item.end);
  const part: GateInput['snippet'] = { ...snippet, lines, isMarker, segments: splitSegments(lines, isMarker) };
  const { firstLine: start, end } = target;
  const within = { lines: text.lines.slice(start, end), ends: text.ends.slice(start, end) };
  const aligned = alignLines(within, part, undefined);
  if (isRefusal(aligned) || aligned.length !== 1) return undefined;
  const segment = segmentOf(item.first, context);
  return aligned[0]?.candidate.changes.map((change) => ({
    start: change.start + start,
    end: change.end + start,
    lines: change.lines,
    segment: segment + change.segment,
  }));
}
