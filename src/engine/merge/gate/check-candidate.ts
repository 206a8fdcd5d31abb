import type { MergeCandidate } from '../candidate.ts';
import type { EditForm } from '../merge.ts';
import type { Outline, OutlinePort, Structure as ResultStructure } from '../outline.ts';
import { lineStarts, type TextLines } from '../text-lines.ts';
import type { Assembled } from './assembled.ts';
import { boundaryFailures } from './boundary-rule.ts';
import { placeDefinitions, type PlacedDefinition } from './definition-tree.ts';
import { deletionFailures } from './deletion-rules.ts';
import { cutEndFailures, openEndFailures } from './edge-rule.ts';
import { FileLines } from './file-lines.ts';
import { isOfPlace, type GateFailure, type GateInput, type GateVerdict } from './gate-verdict.ts';
import { importFailures } from './import-rule.ts';
import { indentationFailures } from './indentation-rule.ts';
import { lostKeysFailures } from './lost-keys-rule.ts';
import { lineIdsOf } from './line-ids.ts';
import { mergeRows, rowStarts, type MergedRows } from './merged-rows.ts';
import { otherReadingFailures } from './other-reading-rules.ts';
import { pairDefinitions, type Fate } from './pair-definitions.ts';
import { placeFailures } from './place-rule.ts';
import { preprocessorFailures } from './preprocessor-rule.ts';
import { piecesOf } from './pieces.ts';
import { lowerBound, placePieces, solidRows } from './place-pieces.ts';
import { lossFailures, syntaxFailures, twiceFailures } from './structure-rules.ts';
import {
  blankFailures,
  copiedBlockFailures,
  coverFailures,
  duplicateFailures,
  markerFailures,
  shown,
} from './text-rules.ts';

/** Forms that state each line that goes; for the others it is an inference that has to be checked. */
const statesItsLines: Readonly<Record<EditForm, boolean>> = {
  lazy: false,
  definition: false,
  full: false,
  'search-replace': true,
  'unified-diff': true,
  patch: true,
  hybrid: true,
};

/**
 * Checks one way to merge an edit, whoever thought of it: what the edit says must be in the result, all else must be as it was.
 * Pure and deterministic; nothing in the candidate is taken on trust.
 *
 * @throws what `port` throws
 */
export function checkCandidate(input: GateInput, candidate: MergeCandidate, port: OutlinePort): GateVerdict {
  const merged = mergeRows(input.text, input.source, candidate.changes, candidate.finalLineEnd);
  if (merged === undefined) {
    const message = 'the changes overlap or leave the file';
    const failure: GateFailure = { gate: 'G3', code: 'E_APPLY_COLLATERAL', message, lines: [] };
    return { text: input.source, edits: [], deleted: [], failures: [failure] };
  }
  const { text, edits } = merged;
  const failures = markerFailures(input.snippet, merged);
  const explicit = statesItsLines[input.snippet.form];
  const assembled = explicit ? undefined : assemble(input, merged, failures);
  if (edits.length === 0) {
    const isPart = assembled !== undefined && input.snippet.form !== 'full';
    return { text, edits, deleted: [], failures: isPart ? otherReadingFailures(assembled, standing(input), []) : [] };
  }
  if (assembled !== undefined) {
    const rules = [coverFailures, blankFailures, indentationFailures, lostKeysFailures];
    if (input.snippet.form === 'full') rules.push(cutEndFailures);
    else rules.push(duplicateFailures, copiedBlockFailures);
    for (const rule of rules) if (!isRuledOut(failures)) failures.push(...rule(assembled));
  }
  failures.push(...preprocessorFailures(input, merged));
  // to parse the result for more of them takes longer than all rules before
  if (failures.length > 0) return { text, edits, deleted: [], failures };
  const structure = readStructure(input, merged, port);
  if (structure !== undefined) failures.push(...structure.syntax);
  if (assembled !== undefined && input.snippet.form !== 'full') addInferenceFailures(failures, assembled, structure);
  const isTaken = ({ headerLine }: PlacedDefinition): boolean =>
    merged.hunks.some(({ start, end }) => start <= headerLine && headerLine < end);
  const gone = structure?.fates.filter(({ was, fate }) => fate === 'lost' && isTaken(was)) ?? [];
  return { text, edits, deleted: gone.map(({ was }) => was.path), failures };
}

const tooAlike: GateFailure = {
  gate: 'G2',
  code: 'E_APPLY_BUDGET',
  message: 'file and edit have too many lines that are all alike',
  lines: [],
};

/** Pairs of a part of the edit and a line that changes: the rules look at each part for each change. */
const pairBudget = 10_000_000;

