/** Characters that a parser gets at once. */
const pieceLength = 1_024;

/**
 * Code is read 1 to 4 times, with errors up to 16 times, and short texts, where each reading of a token counts a piece, up to 75
 * pieces in all. A token that has no end, such as a string that is never closed, is looked for through the whole text: with many
 * of them the time grows with the square of the length, within steps that are not counted.
 */
const piecesOfAny = 1_000;
const readingsAtMost = 60;

/** Hands a text to a parser in pieces and counts them, so that rereading ends at a count, which is the same on every machine. */
export class CountedText {
  readonly #text: string;
  #left: number;

  constructor(text: string) {
    this.#text = text;
    this.#left = piecesOfAny + readingsAtMost * Math.ceil(text.length / pieceLength);
  }

  /** It was read too often: from then on the parser sees no more of it, so that it comes to an end. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** What stands from an index on. */
  readonly read = (index: number): string => {
    this.#left -= 1;
    return this.isSpent ? '' : this.#text.slice(index, index + pieceLength);
  };
}
