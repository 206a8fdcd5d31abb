import { type Ast, none } from '../ast.ts';
import type { Binding, Scope } from '../scope/scope.ts';
import { isSetBefore } from '../scope/set-before.ts';
import type { Shape, ShapeType } from './shape.ts';

const typeofNames: Readonly<Record<string, ShapeType>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  bigint: 'bigint',
  function: 'function',
};
const guardClasses: Readonly<Record<string, ShapeType>> = {
  Set: 'set',
  Map: 'map',
  Date: 'date',
  RegExp: 'regexp',
  Array: 'array',
};

/**
 * What tests around a use say about a variable: `Array.isArray(x)`, `typeof x === "string"`, `x instanceof Set`, holding
 * where the test is true. Only for variables that nobody reassigns.
 */
export class Guards {
  readonly #ast: Ast;
  readonly #scope: Scope;
  readonly #exits = new Map<number, readonly number[]>();

  constructor(ast: Ast, scope: Scope) {
    this.#ast = ast;
    this.#scope = scope;
  }

  shapeAt(node: number, binding: Binding): Shape | undefined {
    // what is imported may get another value at any time; a `var` may get its first one after the test
    if (this.#scope.isReassigned(binding) || binding.kind === 'import') return undefined;
    let below = node;
    for (let at = this.#ast.parent(node); at >= 0; below = at, at = this.#ast.parent(at)) {
      if (binding.kind === 'var' && !isSetBefore(this.#ast, binding, at)) return undefined;
      const shape = this.#fromAncestor(at, below, binding);
      if (shape !== undefined) return shape;
      // a hoisted function may run before the test did
      if (this.#ast.is(at, 'FunctionDeclaration')) return undefined;
    }
    return undefined;
  }

  #fromAncestor(at: number, below: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    const field = ast.field(below);
    if (ast.is(at, 'IfStatement', 'ConditionalExpression')) {
      if (field === 'consequent') return this.#whenTrue(ast.child(at, 'test'), binding);
      if (field === 'alternate') return this.#whenFalse(ast.child(at, 'test'), binding);
    }
    if (ast.is(at, 'LogicalExpression') && field === 'right') {
      const left = ast.child(at, 'left');
      if (ast.value(at) === '&&') return this.#whenTrue(left, binding);
      if (ast.value(at) === '||') return this.#whenFalse(left, binding);
    }
    if (ast.is(at, 'BlockStatement', 'Program') && field === 'body') return this.#fromEarlierExit(at, below, binding);
    return undefined;
  }

  /** `if (!Array.isArray(x)) return;` earlier in the same list of statements. */
  #fromEarlierExit(block: number, statement: number, binding: Binding): Shape | undefined {
    for (const earlier of this.#exitsOf(block)) {
      if (earlier >= statement) return undefined;
      if (binding.kind === 'var' && !isSetBefore(this.#ast, binding, earlier)) continue;
      const shape = this.#whenFalse(this.#ast.child(earlier, 'test'), binding);
      if (shape !== undefined) return shape;
    }
    return undefined;
  }

  /** `if (…) return;` and the like in a list of statements. */
  #exitsOf(block: number): readonly number[] {
    const known = this.#exits.get(block);
    if (known !== undefined) return known;
    const ast = this.#ast;
    const exits = ast
      .list(block, 'body')
      .filter(
        (statement) =>
          ast.is(statement, 'IfStatement') &&
          ast.child(statement, 'alternate') === none &&
          this.#leaves(ast.child(statement, 'consequent')),
      );
    this.#exits.set(block, exits);
    return exits;
  }

  #leaves(statement: number): boolean {
    if (this.#ast.is(statement, 'BlockStatement'))
      return this.#leaves(this.#ast.list(statement, 'body').at(-1) ?? none);
    return this.#ast.is(statement, 'ReturnStatement', 'ThrowStatement', 'ContinueStatement');
  }

  #whenTrue(test: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    if (ast.is(test, 'LogicalExpression') && ast.value(test) === '&&') {
      return this.#whenTrue(ast.child(test, 'left'), binding) ?? this.#whenTrue(ast.child(test, 'right'), binding);
    }
    if (ast.is(test, 'UnaryExpression') && ast.value(test) === '!')
      return this.#whenFalse(ast.child(test, 'argument'), binding);
    if (ast.is(test, 'CallExpression') && this.#scope.isGlobalMember(ast.child(test, 'callee'), 'Array', 'isArray')) {
      return this.#is(ast.child(test, 'arguments'), binding)
        ? { type: 'array', level: 'E2', why: 'Array.isArray guard' }
        : undefined;
    }
    if (!ast.is(test, 'BinaryExpression')) return undefined;
    if (ast.value(test) === 'instanceof') return this.#instanceof(test, binding);
    return ['===', '=='].includes(ast.value(test)) ? this.#typeof(test, binding) : undefined;
  }

  #whenFalse(test: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    if (ast.is(test, 'UnaryExpression') && ast.value(test) === '!')
      return this.#whenTrue(ast.child(test, 'argument'), binding);
    if (ast.is(test, 'LogicalExpression') && ast.value(test) === '||') {
      return this.#whenFalse(ast.child(test, 'left'), binding) ?? this.#whenFalse(ast.child(test, 'right'), binding);
    }
    if (ast.is(test, 'BinaryExpression') && ['!==', '!='].includes(ast.value(test))) return this.#typeof(test, binding);
    return undefined;
  }

  #typeof(test: number, binding: Binding): Shape | undefined {
    const ast = this.#ast;
    const [left, right] = [ast.child(test, 'left'), ast.child(test, 'right')];
    const [query, literal] = ast.is(left, 'UnaryExpression') ? [left, right] : [right, left];
    if (
      !ast.is(query, 'UnaryExpression') ||
      ast.value(query) !== 'typeof' ||
      !this.#is(ast.child(query, 'argument'), binding)
    )
      return undefined;
    const name = ast.string(literal) ?? '';
    const type = Object.hasOwn(typeofNames, name) ? typeofNames[name] : undefined;
    return type === undefined ? undefined : { type, level: 'E2', why: 'typeof guard' };
  }

  #instanceof(test: number, binding: Binding): Shape | undefined {
    const right = this.#ast.child(test, 'right');
    const name = this.#ast.value(right);
    const type = Object.hasOwn(guardClasses, name) && this.#scope.isGlobal(right) ? guardClasses[name] : undefined;
    if (type === undefined || !this.#is(this.#ast.child(test, 'left'), binding)) return undefined;
    return { type, level: 'E2', why: 'instanceof guard' };
  }

  #is(node: number, binding: Binding): boolean {
    return this.#ast.isIdentifier(node) && this.#scope.bindingOf(node) === binding;
  }
}
