/** Lines and columns of a text. Lines end at LF, CRLF, CR, U+2028 and U+2029, as ECMAScript has it. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    const ends = /\r\n|[\n\r\u2028\u2029]/g;
    for (let match = ends.exec(text); match !== null; match = ends.exec(text)) this.#starts.push(ends.lastIndex);
  }

  /** 1-based line and column (in UTF-16 units) of an offset. */
  place(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
