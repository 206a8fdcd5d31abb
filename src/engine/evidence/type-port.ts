import type { Shape } from './shape.ts';

/** A range of the original text, in UTF-16 offsets. */
export type TextRange = readonly [start: number, end: number];

/** What a type checker says of the expression at exactly a range; without a shape, it says nothing that is of use. */
export interface TypeAnswer {
  readonly range: TextRange;
  readonly shape?: Shape;
}

/** Asks a type checker, beside this program, about an expression of the current text. */
export interface TypePort {
  shapeAt(start: number, end: number): Shape | undefined;
}
