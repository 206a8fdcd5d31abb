import type { LineChange } from '../candidate.ts';
import type { Refusal } from '../merge.ts';
import { refuse } from '../refuse.ts';
import type { Hunk } from './hunk.ts';
import type { Placing } from './place-hunk.ts';

/** The changes of all hunks together, or a refusal when two of them speak of the same lines differently. */
export function changesOf(
  hunks: readonly Hunk[],
  placings: readonly Placing[],
  file: readonly string[],
): LineChange[] | Refusal {
  const changes: LineChange[] = [];
  /** For each line of the file, the hunk that takes it away (-1: none) and one that keeps it. */
  const dropped = new Int32Array(file.length).fill(-1);
  const kept = new Int32Array(file.length).fill(-1);
  for (const [segment, placing] of placings.entries()) {
    if (placing.kind !== 'placed') continue;
    const own = changesOfHunk(placing, segment, dropped, kept);
    if (typeof own === 'number') return overlap(hunks, segment, own);
    if (own === undefined) return unevenIndent(hunks[segment]);
    changes.push(...own);
  }
  changes.sort((one, other) => one.start - other.start || one.end - other.end);
  for (const [at, change] of changes.entries()) {
    const before = changes[at - 1];
    if (before === undefined || before.segment === change.segment) continue;
    // two insertions in one place: their order would be a guess
    if (before.end > change.start || (before.start === change.start && before.end === change.start)) {
      return overlap(hunks, change.segment, before.segment);
    }
  }
  return changes;
}

/** The number of another hunk that contradicts, or `undefined` when a new line cannot be indented like the file. */
function changesOfHunk(
  { start, lines, reindent }: Extract<Placing, { kind: 'placed' }>,
  segment: number,
  dropped: Int32Array,
  kept: Int32Array,
): LineChange[] | number | undefined {
  const changes: LineChange[] = [];
  let at = start;
  let from = start;
  let fresh: string[] = [];
  const close = (): void => {
    if (at > from || fresh.length > 0) changes.push({ start: from, end: at, lines: fresh, segment });
    fresh = [];
  };
  for (const { kind, text } of lines) {
    if (kind === 'add') {
      const line = reindent(text);
      if (line === undefined) return undefined;
      fresh.push(line);
      continue;
    }
    if (kind === 'keep') close();
    const [own, others] = kind === 'keep' ? [kept, dropped] : [dropped, kept];
    const rival = others[at] ?? -1;
    const twice = kind === 'drop' ? (dropped[at] ?? -1) : -1;
    if (rival >= 0 || twice >= 0) return Math.max(rival, twice);
    own[at] = segment;
    at += 1;
    if (kind === 'keep') from = at;
  }
  close();
  return changes;
}

function overlap(hunks: readonly Hunk[], one: number, other: number): Refusal {
  const [first, second] = [hunks[Math.min(one, other)], hunks[Math.max(one, other)]];
  const lines = [first, second].map((hunk) => String(hunk?.editLine ?? 1)).join(' and ');
  return refuse('E_APPLY_OVERLAP', `The parts of the edit from lines ${lines} on change the same place.`, {
    editLine: second?.editLine ?? 1,
    advice: 'Join them to one part.',
  });
}

function unevenIndent(hunk: Hunk | undefined): Refusal {
  return refuse('E_APPLY_NOT_FOUND', 'The new lines cannot be indented as the file is.', {
    ...(hunk !== undefined && { editLine: hunk.editLine }),
    advice: 'Repeat the lines with the indentation that they have in the file.',
  });
}
