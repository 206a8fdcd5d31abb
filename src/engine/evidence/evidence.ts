import { AnnotationShapes } from './annotation-shapes.ts';
import { type Ast, none } from '../ast.ts';
import { BindingShapes } from './binding-shapes.ts';
import { checkedShape } from './checked-shape.ts';
import { constructorType, globalFunctionResult, methodResult, staticMethodResult } from './builtin-shapes.ts';
import { literalTypes } from './literal-types.ts';
import { splitsIntoStrings } from './split-parts.ts';
import { binaryShape, logicalShape, unaryShape } from './operator-shapes.ts';
import type { TypePort } from './type-port.ts';
import type { Binding, Scope } from '../scope/scope.ts';
import { awaited, iterated, join, kept, literal, type Shape, type ShapeType } from './shape.ts';

/** How far a question may lead through other expressions, in depth and in all: variables may depend on each other in circles. */
const maximumDepth = 200;
const maximumSteps = 5000;

/** What is certain about values: from literals, constructors, annotations, guards, known returns and flow over variables. */
export class Evidence {
  readonly #ast: Ast;
  readonly #scope: Scope;
  readonly #annotations: AnnotationShapes;
  readonly #bindings: BindingShapes;
  readonly #memo = new Map<number, Shape | undefined>();
  readonly #open = new Set<number>();
  readonly #types: TypePort | undefined;
  #cuts = 0;
  #steps = 0;

  /** @param types asked where nothing else says what a value is */
  constructor(ast: Ast, scope: Scope, types?: TypePort) {
    this.#ast = ast;
    this.#types = types;
    this.#scope = scope;
    this.#annotations = new AnnotationShapes(ast);
    this.#bindings = new BindingShapes(ast, scope, this.#annotations, (node) => this.shapeOf(node));
  }

