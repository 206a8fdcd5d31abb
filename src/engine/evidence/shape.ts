/** Kinds of values that rules ask about. `object` is any other non-primitive whose own type is known. */
export type ShapeType =
  | 'array'
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'symbol'
  | 'null'
  | 'undefined'
  | 'map'
  | 'set'
  | 'regexp'
  | 'promise'
  | 'date'
  | 'function'
  | 'typed-array'
  | 'object';

/** How a fact is known: `E0` syntax, `E1` local data flow, `E2` annotation or guard, `E3` a type checker. */
export type EvidenceLevel = 'E0' | 'E1' | 'E2' | 'E3';

/** What is certain about the value of an expression. */
export interface Shape {
  readonly type: ShapeType;
  readonly level: EvidenceLevel;
  /** How it is known, for people: `literal`, `annotation`, `result of split()`. */
  readonly why: string;
  /** The value may also be null or undefined (optional, union, index access). */
  readonly nullish?: boolean;
  /** Arrays and sets: what the elements are, when known. Maps: the values. */
  readonly element?: Shape | undefined;
  /** Maps: what the keys are. */
  readonly key?: Shape | undefined;
  /** Arrays: created without holes, before anything else could touch it. */
  readonly dense?: boolean;
  /** Arrays, objects: made by this very expression, nobody else holds it. */
  readonly fresh?: boolean;
  /** Numbers: certainly an integer (so never NaN). */
  readonly integer?: boolean;
  /** Objects of a declared type: node of the member list (`TSInterfaceBody`, `TSTypeLiteral`), to look up properties. */
  readonly members?: readonly number[];
}

const levels: readonly EvidenceLevel[] = ['E0', 'E1', 'E2', 'E3'];

/** The weaker of two levels. */
export function weaker(a: EvidenceLevel, b: EvidenceLevel): EvidenceLevel {
  return levels.indexOf(a) >= levels.indexOf(b) ? a : b;
}

/** What is certain when a value is one of several: only what all agree on. */
export function join(shapes: readonly (Shape | undefined)[]): Shape | undefined {
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.length !== shapes.length) return undefined;
  const values = known.filter((shape) => shape.type !== 'null' && shape.type !== 'undefined');
  const [first, ...rest] = values;
  if (first === undefined) return known[0];
  const nullish = values.length < known.length || values.some((shape) => shape.nullish);
  return rest.reduce<Shape | undefined>(
    (result, shape) => (result === undefined ? undefined : joinTwo(result, shape)),
    { ...first, nullish },
  );
}

function joinTwo(a: Shape, b: Shape): Shape | undefined {
  if (a.type !== b.type) return undefined;
  const result: Shape = {
    type: a.type,
    level: weaker(a.level, b.level),
    // of thousands of elements the first reasons are enough
    why: a.why.includes(b.why) || a.why.length > 80 ? a.why : `${a.why} or ${b.why}`,
    nullish: a.nullish === true || b.nullish === true,
    dense: a.dense === true && b.dense === true,
    fresh: a.fresh === true && b.fresh === true,
    integer: a.integer === true && b.integer === true,
  };
  const element = a.element === undefined || b.element === undefined ? undefined : join([a.element, b.element]);
  const key = a.key === undefined || b.key === undefined ? undefined : join([a.key, b.key]);
  return { ...result, element, key };
}

/** Shape of what an iteration gives: `[...x]`, `new Set(x)`, `for (… of x)`. A map gives its entries, which are not described. */
export function iterated(shape: Shape | undefined): Shape | undefined {
  if (shape?.type === 'string') return { type: 'string', level: shape.level, why: 'character' };
  return shape?.type === 'array' || shape?.type === 'set' ? shape.element : undefined;
}

/** Shape of `await x`. Promises of promises give the innermost value. */
export function awaited(shape: Shape | undefined): Shape | undefined {
  const value = shape?.type === 'promise' ? shape.element : undefined;
  return value?.type === 'promise' ? undefined : value;
}

/** `true` for values without identity: comparing and copying them is free of surprises. */
export function isPrimitive(shape: Shape | undefined): boolean {
  return (
    shape !== undefined && ['string', 'number', 'boolean', 'bigint', 'symbol', 'null', 'undefined'].includes(shape.type)
  );
}

/** What a literal or an operator alone makes certain. */
export function literal(type: ShapeType): Shape {
  return { type, level: 'E0', why: 'literal' };
}

/** The same of a value that a variable, an element or a property keeps: others may hold it too, and may make holes in it. */
export function kept(shape: Shape | undefined): Shape | undefined {
  return shape === undefined ? undefined : { ...shape, fresh: false, dense: false };
}
