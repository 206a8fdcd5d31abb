/** Replaces the UTF-16 range `[start, end)` of a text by `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits sorted by position; `true` when no two overlap. Two insertions at one place overlap: their order would be a guess. */
export function areDisjoint(sorted: readonly Edit[]): boolean {
  return sorted.every((edit, index) => {
    const before = sorted[index - 1];
    if (before === undefined) return true;
    if (before.start === edit.start && before.end === edit.end && edit.start === edit.end) return false;
    return before.end <= edit.start;
  });
}

export function sortEdits(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Applies sorted, disjoint edits. */
export function applyEdits(text: string, sorted: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of sorted) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Shrinks an edit to what it really changes, never splitting a surrogate pair or a CRLF. */
export function trimEdit(text: string, edit: Edit): Edit {
  const old = text.slice(edit.start, edit.end);
  const limit = Math.min(old.length, edit.text.length);
  let head = 0;
  while (head < limit && old[head] === edit.text[head]) head += 1;
  if (splitsUnit(old, head) || splitsUnit(edit.text, head)) head -= 1;
  let tail = 0;
  while (tail < limit - head && old[old.length - 1 - tail] === edit.text[edit.text.length - 1 - tail]) tail += 1;
  if (splitsUnit(old, old.length - tail) || splitsUnit(edit.text, edit.text.length - tail)) tail -= 1;
  return {
    start: edit.start + head,
    end: edit.end - tail,
    text: edit.text.slice(head, edit.text.length - tail),
  };
}

function splitsUnit(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  const splitsPair = before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
  return splitsPair || (before === 13 && after === 10);
}

interface Piece {
  /** Range of the original text, or the inserted text. */
  readonly start: number;
  readonly end: number;
  readonly inserted: string | undefined;
}

/**
 * A text under repeated editing that still knows which characters come from the original: however many rounds of edits
 * went over it, {@link EditedText.edits} gives one sorted, disjoint edit set against the original.
 */
export class EditedText {
  readonly original: string;
  #pieces: Piece[];

  constructor(original: string) {
    this.original = original;
    this.#pieces = original === '' ? [] : [{ start: 0, end: original.length, inserted: undefined }];
  }

  get text(): string {
    return this.#pieces.map((piece) => piece.inserted ?? this.original.slice(piece.start, piece.end)).join('');
  }

  /** Applies sorted, disjoint edits in coordinates of the current text. */
  apply(sorted: readonly Edit[]): void {
    const result: Piece[] = [];
    const queue = [...this.#pieces].reverse();
    let at = 0;
    for (const edit of sorted) {
      at = movePieces(queue, result, at, edit.start);
      at = movePieces(queue, [], at, edit.end);
      if (edit.text !== '') result.push({ start: 0, end: edit.text.length, inserted: edit.text });
    }
    movePieces(queue, result, at, Infinity);
    this.#pieces = result;
  }

  /** Offset in the original that an offset of the current text comes from; inside inserted text, the place it was inserted at. */
  originalOffset(offset: number): number {
    let at = 0;
    let original = 0;
    for (const piece of this.#pieces) {
      const length = piece.end - piece.start;
      if (offset < at + length) return piece.inserted === undefined ? piece.start + (offset - at) : original;
      at += length;
      if (piece.inserted === undefined) original = piece.end;
    }
    return this.original.length;
  }

  /** The range of the original that a range of the current text is, when all of it comes from there in one piece. */
  originalRange(start: number, end: number): readonly [start: number, end: number] | undefined {
    let at = 0;
    for (const piece of this.#pieces) {
      const length = piece.end - piece.start;
      if (start < at + length) {
        if (piece.inserted !== undefined || start < at || end > at + length) return undefined;
        return [piece.start + (start - at), piece.start + (end - at)];
      }
      at += length;
    }
    return undefined;
  }

  /** The edits that turn the original into the current text, trimmed to what they really change. */
  edits(): Edit[] {
    const edits: Edit[] = [];
    let at = 0;
    let inserted = '';
    const flush = (end: number): void => {
      if (end > at || inserted !== '') {
        const edit = trimEdit(this.original, { start: at, end, text: inserted });
        if (edit.end > edit.start || edit.text !== '') edits.push(edit);
      }
    };
    for (const piece of this.#pieces) {
      if (piece.inserted === undefined) {
        flush(piece.start);
        at = piece.end;
        inserted = '';
      } else inserted += piece.inserted;
    }
    flush(this.original.length);
    return edits;
  }
}

/** Moves pieces from the end of `queue` to `target` until position `to`, splitting the piece that holds it. */
function movePieces(queue: Piece[], target: Piece[], from: number, to: number): number {
  let at = from;
  while (at < to) {
    const piece = queue.pop();
    if (piece === undefined) return at;
    const length = piece.end - piece.start;
    if (at + length <= to) {
      target.push(piece);
      at += length;
      continue;
    }
    const cut = piece.start + (to - at);
    const { inserted } = piece;
    target.push(
      inserted === undefined
        ? { start: piece.start, end: cut, inserted }
        : { start: 0, end: to - at, inserted: inserted.slice(0, to - at) },
    );
    queue.push(
      inserted === undefined
        ? { start: cut, end: piece.end, inserted }
        : { start: 0, end: length - (to - at), inserted: inserted.slice(to - at) },
    );
    at = to;
  }
  return at;
}