const tooManyParts: GateFailure = {
  gate: 'G2',
  code: 'E_APPLY_BUDGET',
  message: 'the edit has too many parts to be checked at once',
  lines: [],
};

/** The same for all candidates of one merge. */
const knownLines = new WeakMap<TextLines, FileLines>();

function fileLinesOf(text: TextLines): FileLines {
  const known = knownLines.get(text) ?? new FileLines(text.lines);
  knownLines.set(text, known);
  return known;
}

/**
 * The first failure is what is told, and nothing can be said for a candidate that fails for more than its place: no rule is asked
 * that could only add to that.
 */
function isRuledOut(failures: readonly GateFailure[]): boolean {
  return !failures.every(({ gate }) => isOfPlace(gate));
}

/** Adds what the rules say on what an edit leaves to be inferred. */
function addInferenceFailures(failures: GateFailure[], assembled: Assembled, structure: Structure | undefined): void {
  const before = structure?.before ?? [];
  const after = structure?.after ?? [];
  const rules = [
    () => importFailures(assembled, structure?.outline),
    () => lossFailures(structure?.fates ?? [], after, assembled),
    () => twiceFailures(assembled, before, after),
    () => deletionFailures(assembled, before, after),
    () => placeFailures(assembled, before, after),
    () => boundaryFailures(assembled, after),
    () => openEndFailures(assembled, after),
    () => otherReadingFailures(assembled, before, after),
  ];
  for (const rule of rules) if (!isRuledOut(failures)) failures.push(...rule());
}

/** The same for all candidates of one merge. */
const knownDefinitions = new WeakMap<Outline, readonly PlacedDefinition[]>();

/** Definitions of the file. */
function standing({ outline, text }: GateInput): readonly PlacedDefinition[] {
  if (outline === undefined) return [];
  const known = knownDefinitions.get(outline) ?? placeDefinitions(outline, lineStarts(text));
  knownDefinitions.set(outline, known);
  return known;
}

/** Finds the edit's lines in the result; what cannot be found is a failure of G2. */
function assemble(input: GateInput, merged: MergedRows, failures: GateFailure[]): Assembled | undefined {
  const pieces = piecesOf(input.snippet);
  const changed = merged.hunks.reduce((sum, hunk) => sum + hunk.end - hunk.start + hunk.rowEnd - hunk.rowStart, 0);
  if (pieces.length * changed > pairBudget) {
    failures.push(tooManyParts);
    return undefined;
  }
  const ids = lineIdsOf(input.text, input.language);
  const solid = solidRows(merged, ids);
  const placed = placePieces(pieces, solid, ids);
  if ('placements' in placed)
    return { input, merged, solid, placements: placed.placements, file: fileLinesOf(input.text) };
  if (placed.missing === undefined) {
    failures.push(tooAlike);
  } else {
    const { lines, firstLine } = placed.missing;
    const how = placed.outOfOrder ? 'in another order' : 'not in one piece';
    const message = `the lines of the edit from line ${firstLine + 1} on (\`${shown(lines[0])}\`) would come ${how}`;
    failures.push({ gate: 'G2', code: 'E_APPLY_EDIT_LOST', message, lines: [] });
  }
  return undefined;
}

interface Structure {
  readonly before: readonly PlacedDefinition[];
  readonly after: readonly PlacedDefinition[];
  readonly fates: readonly Fate[];
  readonly syntax: readonly GateFailure[];
  /** Of the result. */
  readonly outline?: ResultStructure;
}

/** The parser read the file, but has no tree for the result: it takes another grammar, which is not loaded. */
const unread: GateFailure = {
  gate: 'G4',
  code: 'E_APPLY_SYNTAX',
  message: 'the result does not parse',
  lines: [],
};

function readStructure(input: GateInput, merged: MergedRows, port: OutlinePort): Structure | undefined {
  const { outline, text, language } = input;
  if (outline === undefined) return undefined;
  const result = port.outline(merged.text, language, { base: input.source, edits: merged.edits, outline });
  if (result === undefined) return { before: [], after: [], fates: [], syntax: [unread] };
  const starts = rowStarts(merged);
  const lineOf = (offset: number): number => lowerBound(starts, offset + 1) - 1;
  const syntax = syntaxFailures(input, merged, outline, { outline: result, lineOf });
  if (syntax.length > 0) return { before: [], after: [], fates: [], syntax };
  const before = standing(input);
  const after = placeDefinitions(result, starts);
  return { before, after, fates: pairDefinitions(before, after, merged, text.lines), syntax, outline: result };
}
