import type { LineChange } from '../../candidate.ts';
import type { GateInput } from '../../gate/gate-verdict.ts';
import type { Refusal } from '../../merge.ts';
import { isRefusal, refuse } from '../../refuse.ts';
import { lineStarts } from '../../text-lines.ts';
import { attachedStart } from './replace-definition.ts';
import { lineOutline, type LinedDefinition, type LinedOutline } from './snippet-outline.ts';

/** What directives such as `// remove parseOld` take out: the definitions of these names, each of which the file has once. */
export function removeDefinitions({ snippet, outline, text }: GateInput): readonly LineChange[] | Refusal {
  if (snippet.removes.length === 0) return [];
  const file = outline && lineOutline(outline, lineStarts(text));
  const changes: LineChange[] = [];
  for (const name of snippet.removes) {
    const change = file === undefined ? notFound(name) : removal(name, file, text.lines);
    if (isRefusal(change)) return change;
    changes.push(change);
  }
  return changes.sort((a, b) => a.start - b.start);
}

function removal(name: string, file: LinedOutline, lines: readonly string[]): LineChange | Refusal {
  const found = file.definitions.filter((one) => one.name === name);
  const [one] = found;
  if (one === undefined) return notFound(name);
  if (found.length > 1) {
    return refuse(
      'E_APPLY_AMBIGUOUS',
      `The file defines \`${name}\`, which is to go, in ${String(found.length)} places.`,
      {
        candidates: found.slice(0, 10).map((place) => placeOf(place, lines)),
        advice: 'Send the lines before and behind the one that goes instead.',
      },
    );
  }
  const start = attachedStart(one.firstLine, file, lines);
  let { end } = one;
  const isBlank = (line: number): boolean => (lines[line] ?? '').trim() === '';
  // of the blank lines on both sides one side stays
  if (start === 0 || isBlank(start - 1)) while (end < lines.length && isBlank(end)) end += 1;
  return { start, end, lines: [], segment: 0 };
}

function placeOf({ headerLine, end }: LinedDefinition, lines: readonly string[]): Refusal['candidates'][number] {
  return { startLine: headerLine + 1, endLine: end, text: lines[headerLine] ?? '' };
}

function notFound(name: string): Refusal {
  return refuse('E_APPLY_NOT_FOUND', `The file has no definition \`${name}\` that could be removed.`, {
    advice: 'Send the lines before and behind what goes instead.',
  });
}

/** Both lists of changes in one; what one of them takes out anyway is not taken out twice. `undefined` when they overlap. */
export function joinChanges(changes: readonly LineChange[], removals: readonly LineChange[]): LineChange[] | undefined {
  const fresh = removals.filter(
    (removal) => !changes.some(({ start, end }) => start <= removal.start && removal.end <= end),
  );
  const joined = [...changes, ...fresh].sort((a, b) => a.start - b.start || a.end - b.end);
  return joined.every((change, index) => change.start >= (joined[index - 1]?.end ?? 0)) ? joined : undefined;
}
