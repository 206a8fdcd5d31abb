import { Ast, none } from './ast.ts';
import type { ParsePort } from './parse-port.ts';

/** A place where a pattern matched, with what its variables stand for. */
export interface Match {
  readonly node: number;
  /** Node bound to `$NAME`. */
  get(name: string): number;
  /** Nodes bound to `$$$NAME`. */
  all(name: string): readonly number[];
}

type Captures = Map<string, readonly number[]>;

const variable = /^\$([A-Z_][A-Z0-9_]*)$/;
const listVariable = /^\$\$\$([A-Z_][A-Z0-9_]*)$/;

/** Compiled patterns of the process: patterns are constants of the rules, so the table stays small. */
const compiled = new Map<string, Ast>();

/**
 * Finds code by example. A pattern is an expression in which `$NAME` stands for any one node and `$$$NAME` for any
 * number of nodes of a list; a name used twice must stand for the same code. `$_` stands for anything. Everything else must be
 * equal: kinds, names, operators, flags. The root kind of the pattern selects the candidates, so many patterns cost one
 * pass over their own kinds. (Pattern language after ast-grep, see its documentation on pattern syntax.)
 */
export class Patterns {
  readonly #ast: Ast;
  readonly #parser: ParsePort;

  constructor(ast: Ast, parser: ParsePort) {
    this.#ast = ast;
    this.#parser = parser;
  }

  /** All matches of a pattern, in source order. */
  find(pattern: string): Match[] {
    const example = this.#compile(pattern);
    const root = rootOf(example);
    return this.#ast
      .ofKind(example.kind(root))
      .map((node) => this.#matchRoot(example, root, node))
      .filter((match) => match !== undefined);
  }

  /** Match of a pattern at exactly this node. */
  match(pattern: string, node: number): Match | undefined {
    const example = this.#compile(pattern);
    return this.#matchRoot(example, rootOf(example), node);
  }

  /** The tree of an example, with its expression. @throws SyntaxError when it does not parse */
  example(pattern: string): { readonly ast: Ast; readonly root: number } {
    const ast = this.#compile(pattern);
    return { ast, root: rootOf(ast) };
  }

  /** `true` when two nodes are the same code, white space and comments aside. */
  isSameCode(a: number, b: number): boolean {
    return isEqual(this.#ast, a, this.#ast, b, undefined);
  }

  #matchRoot(example: Ast, root: number, node: number): Match | undefined {
    const captures: Captures = new Map();
    if (!isEqual(example, root, this.#ast, node, captures)) return undefined;
    return {
      node,
      get: (name) => captures.get(name)?.[0] ?? none,
      all: (name) => captures.get(name) ?? [],
    };
  }

  #compile(pattern: string): Ast {
    const known = compiled.get(pattern);
    if (known !== undefined) return known;
    const tree = this.#parser.parse(pattern, 'javascript');
    if (tree.problems.length > 0) throw new SyntaxError(`pattern does not parse: ${pattern}`);
    const example = new Ast(tree);
    compiled.set(pattern, example);
    return example;
  }
}

function rootOf(example: Ast): number {
  const statement = example.child(example.root, 'body');
  return example.is(statement, 'ExpressionStatement') ? example.child(statement, 'expression') : statement;
}

/** Compares pattern node `p` with code node `n`; without `captures` both sides are plain code. */
function isEqual(pattern: Ast, p: number, code: Ast, n: number, captures: Captures | undefined): boolean {
  if (captures !== undefined && pattern.is(p, 'Identifier')) {
    const name = variable.exec(pattern.value(p))?.[1];
    if (name !== undefined) return capture(code, name, [n], captures);
  }
  if (pattern.tree.kind[p] !== code.tree.kind[n] || pattern.tree.flags[p] !== code.tree.flags[n]) return false;
  if (pattern.is(p, 'NumericLiteral') ? pattern.number(p) !== code.number(n) : pattern.value(p) !== code.value(n))
    return false;
  return areEqualLists(pattern, pattern.children(p), code, code.children(n), captures);
}

function areEqualLists(
  pattern: Ast,
  ps: readonly number[],
  code: Ast,
  ns: readonly number[],
  captures: Captures | undefined,
): boolean {
  let at = 0;
  for (const [index, p] of ps.entries()) {
    const list = captures === undefined ? undefined : listName(pattern, p);
    const field = pattern.field(p);
    if (list !== undefined && captures !== undefined) {
      // at most one list variable per list: it takes what the nodes after it leave over
      const after = ps.length - index - 1;
      const taken = ns.slice(at, ns.length - after);
      if (!taken.every((n) => code.field(n) === field) || !capture(code, list, taken, captures)) return false;
      at += taken.length;
      continue;
    }
    const n = ns[at];
    if (n === undefined || code.field(n) !== field || !isEqual(pattern, p, code, n, captures)) return false;
    at += 1;
  }
  return at === ns.length;
}

function listName(pattern: Ast, p: number): string | undefined {
  const node = pattern.is(p, 'ExpressionStatement') ? pattern.child(p, 'expression') : p;
  return pattern.is(node, 'Identifier') ? listVariable.exec(pattern.value(node))?.[1] : undefined;
}

function capture(code: Ast, name: string, nodes: readonly number[], captures: Captures): boolean {
  const known = name === '_' ? undefined : captures.get(name);
  if (known === undefined) {
    captures.set(name, nodes);
    return true;
  }
  return (
    known.length === nodes.length &&
    known.every((node, index) => isEqual(code, node, code, nodes[index] ?? none, undefined))
  );
}
