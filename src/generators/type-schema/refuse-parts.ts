import type ts from 'typescript';
import type { FoundType } from './find-type.ts';
import { problemAt } from './type-source.ts';
import type { TypeSource } from './type-source.ts';

/** Types that build others without end are left to the gate. */
const maximumTypes = 5000;

interface Step {
  readonly type: ts.Type;
  /** For messages: `User.friends`. */
  readonly way: string;
  readonly node: ts.Node;
}

/**
 * Refuses types with parts that JSON has not: functions, symbols, bigints, and objects of the standard library such as Date.
 * @throws BoosterError E_GENERATE_INPUT with the place of the part
 */
export function refuseParts(
  source: TypeSource,
  program: ts.Program,
  { type, declaration }: FoundType,
  name: string,
): void {
  const parts = new Parts(source.typescript, program);
  const seen = new Set<ts.Type>();
  const open: Step[] = [{ type, way: name, node: declaration }];
  for (let step = open.pop(); step !== undefined && seen.size < maximumTypes; step = open.pop()) {
    if (seen.has(step.type)) continue;
    seen.add(step.type);
    const what = parts.problemOf(step.type);
    if (what !== undefined) {
      throw problemAt(
        source,
        step.node.getSourceFile(),
        step.node.getStart(),
        `${step.way} is ${what}, which JSON has not`,
      );
    }
    open.push(...parts.stepsOf(step));
  }
}

class Parts {
  readonly #ts: typeof ts;
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  constructor(typescript: typeof ts, program: ts.Program) {
    this.#ts = typescript;
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  /** What a type is, when JSON has no such values. */
  problemOf(type: ts.Type): string | undefined {
    const { TypeFlags } = this.#ts;
    if ((type.flags & TypeFlags.ESSymbolLike) !== 0) return 'a symbol';
    if ((type.flags & TypeFlags.BigIntLike) !== 0) return 'a bigint';
    if ((type.flags & TypeFlags.Object) === 0) return undefined;
    if (type.getCallSignatures().length + type.getConstructSignatures().length > 0) return 'a function';
    const symbol = type.getSymbol();
    const isDeclared =
      symbol !== undefined && (symbol.flags & (this.#ts.SymbolFlags.Interface | this.#ts.SymbolFlags.Class)) !== 0;
    const isOfLibrary = symbol?.declarations?.some((one) =>
      this.#program.isSourceFileDefaultLibrary(one.getSourceFile()),
    );
    if (!isDeclared || isOfLibrary !== true || this.#isList(type)) return undefined;
    return `a ${symbol.name}`;
  }

  /** The parts of a type. */
  stepsOf({ type, way, node }: Step): Step[] {
    if (type.isUnionOrIntersection()) return type.types.map((each) => ({ type: each, way, node }));
    if ((type.flags & this.#ts.TypeFlags.Object) === 0) return [];
    if (this.#isList(type)) {
      return this.#checker
        .getTypeArguments(type as ts.TypeReference)
        .map((each) => ({ type: each, way: `${way}[]`, node }));
    }
    const properties = this.#checker.getPropertiesOfType(type).map((property) => {
      const place = property.declarations?.[0];
      return { type: this.#checker.getTypeOfSymbol(property), way: `${way}.${property.name}`, node: place ?? node };
    });
    const others = this.#checker.getIndexInfosOfType(type);
    return [...properties, ...others.map((each) => ({ type: each.type, way: `${way}[…]`, node }))];
  }

  #isList(type: ts.Type): boolean {
    return this.#checker.isArrayType(type) || this.#checker.isTupleType(type);
  }
}
