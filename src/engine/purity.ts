import { type Ast, none } from './ast.ts';
import type { Evidence } from './evidence.ts';
import { allows, callbackMethods, pureConstructors, pureGlobals, pureMethods, pureStatics } from './pure-builtins.ts';
import type { Scope } from './scope.ts';
import { isPrimitive } from './shape.ts';

const pureKinds = new Set([
  'Identifier',
  'StringLiteral',
  'NumericLiteral',
  'BooleanLiteral',
  'NullLiteral',
  'BigIntLiteral',
  'RegExpLiteral',
  'ThisExpression',
  'TemplateLiteral',
  'TemplateElement',
  'MemberExpression',
  'ChainExpression',
  'BinaryExpression',
  'LogicalExpression',
  'ConditionalExpression',
  'ArrayExpression',
  'SpreadElement',
  'ObjectExpression',
  'Property',
  'Hole',
  'ArrowFunctionExpression',
  'FunctionExpression',
  'PrivateIdentifier',
  'SequenceExpression',
  'TSNonNullExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'Super',
  'MetaProperty',
]);

/**
 * What evaluating an expression can do besides giving a value. Under the assumptions A1 (property reads and coercions
 * have no effect) and A2 (built-ins unpatched).
 */
export class Purity {
  readonly #ast: Ast;
  readonly #scope: Scope;
  readonly #evidence: Evidence;

  constructor(ast: Ast, scope: Scope, evidence: Evidence) {
    this.#ast = ast;
    this.#scope = scope;
    this.#evidence = evidence;
  }

  /**
   * Evaluating the expression changes nothing and calls no unknown code, so it may run more often, fewer times or in
   * another order. It may still throw (a read of null), and what it reads may be changed by others.
   */
  isPure(node: number): boolean {
    if (node === none) return true;
    const ast = this.#ast;
    const kind = ast.kind(node);
    if (kind === 'CallExpression') return this.#isPureCall(node);
    if (kind === 'NewExpression') return this.#isPureConstruction(node);
    if (kind === 'UnaryExpression') return ast.value(node) !== 'delete' && this.isPure(ast.child(node, 'argument'));
    if (kind.startsWith('TS') && !pureKinds.has(kind)) return true;
    if (!pureKinds.has(kind)) return false;
    // creating a function does nothing yet
    if (ast.isFunction(node)) return true;
    if (
      kind === 'SpreadElement' &&
      !this.#evidence.is(ast.child(node, 'argument'), 'array', 'set', 'map', 'string', 'object')
    )
      return false;
    return ast.children(node).every((child) => this.isPure(child));
  }

