import { lineSimilarity } from './line-similarity.ts';
import type { LineTable } from './line-table.ts';
import type { Placement } from './placement.ts';
import type { SegmentRows } from './segment-rows.ts';

/** New lines at an open end that may be an old statement in its new form. */
const maximumLines = 3;
const likeEnough = 0.5;
/** What an end is worth that is held by the old form of a statement. */
const heldBits = 16;

const assignment =
  /^((?:(?:export|const|let|var|val|final|auto|static|readonly|public|private|protected|self\.|this\.|mut)\s+)*[\w.$[\]'"]+)\s*(?::[^=]*)?(?::=|[-+*/|&]?=(?![=>])|:(?!:))/;
/** Keys of YAML and CSS, which may have hyphens. */
const property = /^((?:- )?["']?[\w-]+["']?):\s/;
const exit = /^(return|throw|raise|break|continue|yield)\b/;

/**
 * A place with an open end where the new lines assign what the lines of the file there assign, or leave as these do, is also
 * that place with the old lines gone: nobody assigns a name twice in a row.
 */
export function takingOldForm(place: Placement, rows: SegmentRows, table: LineTable): Placement | undefined {
  const count = rows.exact.length;
  const line = (row: number): string => rows.lines[rows.lineOfRow[row] ?? -1] ?? '';
  let { start, end, score } = place;
  if (place.head === 'open') {
    const fresh = rows.exact.indexOf(table.exact[place.start] ?? -2);
    if (!isOldForm(fresh, (at) => [line(at), table.lineAt(place.start - fresh + at)])) return undefined;
    start -= fresh;
    score += heldBits;
  }
  if (place.tail === 'open') {
    const fresh = count - 1 - rows.exact.lastIndexOf(table.exact[place.end - 1] ?? -2);
    if (!isOldForm(fresh, (at) => [line(count - fresh + at), table.lineAt(place.end + at)])) return undefined;
    end += fresh;
    score += heldBits;
  }
  return start < 0 ? undefined : { ...place, start, end, score, head: 'line', tail: 'line' };
}

function isOldForm(fresh: number, pair: (at: number) => readonly [string, string]): boolean {
  if (fresh < 1 || fresh > maximumLines) return false;
  for (let at = 0; at < fresh; at += 1) {
    const [sent, old] = pair(at).map((line) => line.trim());
    if (sent === undefined || old === undefined || lineSimilarity(sent, old) < likeEnough) return false;
    const target = targetOf(sent);
    if (target === undefined || target !== targetOf(old)) return false;
  }
  return true;
}

/** What a statement sets, or the word by which it leaves. */
function targetOf(statement: string): string | undefined {
  return (assignment.exec(statement) ?? property.exec(statement) ?? exit.exec(statement))?.[1];
}
