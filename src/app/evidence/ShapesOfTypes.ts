import type ts from 'typescript';
import { join } from '../../engine/evidence/shape.ts';
import type { Shape, ShapeType } from '../../engine/evidence/shape.ts';

/** Types of the standard library that are told by their name. */
const libraryTypes: Readonly<Record<string, ShapeType>> = {
  Map: 'map',
  ReadonlyMap: 'map',
  Set: 'set',
  ReadonlySet: 'set',
  RegExp: 'regexp',
  Date: 'date',
  Promise: 'promise',
  Int8Array: 'typed-array',
  Uint8Array: 'typed-array',
  Uint8ClampedArray: 'typed-array',
  Int16Array: 'typed-array',
  Uint16Array: 'typed-array',
  Int32Array: 'typed-array',
  Uint32Array: 'typed-array',
  Float32Array: 'typed-array',
  Float64Array: 'typed-array',
};

/** Elements of elements are of no use to any rule beyond this. */
const maximumDepth = 3;

/** What types of the checker say about values, in the words of the engine. */
export class ShapesOfTypes {
  readonly #ts: typeof ts;
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  constructor(typescript: typeof ts, program: ts.Program) {
    this.#ts = typescript;
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  /** `undefined` for `any`, `unknown`, unions of different kinds, and classes of the project. */
  shapeAt(node: ts.Node): Shape | undefined {
    return this.#shapeOf(this.#checker.getTypeAtLocation(node), 0);
  }

  #shapeOf(type: ts.Type, depth: number): Shape | undefined {
    const { TypeFlags } = this.#ts;
    if (depth > maximumDepth || (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) !== 0)
      return undefined;
    const primitive = this.#primitive(type);
    if (primitive !== undefined) return this.#checked(type, { type: primitive });
    if (type.isUnion()) return join(type.types.map((part) => this.#shapeOf(part, depth)));
    if (type.isIntersection()) {
      // a branded string is a string
      const own = type.types.find((part) => this.#primitive(part) !== undefined);
      return own === undefined ? undefined : this.#shapeOf(own, depth);
    }
    if ((type.flags & TypeFlags.TypeParameter) !== 0) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? undefined : this.#shapeOf(constraint, depth + 1);
    }
    return this.#object(type, depth);
  }

  #primitive(type: ts.Type): ShapeType | undefined {
    const { TypeFlags } = this.#ts;
    const { flags } = type;
    if ((flags & TypeFlags.StringLike) !== 0) return 'string';
    if ((flags & TypeFlags.BooleanLike) !== 0) return 'boolean';
    if (type.isUnion()) return undefined;
    if ((flags & TypeFlags.NumberLike) !== 0) return 'number';
    if ((flags & TypeFlags.BigIntLike) !== 0) return 'bigint';
    if ((flags & TypeFlags.ESSymbolLike) !== 0) return 'symbol';
    if ((flags & TypeFlags.Null) !== 0) return 'null';
    return (flags & (TypeFlags.Undefined | TypeFlags.Void)) === 0 ? undefined : 'undefined';
  }

  #object(type: ts.Type, depth: number): Shape | undefined {
    if (this.#checker.isTupleType(type)) return this.#checked(type, { type: 'array' });
    const [first, second] = this.#argumentsOf(type).map((one) => this.#shapeOf(one, depth + 1));
    if (this.#checker.isArrayType(type)) return this.#checked(type, { type: 'array', element: first });
    const name = this.#libraryName(type);
    const known = name !== undefined && Object.hasOwn(libraryTypes, name) ? libraryTypes[name] : undefined;
    if (known === 'map') return this.#checked(type, { type: known, key: first, element: second });
    if (known === 'set' || known === 'promise') return this.#checked(type, { type: known, element: first });
    if (known !== undefined) return this.#checked(type, { type: known });
    return type.getCallSignatures().length > 0 ? this.#checked(type, { type: 'function' }) : undefined;
  }

  #argumentsOf(type: ts.Type): readonly ts.Type[] {
    const { ObjectFlags } = this.#ts;
    const isReference = 'objectFlags' in type && ((type as ts.ObjectType).objectFlags & ObjectFlags.Reference) !== 0;
    return isReference ? this.#checker.getTypeArguments(type as ts.TypeReference) : [];
  }

  /** A class or an interface of the project may have the name of another. */
  #libraryName(type: ts.Type): string | undefined {
    const symbol = type.getSymbol();
    const isOfLibrary = symbol?.declarations?.some((one) =>
      this.#program.isSourceFileDefaultLibrary(one.getSourceFile()),
    );
    return isOfLibrary === true ? symbol?.name : undefined;
  }

  #checked(type: ts.Type, shape: Pick<Shape, 'type' | 'element' | 'key'>): Shape {
    const text = this.#checker.typeToString(type);
    return { ...shape, level: 'E3', why: `TypeScript: ${text.length > 40 ? `${text.slice(0, 37)}…` : text}` };
  }
}