  /** A function (expression) whose call is pure: an expression body, or a single `return`, no `async`, no generator, simple parameters. */
  isPureFunction(fn: number): boolean {
    const ast = this.#ast;
    if (!ast.isFunction(fn) || ast.has(fn, 'async') || ast.has(fn, 'generator')) return false;
    const returned = ast.returnedExpression(fn);
    return (
      returned !== none &&
      ast.list(fn, 'params').every((parameter) => this.#isPureParameter(parameter)) &&
      this.isPure(returned) &&
      !this.#usesOwnThis(fn)
    );
  }

  /**
   * A pure expression that can't throw (assumption A7): operators, literals, variables, and property reads on values
   * that are certainly neither null nor undefined.
   */
  isNonThrowing(node: number): boolean {
    const ast = this.#ast;
    if (node === none) return true;
    if (!this.isPure(node)) return false;
    for (let at = node; at <= ast.last(node); at += 1) {
      if (ast.is(at, 'MemberExpression') && !ast.has(at, 'optional') && !this.#isSafeRead(at)) return false;
      if (ast.is(at, 'CallExpression') && !this.#isSafeCall(at)) return false;
      if (ast.is(at, 'NewExpression', 'SpreadElement')) return false;
      if (ast.is(at, 'BinaryExpression') && ['in', 'instanceof'].includes(ast.value(at))) return false;
      if (ast.is(at, 'Identifier') && this.#mayBeUninitialized(at)) return false;
    }
    return true;
  }

  /** `true` when nothing that the expression reads can change while `region` runs: constants, or variables not written there. */
  isInvariant(node: number, region: number): boolean {
    const ast = this.#ast;
    if (!this.isPure(node)) return false;
    for (let at = node; at <= ast.last(node); at += 1) {
      if (ast.is(at, 'MemberExpression', 'CallExpression', 'ThisExpression', 'NewExpression')) return false;
      const binding = this.#scope.bindingOf(at);
      if (binding === undefined) continue;
      if (binding.declarations.some((declaration) => ast.within(declaration, region))) return false;
      const isWritten = binding.references.some(
        (reference) =>
          reference.write && !reference.init && (ast.within(reference.node, region) || reference.fn !== binding.fn),
      );
      if (isWritten) return false;
    }
    return true;
  }

  #isPureParameter(parameter: number): boolean {
    const ast = this.#ast;
    if (ast.isIdentifier(parameter)) return true;
    // destructuring an object reads properties; an array pattern calls the iterator
    return (
      ast.is(parameter, 'ObjectPattern') &&
      ast
        .list(parameter, 'properties')
        .every(
          (property) =>
            ast.is(property, 'Property') &&
            !ast.has(property, 'computed') &&
            ast.isIdentifier(ast.child(property, 'value')),
        )
    );
  }

  #usesOwnThis(fn: number): boolean {
    if (this.#ast.is(fn, 'ArrowFunctionExpression')) return false;
    const names = [
      ...this.#ast.ofKindWithin('ThisExpression', fn),
      ...this.#ast.ofKindWithin('Identifier', fn).filter((node) => this.#ast.value(node) === 'arguments'),
    ];
    return names.length > 0;
  }

  #isPureCall(node: number): boolean {
    const ast = this.#ast;
    const callee = ast.child(node, 'callee');
    const args = ast.list(node, 'arguments');
    if (!args.every((argument) => this.isPure(argument))) return false;
    if (this.#scope.isGlobal(callee)) return pureGlobals.has(ast.value(callee));
    const method = ast.methodCall(node);
    if (method === undefined) return false;
    if (this.#scope.isGlobal(method.object)) {
      const isJson = ast.value(method.object) === 'JSON';
      // a second argument of JSON.parse and Array.from is called; JSON.stringify calls toJSON of anything
      if (args.length > 1 && (isJson || method.name === 'from') && !this.#isPureCallback(args[1])) return false;
      return allows(pureStatics, ast.value(method.object), method.name) && !(isJson && method.name === 'stringify');
    }
    const shape = this.#evidence.shapeOf(method.object);
    if (shape === undefined || shape.nullish === true || !this.isPure(method.object)) return false;
    if (shape.type === 'regexp') return method.name === 'test' && this.#isStatelessRegExp(method.object);
    if (
      shape.type === 'string' &&
      method.name.startsWith('replace') &&
      !this.#evidence.is(args[1] ?? none, 'string') &&
      !this.#isPureCallback(args[1])
    )
      return false;
    if (shape.type === 'array' && callbackMethods.has(method.name) && !this.#isPureCallback(args[0])) return false;
    return allows(pureMethods, shape.type, method.name);
  }

  /** A function written in place that is pure, or one of the pure global functions (`filter(Boolean)`). */
  #isPureCallback(argument: number | undefined): boolean {
    if (argument === undefined) return false;
    if (this.#ast.isFunction(argument)) return this.isPureFunction(argument);
    return this.#scope.isGlobal(argument) && pureGlobals.has(this.#ast.value(argument));
  }

  /** A regexp without the g and y flags keeps no `lastIndex` between calls. */
  #isStatelessRegExp(node: number): boolean {
    const binding = this.#scope.bindingOf(node);
    const literal = binding === undefined ? node : this.#scope.initializer(binding);
    if (!this.#ast.is(literal, 'RegExpLiteral')) return false;
    return !/[gy][a-z]*$/.test(this.#ast.source(literal));
  }

  #isPureConstruction(node: number): boolean {
    const callee = this.#ast.child(node, 'callee');
    const args = this.#ast.list(node, 'arguments');
    if (!this.#scope.isGlobal(callee) || !pureConstructors.has(this.#ast.value(callee))) return false;
    if (this.#ast.value(callee) === 'Date') return args.length > 0 && args.every((argument) => this.isPure(argument));
    return args.every(
      (argument) =>
        this.isPure(argument) &&
        (this.#evidence.shapeOf(argument) !== undefined || this.#ast.value(callee) === 'Array'),
    );
  }

  #isSafeRead(member: number): boolean {
    const shape = this.#evidence.shapeOf(this.#ast.child(member, 'object'));
    if (this.#ast.is(this.#ast.child(member, 'object'), 'ThisExpression')) return true;
    return shape !== undefined && shape.nullish !== true && shape.type !== 'null' && shape.type !== 'undefined';
  }

  #isSafeCall(call: number): boolean {
    const method = this.#ast.methodCall(call);
    if (method === undefined)
      return (
        this.#scope.isGlobal(this.#ast.child(call, 'callee')) &&
        this.#ast.value(this.#ast.child(call, 'callee')) !== 'BigInt'
      );
    const shape = this.#evidence.shapeOf(method.object);
    if (this.#scope.isGlobal(method.object))
      return ['Math', 'Number', 'Array'].includes(this.#ast.value(method.object)) && method.name !== 'from';
    const throwing = [
      'repeat',
      'normalize',
      'toFixed',
      'toPrecision',
      'toString',
      'toISOString',
      'padStart',
      'padEnd',
      'localeCompare',
    ];
    const isKnown = shape !== undefined && shape.nullish !== true && !throwing.includes(method.name);
    return (
      isKnown &&
      (isPrimitive(shape) ||
        shape.type === 'set' ||
        shape.type === 'map' ||
        shape.type === 'regexp' ||
        (shape.type === 'array' &&
          method.args.every(
            (argument) => !this.#ast.isFunction(argument) || this.isNonThrowing(this.#ast.returnedExpression(argument)),
          )))
    );
  }

  /** A `let`, `const` or `class` that might be read before its declaration ran (temporal dead zone). */
  #mayBeUninitialized(node: number): boolean {
    const binding = this.#scope.bindingOf(node);
    if (binding === undefined)
      return !this.#scope.isGlobal(node)
        ? false
        : ![
            'undefined',
            'NaN',
            'Infinity',
            'Math',
            'Number',
            'Array',
            'Object',
            'String',
            'Boolean',
            'parseInt',
            'parseFloat',
            'isNaN',
            'isFinite',
            'JSON',
            'Date',
          ].includes(this.#ast.value(node));
    if (!['let', 'const', 'class'].includes(binding.kind)) return false;
    const declaration = binding.declarations[0] ?? none;
    return declaration > node && this.#ast.enclosingFunction(node) === binding.fn;
  }
}
