import { Flag, names, type SyntaxTree } from './syntax-tree.ts';

/** "No such node". */
export const none = -1;

/** A call of a method by a plain name: `object.name(...args)`. */
export interface MethodCall {
  readonly call: number;
  readonly member: number;
  readonly object: number;
  readonly name: string;
  readonly args: readonly number[];
}

const functionKinds = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const loopKinds = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

/** Reading a {@link SyntaxTree}: nodes are numbers, {@link none} (-1) stands for "absent". */
export class Ast {
  readonly tree: SyntaxTree;
  readonly text: string;
  readonly root = 0;
  #byKind: ReadonlyMap<number, readonly number[]> | undefined;

  constructor(tree: SyntaxTree) {
    this.tree = tree;
    this.text = tree.text;
  }

  kind(node: number): string {
    return node < 0 ? '' : names.name(this.tree.kind[node] ?? 0);
  }

  is(node: number, ...kinds: readonly string[]): boolean {
    return node >= 0 && kinds.includes(names.name(this.tree.kind[node] ?? 0));
  }

  /** All nodes of a kind, in source order. */
  ofKind(kind: string): readonly number[] {
    return (this.#byKind ??= nodesByKind(this.tree)).get(names.find(kind)) ?? [];
  }

  start(node: number): number {
    return this.tree.start[node] ?? 0;
  }

  end(node: number): number {
    return this.tree.end[node] ?? 0;
  }

  parent(node: number): number {
    return node < 0 ? none : (this.tree.parent[node] ?? none);
  }

  /** Name of the parent's field that holds the node. */
  field(node: number): string {
    return node <= 0 ? '' : names.name(this.tree.field[node] ?? 0);
  }

  /** Name, operator, declaration kind, cooked string or number as written; `''` when the node has none. */
  value(node: number): string {
    const index = node < 0 ? -1 : (this.tree.value[node] ?? -1);
    return index < 0 ? '' : (this.tree.strings[index] ?? '');
  }

  has(node: number, flag: keyof typeof Flag): boolean {
    return node >= 0 && ((this.tree.flags[node] ?? 0) & Flag[flag]) !== 0;
  }

  source(node: number): string {
    return this.text.slice(this.start(node), this.end(node));
  }

  /** A node's source on one line and cut to a readable length, for messages. */
  excerpt(node: number): string {
    const line = this.source(node).replace(/\s+/g, ' ');
    return line.length > 32 ? `${line.slice(0, 29)}…` : line;
  }

  /** First child in a field. */
  child(node: number, field: string): number {
    if (node < 0) return none;
    const wanted = names.find(field);
    for (let at = this.tree.first[node] ?? none; at >= 0; at = this.tree.next[at] ?? none) {
      if (this.tree.field[at] === wanted) return at;
    }
    return none;
  }

  /** All children in a field. */
  list(node: number, field: string): number[] {
    const wanted = names.find(field);
    return this.children(node).filter((at) => this.tree.field[at] === wanted);
  }

  children(node: number): number[] {
    const result: number[] = [];
    if (node < 0) return result;
    for (let at = this.tree.first[node] ?? none; at >= 0; at = this.tree.next[at] ?? none) result.push(at);
    return result;
  }

  /** Last descendant of a node (the node itself when it has none): descendants are `node + 1 … last`. */
  last(node: number): number {
    return this.tree.last[node] ?? node;
  }

  /** `true` when `node` is `ancestor` or below it. */
  within(node: number, ancestor: number): boolean {
    return ancestor >= 0 && node >= ancestor && node <= this.last(ancestor);
  }

  /** Nodes of a kind at or below `node`. */
  ofKindWithin(kind: string, node: number): number[] {
    if (node < 0) return [];
    const all = this.ofKind(kind);
    // rows are in pre-order, so the descendants of a kind are neighbours
    return all.slice(lowerBound(all, node), lowerBound(all, this.last(node) + 1));
  }

  isIdentifier(node: number, name?: string): boolean {
    return this.is(node, 'Identifier') && (name === undefined || this.value(node) === name);
  }

  isFunction(node: number): boolean {
    return node >= 0 && functionKinds.has(this.kind(node));
  }

  isLoop(node: number): boolean {
    return node >= 0 && loopKinds.has(this.kind(node));
  }

  /** Nearest function around a node (not the node itself), or {@link none} at top level. */
  enclosingFunction(node: number): number {
    let at = this.parent(node);
    while (at >= 0 && !this.isFunction(at)) at = this.parent(at);
    return at;
  }

  /** Nearest loop around a node within the same function whose repeated part (body, test, update) holds the node. */
  enclosingLoop(node: number): number {
    let below = node;
    for (let at = this.parent(node); at >= 0 && !this.isFunction(at); below = at, at = this.parent(at)) {
      if (this.isLoop(at) && !['init', 'left', 'right'].includes(this.field(below))) return at;
    }
    return none;
  }

  /** Nearest statement at or above a node. */
  statement(node: number): number {
    let at = node;
    while (
      at >= 0 &&
      !/Statement$|^(VariableDeclaration|FunctionDeclaration|ClassDeclaration|Export\w+Declaration)$/.test(
        this.kind(at),
      )
    ) {
      at = this.parent(at);
    }
    // the declaration of `for (const x of xs)` is no statement of its own
    return this.is(at, 'VariableDeclaration') && this.isLoop(this.parent(at)) ? this.parent(at) : at;
  }

  /** `true` when a statement stands in a list of statements, so that another can be put before it. */
  isInStatementList(statement: number): boolean {
    const field = this.field(statement);
    const parent = this.parent(statement);
    return (
      (field === 'body' && this.is(parent, 'Program', 'BlockStatement', 'StaticBlock', 'TSModuleBlock')) ||
      (field === 'consequent' && this.is(parent, 'SwitchCase'))
    );
  }

  /** A call `object.name(...)`, not computed and not optional anywhere on its way; `undefined` otherwise. */
  methodCall(node: number, ...wanted: readonly string[]): MethodCall | undefined {
    if (!this.is(node, 'CallExpression') || this.has(node, 'optional')) return undefined;
    const member = this.child(node, 'callee');
    if (!this.is(member, 'MemberExpression') || this.has(member, 'computed') || this.has(member, 'optional'))
      return undefined;
    const property = this.child(member, 'property');
    const name = this.value(property);
    if (!this.is(property, 'Identifier') || (wanted.length > 0 && !wanted.includes(name))) return undefined;
    return { call: node, member, object: this.child(member, 'object'), name, args: this.list(node, 'arguments') };
  }

  /** The object of `object.name` (not computed, not optional), or {@link none}. */
  memberObject(node: number, name: string): number {
    if (!this.is(node, 'MemberExpression') || this.has(node, 'computed') || this.has(node, 'optional')) return none;
    return this.isIdentifier(this.child(node, 'property'), name) ? this.child(node, 'object') : none;
  }

  /** Value of a numeric literal (also negated), or `undefined`. */
  number(node: number): number | undefined {
    if (this.is(node, 'NumericLiteral')) {
      const digits = this.value(node).replaceAll('_', '');
      return /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
    }
    if (this.is(node, 'UnaryExpression') && this.value(node) === '-') {
      const inner = this.number(this.child(node, 'argument'));
      return inner === undefined ? undefined : -inner;
    }
    return undefined;
  }

  /** Value of a string literal or of a template without substitutions, or `undefined`. */
  string(node: number): string | undefined {
    if (this.is(node, 'StringLiteral')) return this.value(node);
    if (this.is(node, 'TemplateLiteral') && this.child(node, 'expressions') === none)
      return this.value(this.child(node, 'quasis'));
    return undefined;
  }

  /** The expression without TypeScript wrappers (`x!`, `x as T`, `x satisfies T`). */
  withoutTypes(node: number): number {
    let at = node;
    while (this.is(at, 'TSNonNullExpression', 'TSAsExpression', 'TSSatisfiesExpression', 'TSTypeAssertion'))
      at = this.child(at, 'expression');
    return at;
  }

  /** What a function returns when it is `(...) => expression` or has the single statement `return expression;`. */
  returnedExpression(fn: number): number {
    const body = this.child(fn, 'body');
    if (!this.is(body, 'BlockStatement')) return body;
    const [only, ...rest] = this.list(body, 'body');
    return only !== undefined && rest.length === 0 && this.is(only, 'ReturnStatement')
      ? this.child(only, 'argument')
      : none;
  }

  /** `true` for a node inside `a?.b` chains, where part of the expression may not be evaluated. */
  isInChain(node: number): boolean {
    let at = node;
    while (this.is(at, 'CallExpression', 'MemberExpression', 'TSNonNullExpression')) {
      const parent = this.parent(at);
      if (this.is(parent, 'ChainExpression')) return true;
      if (this.field(at) !== 'object' && this.field(at) !== 'callee' && this.field(at) !== 'expression') return false;
      at = parent;
    }
    return false;
  }

  /** `true` when the value of an expression is only tested for truth (`if`, `!`, `&&` in a test, `? :`…). */
  isInBooleanContext(node: number): boolean {
    const parent = this.parent(node);
    const field = this.field(node);
    if (
      field === 'test' &&
      this.is(parent, 'IfStatement', 'WhileStatement', 'DoWhileStatement', 'ForStatement', 'ConditionalExpression')
    )
      return true;
    if (this.is(parent, 'UnaryExpression') && this.value(parent) === '!') return true;
    return this.is(parent, 'LogicalExpression') && this.value(parent) !== '??' && this.isInBooleanContext(parent);
  }
}

function nodesByKind(tree: SyntaxTree): ReadonlyMap<number, readonly number[]> {
  const byKind = new Map<number, number[]>();
  for (let node = 0; node < tree.count; node += 1) {
    const kind = tree.kind[node] ?? 0;
    const bucket = byKind.get(kind);
    if (bucket === undefined) byKind.set(kind, [node]);
    else bucket.push(node);
  }
  return byKind;
}

/** Index of the first number of a sorted list that is not below `wanted`. */
function lowerBound(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
