import { type Ast, none } from '../ast.ts';
import { constructorType } from './builtin-shapes.ts';
import { join, type Shape, type ShapeType } from './shape.ts';

const keywords: Readonly<Record<string, ShapeType>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSBigIntKeyword: 'bigint',
  TSSymbolKeyword: 'symbol',
  TSNullKeyword: 'null',
  TSUndefinedKeyword: 'undefined',
  TSFunctionType: 'function',
  TSTemplateLiteralType: 'string',
};

const genericTypes: Readonly<Record<string, ShapeType>> = {
  ReadonlyArray: 'array',
  ReadonlySet: 'set',
  ReadonlyMap: 'map',
  WeakMap: 'object',
  WeakSet: 'object',
};

/** Types that say no more than "some object". */
const objectTypes = new Set(['Record', 'Error', 'URL', 'Buffer']);

/** Types of one name in one block. */
interface Declarations {
  readonly nodes: number[];
  readonly kinds: Set<string>;
  /** Bodies of interfaces, which are one; made when they are asked for. */
  members?: readonly number[];
}

/** Shapes from TypeScript annotations. Only types written in the same file are followed; imported ones stay unknown. */
export class AnnotationShapes {
  readonly #ast: Ast;
  /** Declarations of a name, by the block that they hold in. */
  readonly #declared = new Map<string, Map<number, Declarations>>();
  readonly #imported = new Set<string>();

  constructor(ast: Ast) {
    this.#ast = ast;
    for (const kind of [
      'TSInterfaceDeclaration',
      'TSTypeAliasDeclaration',
      'ClassDeclaration',
      'TSEnumDeclaration',
      'TSTypeParameter',
    ]) {
      for (const node of ast.ofKind(kind)) {
        const id = ast.child(node, kind === 'TSTypeParameter' ? 'name' : 'id');
        const name = ast.value(id === none ? node : id);
        this.#declare(name, node);
      }
    }
    for (const kind of ['ImportSpecifier', 'ImportDefaultSpecifier', 'ImportNamespaceSpecifier']) {
      for (const node of ast.ofKind(kind)) this.#imported.add(ast.value(ast.child(node, 'local')));
    }
  }

  #declare(name: string, node: number): void {
    const blocks = this.#declared.get(name) ?? new Map<number, Declarations>();
    this.#declared.set(name, blocks);
    const block = this.#blockOf(node);
    const known = blocks.get(block) ?? { nodes: [], kinds: new Set() };
    blocks.set(block, known);
    known.nodes.push(node);
    known.kinds.add(this.#ast.kind(node));
  }

