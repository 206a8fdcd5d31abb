import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf, isStrong } from './line-strength.ts';
import { originsOf, viewSegments } from './segment-views.ts';
import { shown } from './text-rules.ts';

/**
 * G15: the line of a part next to a marker tells where the part begins or ends. As a new line it is suspicious when it stands
 * between the part's neighbours already: the part may begin or end there, and what lies between may be meant to go.
 */
export function edgeLineFailures(assembled: Assembled): GateFailure[] {
  const { merged, solid, file, input } = assembled;
  const failures: GateFailure[] = [];
  for (const { placements, window } of viewSegments(assembled)) {
    const origins = originsOf(assembled, placements);
    const [first, last] = [placements[0], placements.at(-1)];
    if (first === undefined || last === undefined || origins.length === 0) continue;
    const edges = [
      { isOpen: first.piece.markerBefore, at: first.start, span: { from: window.from, to: origins[0] ?? 0 } },
      { isOpen: last.piece.markerAfter, at: last.end - 1, span: { from: (origins.at(-1) ?? 0) + 1, to: window.to } },
    ];
    for (const { isOpen, at, span } of edges) {
      const row = merged.rows[solid.rows[at] ?? -1];
      if (!isOpen || row === undefined || row.origin >= 0 || !isStrong(row.line.trim())) continue;
      const offset = file.linesWithin(span).findIndex((line) => line === row.line.trim());
      const known = offset < 0 ? -1 : file.lineAt(file.placeOf(span.from) + offset);
      if (known < 0 || indentOf(input.text.lines[known] ?? '') !== indentOf(row.line)) continue;
      const message = `\`${shown(row.line)}\` would come in, and stands at line ${known + 1} already`;
      failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [known + 1] });
    }
  }
  return failures;
}
