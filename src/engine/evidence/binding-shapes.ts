import type { AnnotationShapes } from './annotation-shapes.ts';
import { keepsElements, staysDense } from './array-density.ts';
import { elementMethods } from './array-methods.ts';
import { type Ast, none } from '../ast.ts';
import { Guards } from './guards.ts';
import type { Binding, Scope } from '../scope/scope.ts';
import { isSetBefore } from '../scope/set-before.ts';
import { iterated, join, kept, type Shape, weaker } from './shape.ts';

/** What is certain about variables, parameters and `this.` properties. */
export class BindingShapes {
  readonly #ast: Ast;
  readonly #scope: Scope;
  readonly #annotations: AnnotationShapes;
  readonly #guards: Guards;
  readonly #shapeOf: (node: number) => Shape | undefined;

  constructor(ast: Ast, scope: Scope, annotations: AnnotationShapes, shapeOf: (node: number) => Shape | undefined) {
    this.#ast = ast;
    this.#scope = scope;
    this.#annotations = annotations;
    this.#guards = new Guards(ast, scope);
    this.#shapeOf = shapeOf;
  }

  shapeAt(node: number, binding: Binding): Shape | undefined {
    const shape = this.#guards.shapeAt(node, binding) ?? this.#declared(binding);
    // before its declaration ran, a `var` is undefined, where `let` and `const` would throw
    return shape === undefined || binding.kind !== 'var' || isSetBefore(this.#ast, binding, node)
      ? shape
      : { ...shape, nullish: true };
  }

  /** Shape of `this.name` from the annotation of the class's own field. */
  thisProperty(node: number, property: number): Shape | undefined {
    const ast = this.#ast;
    const body = this.#classBodyOfThis(node);
    if (body === none || ast.has(node, 'computed')) return undefined;
    for (const member of ast.list(body, 'body')) {
      const key = ast.child(member, 'key');
      const isSame = ast.kind(key) === ast.kind(property) && ast.value(key) === ast.value(property);
      if (!isSame || !ast.is(member, 'PropertyDefinition') || ast.has(member, 'static') || ast.has(member, 'computed'))
        continue;
      const shape = this.#annotations.shapeOfType(ast.child(member, 'typeAnnotation'));
      if (shape !== undefined) return { ...shape, nullish: shape.nullish === true || ast.has(member, 'optional') };
      return ast.has(member, 'readonly') ? flowed(this.#shapeOf(ast.child(member, 'value'))) : undefined;
    }
    return undefined;
  }

  #classBodyOfThis(node: number): number {
    const ast = this.#ast;
    for (let at = ast.parent(node); at >= 0; at = ast.parent(at)) {
      if (ast.is(at, 'ArrowFunctionExpression')) continue;
      const parent = ast.parent(at);
      // a static field's `this` is the class, a computed key's `this` is that of the place around
      if (
        ast.is(parent, 'ClassBody') &&
        !ast.is(at, 'StaticBlock') &&
        (ast.has(at, 'static') || isKeyPart(ast, at, node))
      )
        return none;
      if (ast.isFunction(at) && !(ast.is(parent, 'MethodDefinition') && !ast.has(parent, 'static'))) return none;
      if (ast.is(at, 'StaticBlock')) return none;
      if (ast.is(at, 'ClassBody')) return at;
    }
    return none;
  }

  #declared(binding: Binding): Shape | undefined {
    const [declaration] = binding.declarations;
    if (declaration === undefined || binding.declarations.length > 1) return undefined;
    const annotation = this.#ast.child(declaration, 'typeAnnotation');
    if (annotation !== none) return this.#annotated(declaration, annotation, binding);
    const parent = this.#ast.parent(declaration);
    if (binding.kind === 'parameter') return this.#parameter(declaration, parent, binding);
    if (this.#ast.is(parent, 'VariableDeclarator') && this.#ast.field(declaration) === 'id')
      return this.#variable(parent, binding);
    if (this.#ast.is(parent, 'Property')) return this.#destructured(parent, binding);
    return undefined;
  }

  #annotated(declaration: number, annotation: number, binding: Binding): Shape | undefined {
    const shape = this.#annotations.shapeOfType(annotation);
    if (shape === undefined) return undefined;
    const init = this.#scope.initializer(binding);
    const flow = init === none ? undefined : this.#shapeOf(init);
    const dense = flow?.type === 'array' && flow.dense === true && staysDense(this.#ast, binding);
    const isRest = this.#ast.is(this.#ast.parent(declaration), 'RestElement');
    return {
      ...shape,
      nullish: shape.nullish === true || this.#ast.has(declaration, 'optional'),
      dense: dense || (isRest && staysDense(this.#ast, binding)),
      element: shape.element ?? (keepsElements(this.#ast, binding) ? shallow(flow?.element) : undefined),
    };
  }

  #parameter(declaration: number, parent: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    if (ast.is(parent, 'RestElement')) {
      const type = this.#annotations.shapeOfType(ast.child(parent, 'typeAnnotation'));
      return ast.isFunction(ast.parent(parent))
        ? {
            type: 'array',
            level: 'E0',
            why: 'rest parameter',
            dense: staysDense(this.#ast, binding),
            element: type?.element,
          }
        : undefined;
    }
    if (this.#scope.isReassigned(binding)) return undefined;
    if (ast.isFunction(parent)) return this.#callbackParameter(declaration, parent);
    if (ast.is(parent, 'Property')) return this.#destructured(parent, binding);
    return undefined;
  }

  /** Parameters of a callback handed straight to an array method. */
  #callbackParameter(declaration: number, fn: number): Shape | undefined {
    const ast = this.#ast;
    const method = ast.methodCall(ast.parent(fn));
    if (method?.args[0] !== fn || this.#callsItself(fn)) return undefined;
    const index = ast.list(fn, 'params').indexOf(declaration);
    const receiver = this.#shapeOf(method.object);
    if (receiver?.type !== 'array' || receiver.nullish === true) return undefined;
    const isReduce = method.name === 'reduce' || method.name === 'reduceRight';
    const position: Shape = { type: 'number', level: 'E0', why: 'index', integer: true };
    if (isReduce && index === 1) return flowed(receiver.element);
    if (isReduce && index === 2) return position;
    if (isReduce && index === 0)
      return method.args[1] === undefined ? undefined : this.#accumulator(fn, method.args[1]);
    if (method.name === 'sort' || method.name === 'toSorted') return flowed(receiver.element);
    if (!elementMethods.has(method.name)) return undefined;
    return [flowed(receiver.element), position, flowed(receiver)][index];
  }

  #callsItself(fn: number): boolean {
    const name = this.#ast.is(fn, 'FunctionExpression') ? this.#ast.child(fn, 'id') : none;
    return name !== none && (this.#scope.bindingOf(name)?.references.length ?? 0) > 0;
  }

  /** A reducer's accumulator: its start value, and what the callback returns must agree. */
  #accumulator(fn: number, start: number): Shape | undefined {
    const initial = this.#shapeOf(start);
    const returned = this.#ast.returnedExpression(fn);
    if (initial === undefined || returned === none) return undefined;
    const next = this.#shapeOf(returned);
    if (next === undefined || next.type !== initial.type) return undefined;
    const nullish = initial.nullish === true || next.nullish === true;
    return { type: initial.type, level: weaker(initial.level, next.level), why: 'accumulator', nullish };
  }

  #variable(declarator: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    const init = ast.child(declarator, 'init');
    const loop = ast.parent(ast.parent(declarator));
    if (init === none) return this.#loopVariable(loop, ast.parent(declarator), binding) ?? undefined;
    const first = byDataFlow(this.#shapeOf(init));
    if (first === undefined) return undefined;
    const writes = binding.references.filter((reference) => reference.write && !reference.init);
    if (writes.length === 0) return this.#neverReassigned(first, binding);
    const values = writes.map((reference) => this.#writtenShape(reference.node, first));
    const joined = join([first, ...values]);
    return joined === undefined ? undefined : { ...joined, dense: false, fresh: false };
  }

  /** The value stays the same, but what it holds may change. TypeScript infers the elements as we do and keeps others out. */
  #neverReassigned(first: Shape, binding: Binding): Shape {
    const value = { ...first, dense: first.dense === true && staysDense(this.#ast, binding), fresh: false };
    if (first.element === undefined || !['array', 'set'].includes(first.type)) return value;
    const { language } = this.#ast.tree;
    if (language === 'typescript' || language === 'tsx')
      return { ...value, element: { ...first.element, level: 'E2' } };
    return { ...value, element: keepsElements(this.#ast, binding) ? shallow(first.element) : undefined };
  }

  /** Shape that one reassignment gives, taking the variable's own type as `first` where the value depends on itself. */
  #writtenShape(node: number, first: Shape): Shape | undefined {
    const ast = this.#ast;
    const parent = ast.parent(node);
    if (ast.is(parent, 'UpdateExpression')) return first.type === 'number' ? first : undefined;
    if (!ast.is(parent, 'AssignmentExpression') || ast.field(node) !== 'left') return undefined;
    const operator = ast.value(parent);
    const right = ast.child(parent, 'right');
    if (operator === '=') return this.#selfDependent(right, node, first) ?? this.#shapeOf(right);
    if (operator === '+=' && first.type === 'string') return { ...first, why: 'concatenation' };
    const value = this.#shapeOf(right);
    const isNumeric = ['+=', '-=', '*=', '/=', '%=', '**=', '|=', '&=', '^=', '<<=', '>>=', '>>>='].includes(operator);
    return isNumeric && first.type === 'number' && value?.type === 'number' && value.nullish !== true
      ? { ...first, integer: first.integer === true && value.integer === true && ['+=', '-=', '*='].includes(operator) }
      : undefined;
  }

  /** `r = r.concat(x)`, `r = r.filter(f)`: an array method on the variable itself. */
  #selfDependent(right: number, node: number, first: Shape): Shape | undefined {
    const method = this.#ast.methodCall(right, 'concat', 'filter', 'slice', 'map', 'sort', 'reverse');
    if (method === undefined || first.type !== 'array') return undefined;
    const binding = this.#scope.bindingOf(node);
    const isSelf = binding !== undefined && this.#scope.bindingOf(method.object) === binding;
    return isSelf ? { type: 'array', level: 'E1', why: 'data flow' } : undefined;
  }

  #loopVariable(loop: number, declaration: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    if (ast.child(loop, 'left') !== declaration || this.#scope.isReassigned(binding)) return undefined;
    if (ast.is(loop, 'ForInStatement')) return { type: 'string', level: 'E0', why: 'for-in key' };
    if (!ast.is(loop, 'ForOfStatement') || ast.has(loop, 'await')) return undefined;
    return flowed(iterated(this.#shapeOf(ast.child(loop, 'right'))));
  }

  /** `{ name }` taken from a value of a declared type. */
  #destructured(property: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    const pattern = ast.parent(property);
    if (this.#scope.isReassigned(binding) || ast.has(property, 'computed') || !ast.is(pattern, 'ObjectPattern'))
      return undefined;
    const source = this.#destructuredValue(pattern, ast.parent(pattern));
    if (source?.members === undefined || source.nullish === true) return undefined;
    const found = this.#annotations.property(source.members, ast.value(ast.child(property, 'key')));
    const shape = found === undefined ? undefined : this.#annotations.shapeOfType(found.type);
    return shape === undefined ? undefined : { ...shape, nullish: shape.nullish === true || found?.optional === true };
  }

  #destructuredValue(pattern: number, holder: number): Shape | undefined {
    const annotation = this.#ast.child(pattern, 'typeAnnotation');
    if (annotation !== none) return this.#annotations.shapeOfType(annotation);
    if (this.#ast.isFunction(holder)) return this.#callbackParameter(pattern, holder);
    return this.#ast.is(holder, 'VariableDeclarator') ? this.#shapeOf(this.#ast.child(holder, 'init')) : undefined;
  }
}

/** Without what an element holds itself: others may have changed that. */
function shallow(element: Shape | undefined): Shape | undefined {
  return element === undefined ? undefined : { ...element, element: undefined, key: undefined };
}

function isKeyPart(ast: Ast, member: number, node: number): boolean {
  return (
    ast.within(node, ast.child(member, 'key')) || ast.list(member, 'decorators').some((one) => ast.within(node, one))
  );
}

function byDataFlow(shape: Shape | undefined): Shape | undefined {
  return shape === undefined ? undefined : { ...shape, level: weaker(shape.level, 'E1') };
}

/** A value that an element, a parameter or a field hands on. */
function flowed(shape: Shape | undefined): Shape | undefined {
  return byDataFlow(kept(shape));
}