  /** What is certain about the value of an expression; `undefined` when nothing is. */
  shapeOf(node: number): Shape | undefined {
    if (node < 0) return undefined;
    if (this.#memo.has(node)) return this.#memo.get(node);
    // a value that depends on itself (`r = r.concat(x)`) is decided by its other sources
    if (this.#open.size === 0) this.#steps = 0;
    this.#steps += 1;
    if (this.#open.has(node) || this.#open.size > maximumDepth || this.#steps > maximumSteps) {
      this.#cuts += 1;
      return undefined;
    }
    const cutsBefore = this.#cuts;
    this.#open.add(node);
    const shape = this.#compute(node) ?? checkedShape(this.#ast, node, this.#types);
    this.#open.delete(node);
    // an answer that was cut short holds only for the question it was part of
    const isWhole = this.#cuts === cutsBefore;
    if (isWhole || this.#open.size === 0) this.#memo.set(node, shape);
    return shape;
  }

  /** `true` when the value is certainly of one of the types, and not null or undefined. */
  is(node: number, ...types: readonly ShapeType[]): boolean {
    const shape = this.shapeOf(node);
    return shape !== undefined && shape.nullish !== true && types.includes(shape.type);
  }

  /** What is certain about a variable at another place than its uses: what guards around those say does not count there. */
  shapeOfBinding(binding: Binding, place: number): Shape | undefined {
    const shape = this.#bindings.shapeAt(place, binding);
    const [declaration] = binding.declarations;
    const isOne = declaration !== undefined && binding.declarations.length === 1 && binding.kind !== 'var';
    return shape ?? (isOne ? checkedShape(this.#ast, declaration, this.#types) : undefined);
  }

  /** Certainly an array without holes at this point. */
  isDenseArray(node: number): boolean {
    return this.is(node, 'array') && this.shapeOf(node)?.dense === true;
  }

  /** One line for a finding's evidence, e.g. `xs is an array (annotation string[])`; `undefined` when nothing is known. */
  describe(node: number): string | undefined {
    const shape = this.shapeOf(node);
    if (shape === undefined) return undefined;
    return `${this.#ast.excerpt(node)} is ${/^[aeiou]/.test(shape.type) ? 'an' : 'a'} ${shape.type} (${shape.why})`;
  }

  #compute(node: number): Shape | undefined {
    const ast = this.#ast;
    const kind = ast.kind(node);
    const type = Object.hasOwn(literalTypes, kind) ? literalTypes[kind] : undefined;
    if (type !== undefined) return literal(type);
    switch (kind) {
      case 'NumericLiteral':
        return { ...literal('number'), integer: Number.isInteger(ast.number(node)) };
      case 'ObjectExpression':
        return { ...literal('object'), fresh: true };
      case 'ArrayExpression':
        return this.#array(node);
      case 'Identifier':
        return this.#identifier(node);
      default:
        return this.#computeOperation(node);
    }
  }

  #computeOperation(node: number): Shape | undefined {
    const ast = this.#ast;
    switch (ast.kind(node)) {
      case 'NewExpression':
        return this.#construction(node);
      case 'CallExpression':
        return this.#call(node);
      case 'MemberExpression':
        return this.#member(node);
      case 'UnaryExpression':
        return unaryShape(ast.value(node), this.shapeOf(ast.child(node, 'argument')));
      case 'UpdateExpression':
        return this.is(ast.child(node, 'argument'), 'number') ? literal('number') : undefined;
      case 'BinaryExpression':
        return binaryShape(
          ast.value(node),
          this.shapeOf(ast.child(node, 'left')),
          this.shapeOf(ast.child(node, 'right')),
        );
      case 'LogicalExpression':
        return logicalShape(
          ast.value(node),
          this.shapeOf(ast.child(node, 'left')),
          this.shapeOf(ast.child(node, 'right')),
        );
      case 'ConditionalExpression':
        return join([this.shapeOf(ast.child(node, 'consequent')), this.shapeOf(ast.child(node, 'alternate'))]);
      case 'AssignmentExpression':
        return ast.value(node) === '=' ? kept(this.shapeOf(ast.child(node, 'right'))) : undefined;
      case 'SequenceExpression':
        return this.shapeOf(ast.list(node, 'expressions').at(-1) ?? none);
      case 'AwaitExpression':
        return awaited(this.shapeOf(ast.child(node, 'argument')));
      case 'TSNonNullExpression': {
        const inner = this.shapeOf(ast.child(node, 'expression'));
        return inner === undefined ? undefined : { ...inner, nullish: false, level: 'E2' };
      }
      case 'TSSatisfiesExpression':
        return this.shapeOf(ast.child(node, 'expression'));
      case 'TSAsExpression':
      case 'TSTypeAssertion':
        return this.#assertion(node);
      default:
        return undefined;
    }
  }

  #array(node: number): Shape {
    const elements = this.#ast.list(node, 'elements');
    const dense = !elements.some((element) => this.#ast.is(element, 'Hole'));
    const shapes = elements.map((element) =>
      this.#ast.is(element, 'SpreadElement')
        ? iterated(this.shapeOf(this.#ast.child(element, 'argument')))
        : this.shapeOf(element),
    );
    return { ...literal('array'), dense, fresh: true, element: elements.length === 0 ? undefined : kept(join(shapes)) };
  }

  #identifier(node: number): Shape | undefined {
    if (this.#scope.isGlobal(node, 'undefined')) return literal('undefined');
    if (this.#scope.isGlobal(node, 'NaN') || this.#scope.isGlobal(node, 'Infinity')) return literal('number');
    const binding = this.#scope.bindingOf(node);
    return binding === undefined ? undefined : this.#bindings.shapeAt(node, binding);
  }

  #construction(node: number): Shape | undefined {
    const callee = this.#ast.child(node, 'callee');
    if (!this.#scope.isGlobal(callee)) return undefined;
    const type = constructorType(this.#ast.value(callee));
    if (type === undefined) return undefined;
    const element = type === 'set' ? kept(iterated(this.shapeOf(this.#ast.child(node, 'arguments')))) : undefined;
    return { type, level: 'E0', why: `new ${this.#ast.value(callee)}`, fresh: true, element };
  }

  #call(node: number): Shape | undefined {
    const ast = this.#ast;
    const callee = ast.child(node, 'callee');
    if (ast.has(node, 'optional') || ast.isInChain(node)) return undefined;
    if (this.#scope.isGlobal(callee))
      return this.#known(globalFunctionResult(ast.value(callee)), `result of ${ast.value(callee)}()`, 'E0');
    const method = ast.methodCall(node);
    if (method === undefined) return ast.isIdentifier(callee) ? this.#localCall(callee) : undefined;
    const why = `result of ${method.name}()`;
    if (this.#scope.isGlobal(method.object)) {
      const fixed = this.#known(
        staticMethodResult(ast.value(method.object), method.name),
        `result of ${ast.value(method.object)}.${method.name}()`,
        'E0',
      );
      if (fixed !== undefined) return fixed;
    }
    const receiver = this.shapeOf(method.object);
    if (receiver === undefined || receiver.nullish === true) return undefined;
    const result = this.#known(methodResult(receiver, method.name), why, receiver.level);
    const [callback] = method.args;
    if (method.name === 'split' && result !== undefined && !splitsIntoStrings(ast, callback, this))
      return { ...result, element: { ...literal('string'), why: 'part or captured group', nullish: true } };
    if (result?.type !== 'array' || method.name !== 'map') return result;
    const mapped =
      callback !== undefined &&
      ast.isFunction(callback) &&
      !ast.has(callback, 'async') &&
      !ast.has(callback, 'generator')
        ? this.shapeOf(ast.returnedExpression(callback))
        : undefined;
    return { ...result, element: kept(mapped) };
  }

  #localCall(callee: number): Shape | undefined {
    const binding = this.#scope.bindingOf(callee);
    const [declaration] = binding?.declarations ?? [];
    if (binding === undefined || declaration === undefined || this.#scope.isReassigned(binding)) return undefined;
    const parent = this.#ast.parent(declaration);
    const fn =
      this.#ast.is(parent, 'FunctionDeclaration') && binding.declarations.length === 1
        ? parent
        : this.#scope.initializer(binding);
    if (!this.#ast.isFunction(fn) || this.#ast.has(fn, 'generator')) return undefined;
    return this.#annotations.shapeOfType(this.#ast.child(fn, 'returnType'));
  }

  #member(node: number): Shape | undefined {
    const ast = this.#ast;
    if (ast.has(node, 'optional') || ast.isInChain(node)) return undefined;
    const object = ast.child(node, 'object');
    const property = ast.child(node, 'property');
    if (ast.is(object, 'ThisExpression')) return this.#bindings.thisProperty(node, property);
    const receiver = this.shapeOf(object);
    if (receiver === undefined || receiver.nullish === true) return undefined;
    if (ast.has(node, 'computed')) return this.#indexed(receiver, property);
    const name = ast.value(property);
    if (name === 'length' && ['array', 'string', 'typed-array', 'function'].includes(receiver.type))
      return { ...literal('number'), integer: true, why: 'length' };
    if (name === 'size' && ['set', 'map'].includes(receiver.type))
      return { ...literal('number'), integer: true, why: 'size' };
    return receiver.members === undefined ? undefined : this.#declaredProperty(receiver.members, name);
  }

  #declaredProperty(members: readonly number[], name: string): Shape | undefined {
    const property = this.#annotations.property(members, name);
    if (property === undefined) return undefined;
    const shape = this.#annotations.shapeOfType(property.type);
    return shape === undefined ? undefined : { ...shape, nullish: shape.nullish === true || property.optional };
  }

  #indexed(receiver: Shape, index: number): Shape | undefined {
    if (!this.is(index, 'number')) return undefined;
    if (receiver.type === 'string') return { type: 'string', level: receiver.level, why: 'character', nullish: true };
    return receiver.type === 'array' && receiver.element !== undefined
      ? { ...receiver.element, nullish: true }
      : undefined;
  }

  #assertion(node: number): Shape | undefined {
    const type = this.#ast.child(node, 'typeAnnotation');
    const expression = this.#ast.child(node, 'expression');
    if (this.#ast.is(type, 'TSTypeReference') && this.#ast.source(type) === 'const') return this.shapeOf(expression);
    const own = this.shapeOf(expression);
    const promised = this.#annotations.shapeOfType(type);
    return own !== undefined && promised !== undefined && own.type === promised.type
      ? { ...promised, ...own, element: own.element ?? promised.element }
      : (own ?? promised);
  }

  #known(
    result: (Partial<Shape> & { readonly type: ShapeType }) | undefined,
    why: string,
    level: Shape['level'],
  ): Shape | undefined {
    return result === undefined ? undefined : { ...result, level, why };
  }
}