  /** Shape that an annotation promises; accepts the `TSTypeAnnotation` wrapper or the type itself. */
  shapeOfType(type: number, depth = 0): Shape | undefined {
    const ast = this.#ast;
    if (type === none || depth > 8) return undefined;
    const kind = ast.kind(type);
    if (kind === 'TSTypeAnnotation') return this.shapeOfType(ast.child(type, 'typeAnnotation'), depth + 1);
    const keyword = Object.hasOwn(keywords, kind) ? keywords[kind] : undefined;
    if (keyword !== undefined) return this.#annotated({ type: keyword }, type);
    switch (kind) {
      case 'TSArrayType':
        return this.#annotated(
          { type: 'array', element: this.shapeOfType(ast.child(type, 'elementType'), depth + 1) },
          type,
        );
      case 'TSTupleType':
        return this.#annotated({ type: 'array' }, type);
      case 'TSTypeOperator':
        return ast.value(type) === 'readonly'
          ? this.shapeOfType(ast.child(type, 'typeAnnotation'), depth + 1)
          : undefined;
      case 'TSUnionType':
        return join(ast.list(type, 'types').map((member) => this.shapeOfType(member, depth + 1)));
      case 'TSLiteralType':
        return this.#literal(ast.child(type, 'literal'));
      case 'TSTypeLiteral':
        return this.#annotated({ type: 'object', members: [type] }, type);
      case 'TSTypeReference':
        return this.#reference(type, depth);
      default:
        return undefined;
    }
  }

  /** Type node of a property in a member list, with whether it is optional. */
  property(
    members: readonly number[],
    name: string,
  ): { readonly type: number; readonly optional: boolean } | undefined {
    for (const list of members) {
      for (const member of this.#ast.children(list)) {
        const key = this.#ast.child(member, 'key');
        const isNamed =
          (this.#ast.isIdentifier(key, name) && !this.#ast.has(member, 'computed')) || this.#ast.string(key) === name;
        if (!isNamed || this.#ast.has(member, 'static')) continue;
        if (!this.#ast.is(member, 'TSPropertySignature', 'PropertyDefinition')) continue;
        return { type: this.#ast.child(member, 'typeAnnotation'), optional: this.#ast.has(member, 'optional') };
      }
    }
    return undefined;
  }

  #annotated(shape: Partial<Shape> & { readonly type: ShapeType }, type: number): Shape {
    const text = this.#ast.source(type).replace(/\s+/g, ' ');
    return { ...shape, level: 'E2', why: `annotation ${text.length > 40 ? `${text.slice(0, 37)}…` : text}` };
  }

  #literal(literal: number): Shape | undefined {
    const ast = this.#ast;
    if (ast.is(literal, 'StringLiteral', 'TemplateLiteral')) return this.#annotated({ type: 'string' }, literal);
    if (ast.number(literal) !== undefined)
      return this.#annotated({ type: 'number', integer: Number.isInteger(ast.number(literal)) }, literal);
    if (ast.is(literal, 'BooleanLiteral')) return this.#annotated({ type: 'boolean' }, literal);
    if (ast.is(literal, 'BigIntLiteral')) return this.#annotated({ type: 'bigint' }, literal);
    return undefined;
  }

  #reference(type: number, depth: number): Shape | undefined {
    const ast = this.#ast;
    const typeName = ast.child(type, 'typeName');
    if (!ast.isIdentifier(typeName)) return undefined;
    const name = ast.value(typeName);
    const declarations = this.#declared.get(name);
    if (declarations !== undefined) return this.#declaredType(this.#visibleAt(declarations, type), type, depth);
    if (this.#imported.has(name)) return undefined;
    const parameters = ast.list(ast.child(type, 'typeArguments'), 'params');
    const builtin = Object.hasOwn(genericTypes, name) ? genericTypes[name] : constructorType(name);
    if (builtin === 'map') {
      return this.#annotated(
        { type: builtin, key: this.#argument(parameters, 0, depth), element: this.#argument(parameters, 1, depth) },
        type,
      );
    }
    if (builtin !== undefined) {
      const holdsArgument = ['array', 'set', 'promise'].includes(builtin);
      return this.#annotated(
        { type: builtin, element: holdsArgument ? this.#argument(parameters, 0, depth) : undefined },
        type,
      );
    }
    return objectTypes.has(name) ? this.#annotated({ type: 'object' }, type) : undefined;
  }

  #argument(parameters: readonly number[], index: number, depth: number): Shape | undefined {
    const argument = parameters[index];
    return argument === undefined ? undefined : this.shapeOfType(argument, depth + 1);
  }

  /** Of several types of one name, those of the innermost block around the use. */
  #visibleAt(blocks: ReadonlyMap<number, Declarations>, use: number): Declarations | undefined {
    for (let at = use; at >= this.#ast.root; at = this.#ast.parent(at)) {
      const found = blocks.get(at);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #blockOf(declaration: number): number {
    const ast = this.#ast;
    // a type parameter holds in what it belongs to
    if (ast.is(declaration, 'TSTypeParameter')) return ast.parent(ast.parent(declaration));
    let at = ast.parent(declaration);
    while (at > ast.root && !ast.is(at, 'BlockStatement', 'TSModuleBlock', 'StaticBlock', 'SwitchStatement'))
      at = ast.parent(at);
    return at;
  }

  #declaredType(declarations: Declarations | undefined, type: number, depth: number): Shape | undefined {
    const ast = this.#ast;
    const { nodes = [], kinds = new Set() } = declarations ?? {};
    const [first] = nodes;
    if (declarations === undefined || first === undefined || kinds.size > 1) return undefined;
    if (kinds.has('TSTypeAliasDeclaration')) {
      return nodes.length === 1 ? this.shapeOfType(ast.child(first, 'typeAnnotation'), depth + 1) : undefined;
    }
    // an interface that extends another may narrow nothing away: own members are enough for look-ups
    if (kinds.has('TSInterfaceDeclaration')) {
      declarations.members ??= nodes.map((node) => ast.child(node, 'body'));
      return this.#annotated({ type: 'object', members: declarations.members }, type);
    }
    if (kinds.has('ClassDeclaration'))
      return this.#annotated({ type: 'object', members: [ast.child(first, 'body')] }, type);
    return undefined;
  }
}
