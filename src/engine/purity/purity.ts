import { type Ast, type MethodCall, none } from '../ast.ts';
import type { Binding } from '../scope/binding.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { callbackMethods } from '../evidence/array-methods.ts';
import { allows, pureConstructors, pureGlobals, pureMethods, pureStatics } from './pure-builtins.ts';
import type { Scope } from '../scope/scope.ts';
import { isSafeCall, mayBeUninitialized } from './throwing.ts';

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
  // Callbacks in callbacks are asked about at each level: without memory, time doubles with each.
  readonly #pure = new Map<number, boolean>();
  readonly #nonThrowing = new Map<number, boolean>();

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
    return node === none || remembered(this.#pure, node, () => this.#judgePure(node));
  }

  #judgePure(node: number): boolean {
    const ast = this.#ast;
    const kind = ast.kind(node);
    if (kind === 'CallExpression') return this.#isPureCall(node);
    if (kind === 'NewExpression') return this.#isPureConstruction(node);
    if (kind === 'UnaryExpression') return ast.value(node) !== 'delete' && this.isPure(ast.child(node, 'argument'));
    if (kind === 'TSInstantiationExpression') return this.isPure(ast.child(node, 'expression'));
    if (kind.startsWith('TS') && !pureKinds.has(kind)) return true;
    if (!pureKinds.has(kind)) return false;
    // creating a function does nothing yet
    if (ast.isFunction(node)) return true;
    // spreading into an object reads properties; into a list it runs an iterator, which may be anybody's
    const isIterated = kind === 'SpreadElement' && !ast.is(ast.parent(node), 'ObjectExpression');
    if (isIterated && !this.#isPureIteration(ast.child(node, 'argument'))) return false;
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
    return node === none || remembered(this.#nonThrowing, node, () => this.#judgeNonThrowing(node));
  }

  #judgeNonThrowing(node: number): boolean {
    const ast = this.#ast;
    if (!this.isPure(node)) return false;
    const analysis = { ast, scope: this.#scope, evidence: this.#evidence };
    for (let at = node; at <= ast.last(node); at += 1) {
      if (ast.is(at, 'MemberExpression') && !ast.has(at, 'optional') && !this.#isSafeRead(at)) return false;
      if (ast.is(at, 'CallExpression') && !isSafeCall(analysis, at, (inner) => this.isNonThrowing(inner))) return false;
      if (ast.is(at, 'NewExpression', 'SpreadElement')) return false;
      if (ast.is(at, 'BinaryExpression') && ['in', 'instanceof'].includes(ast.value(at))) return false;
      if (ast.is(at, 'Identifier') && mayBeUninitialized(analysis, at)) return false;
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
      if (binding === undefined ? this.#isVariableGlobal(at) : this.#mayChangeWithin(binding, region)) return false;
    }
    return true;
  }

  #isVariableGlobal(node: number): boolean {
    return this.#scope.isGlobal(node) && !['undefined', 'NaN', 'Infinity'].includes(this.#ast.value(node));
  }

  #mayChangeWithin(binding: Binding, region: number): boolean {
    const ast = this.#ast;
    // another module may give what it exports another value whenever other code runs
    if (binding.kind === 'import') return true;
    if (binding.declarations.some((declaration) => ast.within(declaration, region))) return true;
    const writes = binding.references.filter((reference) => reference.write && !reference.init);
    if (writes.length === 0) return this.#scope.isReassigned(binding);
    // a function that waits lets the others go on
    const waits = ['AwaitExpression', 'YieldExpression', 'ForOfStatement'].some(
      (kind) => ast.ofKindWithin(kind, region).length > 0,
    );
    return waits || writes.some(({ node, fn }) => ast.within(node, region) || fn !== binding.fn);
  }

  /** The argument of `Array.from`, `new Set`, `...`: a built-in collection, or an object literal of which only `length` is read. */
  #isPureIteration(node: number): boolean {
    return (
      this.#evidence.is(node, 'array', 'set', 'map', 'string', 'typed-array') ||
      (this.#ast.is(node, 'ObjectExpression') &&
        this.#ast.list(node, 'properties').every((property) => this.#isNamed(property)))
    );
  }

  #isNamed(property: number): boolean {
    return (
      this.#ast.is(property, 'Property') && !this.#ast.has(property, 'computed') && !this.#ast.has(property, 'method')
    );
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
      const iterates = method.name === 'from' || method.name === 'fromEntries';
      if (iterates && !this.#isPureIteration(args[0] ?? none)) return false;
      return allows(pureStatics, ast.value(method.object), method.name) && !(isJson && method.name === 'stringify');
    }
    const shape = this.#evidence.shapeOf(method.object);
    if (shape === undefined || shape.nullish === true || !this.isPure(method.object)) return false;
    if (shape.type === 'regexp')
      return method.name === 'test' && this.#isStatelessRegExp(method.object) && !this.#scope.readsLastMatch;
    if (shape.type === 'string' && !this.#isPurePattern(method)) return false;
    if (shape.type === 'array' && callbackMethods.has(method.name) && !this.#isPureCallback(args[0])) return false;
    return allows(pureMethods, shape.type, method.name);
  }

  /** A string or a regexp that keeps no state; anything else might have methods of its own that are called. */
  #isPurePattern(method: MethodCall): boolean {
    if (!['replace', 'replaceAll', 'match', 'search', 'split'].includes(method.name)) return true;
    if (this.#scope.readsLastMatch) return false;
    const [pattern, replacement] = method.args;
    const isPlain =
      pattern === undefined ||
      this.#evidence.is(pattern, 'string') ||
      this.#ast.is(pattern, 'RegExpLiteral') ||
      this.#isStatelessRegExp(pattern);
    if (!isPlain || !method.name.startsWith('replace')) return isPlain;
    return this.#evidence.is(replacement ?? none, 'string') || this.#isPureCallback(replacement);
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
    const [first] = args;
    const iterates = ['Set', 'Map'].includes(this.#ast.value(callee)) && first !== undefined;
    return args.every((argument) => this.isPure(argument)) && (!iterates || this.#isPureIteration(first));
  }

  #isSafeRead(member: number): boolean {
    const shape = this.#evidence.shapeOf(this.#ast.child(member, 'object'));
    if (this.#ast.is(this.#ast.child(member, 'object'), 'ThisExpression')) return true;
    return shape !== undefined && shape.nullish !== true && shape.type !== 'null' && shape.type !== 'undefined';
  }
}

function remembered(answers: Map<number, boolean>, node: number, judge: () => boolean): boolean {
  const known = answers.get(node);
  if (known !== undefined) return known;
  const answer = judge();
  answers.set(node, answer);
  return answer;
}
