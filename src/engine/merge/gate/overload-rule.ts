import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import type { Placement } from './place-pieces.ts';
import { shown } from './text-rules.ts';

/** Languages in which functions of one name and other parameter types live side by side. */
const hasOverloads: ReadonlySet<string> = new Set(['java', 'cpp']);

/**
 * G15: a function sent by itself has parameter types that none of its name has, and hardly a line of the one whose place it would
 * take. It may be an overload of that one.
 */
export function overloadFailures(
  assembled: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const { input, merged, placements } = assembled;
  if (!hasOverloads.has(input.language)) return [];
  const had = new Set(before.map(keyOf));
  const has = new Set(after.map(keyOf));
  const paths = new Set(before.map(({ path }) => path));
  for (const is of after) {
    if (!isCalled(is) || had.has(keyOf(is)) || !paths.has(is.path)) continue;
    const was = before.find((one) => one.path === is.path && isCalled(one) && !has.has(keyOf(one)));
    if (was === undefined || !placements.some((placement) => isAlone(assembled, placement, is))) continue;
    const body = merged.rows
      .slice(is.startLine, is.endLine + 1)
      .filter(({ line }, index) => index !== is.headerLine - is.startLine && isStrong(line.trim()));
    if (body.length > 0 && 2 * body.filter(({ origin }) => origin >= 0).length >= body.length) continue;
    const header = shown(input.text.lines[was.headerLine]);
    const message = `${is.path} could be an overload of \`${header}\` or take its place`;
    return [{ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [was.headerLine + 1] }];
  }
  return [];
}

function isCalled({ definition: { kind } }: PlacedDefinition): boolean {
  return kind === 'function' || kind === 'method' || kind === 'signature';
}

function keyOf({ path, definition }: PlacedDefinition): string {
  return `${path}\0${definition.signature}`;
}

/** The part is that definition and nothing else: no line beside it says what it stands next to. */
function isAlone({ solid }: Assembled, { start, end }: Placement, is: PlacedDefinition): boolean {
  const first = solid.rows[start] ?? -1;
  const last = solid.rows[end - 1] ?? -1;
  return is.startLine <= first && first <= is.headerLine && last === is.endLine;
}
