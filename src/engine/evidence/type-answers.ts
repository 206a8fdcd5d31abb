import type { EditedText } from '../edit.ts';
import type { Shape } from './shape.ts';
import type { TextRange, TypeAnswer, TypePort } from './type-port.ts';

/**
 * Answers of a type checker about the original text, asked for by ranges of the current one. The engine runs where no checker is; it
 * notes what it would ask, and is run again with the answers.
 */
export class TypeAnswers implements TypePort {
  readonly #edited: EditedText;
  readonly #known: ReadonlyMap<string, Shape | undefined>;
  readonly #asked = new Map<string, TextRange>();

  constructor(answers: readonly TypeAnswer[], edited: EditedText) {
    this.#edited = edited;
    this.#known = new Map(answers.map(({ range, shape }) => [range.join(), shape]));
  }

  /** Ranges that there was no answer for. */
  get asked(): readonly TextRange[] {
    return [...this.#asked.values()];
  }

  /** Code that a rewrite has touched has no type: the checker never saw it. */
  shapeAt(start: number, end: number): Shape | undefined {
    const range = this.#edited.originalRange(start, end);
    if (range === undefined) return undefined;
    const key = range.join();
    if (this.#known.has(key)) return this.#known.get(key);
    this.#asked.set(key, range);
    return undefined;
  }
}
