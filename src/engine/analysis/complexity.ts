import { type Ast, none } from '../ast.ts';

/** Complexity of one function. */
export interface FunctionComplexity {
  /** McCabe, as linters count it: 1 + `if`, `?:`, loops, `case`, `catch`, `&&`, `||`, `??` and their assignments. Nested functions count for themselves. */
  readonly cyclomatic: number;
  /**
   * Cognitive complexity as SonarSource defines it (G. Ann Campbell, "Cognitive Complexity: a new way of measuring
   * understandability", version 1.7): +1 for each break in the flow, +1 more for each level that it is nested in, +1 for each
   * run of equal logical operators, for `else`, for jumps to labels and for recursion. Nested functions count for the outer one
   * too, a level deeper.
   */
  readonly cognitive: number;
  /** Deepest nesting of control structures, nested functions not counted. */
  readonly nesting: number;
}

interface Tally {
  cyclomatic: number;
  cognitive: number;
  /** How many increments of `cognitive` grow with the nesting. */
  nested: number;
  nesting: number;
}

const nestingKinds = new Set([
  'IfStatement',
  'ConditionalExpression',
  'SwitchStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'CatchClause',
]);

/** What is tested, or gone over, is not nested in the structure. */
const headFields = new Set(['test', 'init', 'update', 'left', 'right', 'discriminant', 'param']);

/** Complexity of all functions of a file, by node. */
export function complexities(ast: Ast): Map<number, FunctionComplexity> {
  return new ComplexityWalk(ast).run();
}

/** One walk over the table, whose rows are in pre-order: parents come before their children. */
class ComplexityWalk {
  readonly #ast: Ast;
  readonly #tallies = new Map<number, Tally>();
  /** Innermost function around each node. */
  readonly #owners: Int32Array;
  /** Control structures around each node within its function. */
  readonly #levels: Int32Array;

  constructor(ast: Ast) {
    this.#ast = ast;
    this.#owners = new Int32Array(ast.tree.count).fill(none);
    this.#levels = new Int32Array(ast.tree.count);
  }

  run(): Map<number, FunctionComplexity> {
    const ast = this.#ast;
    for (let node = 0; node < ast.tree.count; node += 1) {
      this.#place(node);
      if (ast.isFunction(node)) this.#tallies.set(node, { cyclomatic: 1, cognitive: 0, nested: 0, nesting: 0 });
      else {
        const tally = this.#tallies.get(this.#owners[node] ?? none);
        if (tally !== undefined) this.#count(node, tally);
      }
    }
    this.#rollUp();
    return new Map(
      [...this.#tallies].map(([fn, { cyclomatic, cognitive, nesting }]) => [fn, { cyclomatic, cognitive, nesting }]),
    );
  }

  #place(node: number): void {
    const ast = this.#ast;
    const parent = ast.parent(node);
    if (parent < 0) return;
    const isOwned = ast.isFunction(parent);
    this.#owners[node] = isOwned ? parent : (this.#owners[parent] ?? none);
    const level = isOwned ? 0 : (this.#levels[parent] ?? 0);
    const isNested = nestingKinds.has(ast.kind(parent)) && !headFields.has(ast.field(node)) && !this.#isElseIf(node);
    this.#levels[node] = isNested ? level + 1 : level;
  }

  #count(node: number, tally: Tally): void {
    const ast = this.#ast;
    const kind = ast.kind(node);
    if (nestingKinds.has(kind)) this.#countStructure(node, kind, tally);
    else if (kind === 'SwitchCase') {
      if (ast.child(node, 'test') !== none) tally.cyclomatic += 1;
    } else if (kind === 'LogicalExpression') {
      tally.cyclomatic += 1;
      const parent = ast.parent(node);
      const isNewRun = !ast.is(parent, 'LogicalExpression') || ast.value(parent) !== ast.value(node);
      // the paper leaves out null-coalescing operators
      if (ast.value(node) !== '??' && isNewRun) tally.cognitive += 1;
    } else if (kind === 'AssignmentExpression') {
      if (['&&=', '||=', '??='].includes(ast.value(node))) tally.cyclomatic += 1;
    } else if (kind === 'BreakStatement' || kind === 'ContinueStatement') {
      if (ast.child(node, 'label') !== none) tally.cognitive += 1;
    } else if (kind === 'CallExpression' && this.#isRecursion(node)) tally.cognitive += 1;
  }

  #countStructure(node: number, kind: string, tally: Tally): void {
    const level = this.#levels[node] ?? 0;
    if (kind !== 'SwitchStatement') tally.cyclomatic += 1;
    tally.nesting = Math.max(tally.nesting, level + 1);
    if (this.#isElseIf(node)) tally.cognitive += 1;
    else {
      tally.cognitive += 1 + level;
      tally.nested += 1;
    }
    const alternate = kind === 'IfStatement' ? this.#ast.child(node, 'alternate') : none;
    if (alternate !== none && !this.#ast.is(alternate, 'IfStatement')) tally.cognitive += 1;
  }

  #isElseIf(node: number): boolean {
    const ast = this.#ast;
    return ast.is(node, 'IfStatement') && ast.field(node) === 'alternate' && ast.is(ast.parent(node), 'IfStatement');
  }

  /** A call of the function around it by its own name. */
  #isRecursion(call: number): boolean {
    const callee = this.#ast.child(call, 'callee');
    const fn = this.#owners[call] ?? none;
    if (fn === none || !this.#ast.is(callee, 'Identifier')) return false;
    return this.#ast.value(this.#ast.child(fn, 'id')) === this.#ast.value(callee);
  }

  /** Adds nested functions to those around them, the innermost first. */
  #rollUp(): void {
    for (const [fn, tally] of [...this.#tallies].reverse()) {
      const outer = this.#tallies.get(this.#owners[fn] ?? none);
      if (outer === undefined) continue;
      outer.cognitive += tally.cognitive + tally.nested * ((this.#levels[fn] ?? 0) + 1);
      outer.nested += tally.nested;
    }
  }
}
