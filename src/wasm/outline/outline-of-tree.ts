import { Ast } from '../../engine/ast.ts';
import type { Definition, DefinitionKind, Outline, Ranges } from '../../engine/merge/outline.ts';
import { names } from '../../engine/syntax-tree.ts';
import type { SyntaxTree } from '../../engine/syntax-tree.ts';
import { commentRanges, hasPlainComments } from './comment-ranges.ts';
import { classify, heldFunctions, isRequire } from './held-values.ts';
import { literalRanges } from './literal-ranges.ts';
import { memberOf, parameterTypes, propertyName, unquoted } from './script-names.ts';

/** One definition before its container is known. */
interface Found {
  readonly name: string;
  readonly kind: DefinitionKind;
  /** The node whose range is that of the definition. */
  readonly node: number;
  readonly body: number;
  readonly signature?: string;
}

/**
 * Outline of a script or module from the node table of the exact parser: a tree without problems, whose own list of comments is
 * looked at only where `hasPlainComments` denies it.
 */
export function outlineOfTree(tree: SyntaxTree): Outline {
  const { definitions, imports } = new TreeOutliner(new Ast(tree)).read();
  let strings: Ranges | undefined;
  let comments: Ranges | undefined;
  return {
    definitions,
    imports: Int32Array.from(imports),
    errors: new Int32Array(0),
    // few rules ask for these
    get strings() {
      return (strings ??= literalRanges(tree));
    },
    get comments() {
      return (comments ??= hasPlainComments(tree.text) ? commentRanges(tree.text, this.strings) : listedComments(tree));
    },
  };
}

function listedComments(tree: SyntaxTree): Ranges {
  return Int32Array.from(tree.comments.flatMap(({ start, end }) => [start, end]));
}

class TreeOutliner {
  readonly #ast: Ast;
  readonly #definitions: Definition[] = [];
  readonly #imports: number[] = [];
  /** Definitions that hold the row at hand, outermost first, with their last rows. */
  readonly #open: { readonly index: number; readonly last: number }[] = [];
  /** Objects whose functions are methods. */
  readonly #objects = new Set<number>();

  constructor(ast: Ast) {
    this.#ast = ast;
  }

  read(): { readonly definitions: readonly Definition[]; readonly imports: readonly number[] } {
    const { count, kind } = this.#ast.tree;
    for (let node = 0; node < count; node += 1) {
      const reader = readerOfKind(kind[node] ?? 0);
      if (reader === null) continue;
      while ((this.#open.at(-1)?.last ?? node) < node) this.#open.pop();
      reader(node, this);
    }
    return { definitions: this.#definitions, imports: this.#imports };
  }

  get ast(): Ast {
    return this.#ast;
  }

  addImport(node: number): void {
    this.#imports.push(this.#ast.start(node), this.#ast.end(node));
  }

  /** Declares that the functions of an object are methods of the definition made last. */
  addObject(object: number): void {
    this.#objects.add(object);
  }

  isObject(object: number): boolean {
    return this.#objects.has(object);
  }

  define({ name, kind, node, body, signature = '' }: Found): void {
    const ast = this.#ast;
    const outer = outermost(ast, node);
    const holder = this.#open.findLast(({ last }) => last >= node);
    this.#definitions.push({
      name,
      kind,
      container: holder?.index ?? -1,
      start: ast.start(outer),
      end: ast.end(outer),
      headerStart: headerStart(ast, outer, node),
      bodyStart: body < 0 ? -1 : ast.start(body),
      bodyEnd: body < 0 ? -1 : ast.end(body),
      signature,
    });
    this.#open.push({ index: this.#definitions.length - 1, last: ast.last(node) });
  }
}

/** The `export` around a declaration. */
function outermost(ast: Ast, node: number): number {
  const parent = ast.parent(node);
  return ast.is(parent, 'ExportNamedDeclaration', 'ExportDefaultDeclaration') ? parent : node;
}

function headerStart(ast: Ast, outer: number, node: number): number {
  const last = ast.list(node, 'decorators').at(-1) ?? -1;
  if (last < 0) return ast.start(outer);
  const behind = /\S/.exec(ast.text.slice(ast.end(last)));
  // `export @decorator class A {}` has its header where it begins
  const isInside = ast.text.startsWith('export', ast.start(outer)) && outer !== node;
  return isInside || behind === null ? ast.start(outer) : ast.end(last) + behind.index;
}

/** Stands on top level of the file or of a namespace. */
function isOnTop(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  const list = ast.is(parent, 'ExportNamedDeclaration') ? ast.parent(parent) : parent;
  return ast.is(list, 'Program', 'TSModuleBlock');
}

type Reader = (node: number, outliner: TreeOutliner) => void;

function declaration(kind: DefinitionKind): Reader {
  return (node, outliner) => {
    const { ast } = outliner;
    const id = ast.child(node, 'id');
    const name = id < 0 ? 'default' : unquoted(ast.source(id));
    const found = { name, kind, node, body: ast.child(node, 'body') };
    outliner.define(kind === 'signature' ? { ...found, signature: parameterTypes(ast, node) } : found);
  };
}

function defineMethod(node: number, outliner: TreeOutliner): void {
  outliner.define({ node, ...memberOf(outliner.ast, node) });
}

function defineProperty(node: number, outliner: TreeOutliner): void {
  const { ast } = outliner;
  const value = classify(ast, ast.child(node, 'value'), 'method');
  const signature = ast.has(node, 'static') ? 'static' : '';
  outliner.define({ name: propertyName(ast, node), node, signature, ...value });
}

function defineVariables(node: number, outliner: TreeOutliner): void {
  const { ast } = outliner;
  const declarators = ast.list(node, 'declarations');
  if (isOnTop(ast, node) && declarators.every((declarator) => isRequire(ast, ast.child(declarator, 'init'))))
    outliner.addImport(node);
}

function defineVariable(node: number, outliner: TreeOutliner): void {
  const { ast } = outliner;
  const id = ast.child(node, 'id');
  const statement = ast.parent(node);
  const init = ast.child(node, 'init');
  const onTop = isOnTop(ast, statement);
  if (!ast.is(id, 'Identifier') || (onTop && isRequire(ast, init))) return;
  const value = classify(ast, init, 'function');
  if (!onTop && value.kind === 'variable') return;
  const isOnly = ast.list(statement, 'declarations').length === 1;
  outliner.define({ name: ast.value(id), node: isOnly ? statement : node, ...value });
  if (value.kind === 'variable' && value.body >= 0) outliner.addObject(value.body);
}

/** `module.exports = …`, `exports.a = …`, `A.prototype.b = function () {}`; `require('a')` on its own. */
function readStatement(node: number, outliner: TreeOutliner): void {
  const { ast } = outliner;
  const expression = ast.child(node, 'expression');
  const onTop = isOnTop(ast, node);
  if (onTop && ast.is(expression, 'CallExpression') && isRequire(ast, expression)) outliner.addImport(node);
  if (!ast.is(expression, 'AssignmentExpression') || ast.value(expression) !== '=') return;
  const left = ast.child(expression, 'left');
  if (!ast.is(left, 'MemberExpression')) return;
  const name = ast.source(left).replace(/\s+/g, ' ');
  const value = classify(ast, ast.child(expression, 'right'), /\.prototype\.[^.]+$/.test(name) ? 'method' : 'function');
  const isExport = onTop && /^(module\.)?exports\b/.test(name);
  const isHolder = onTop && value.body >= 0 && value.kind === 'variable' && heldFunctions(ast, value.body);
  if (value.kind === 'variable' && !isExport && !isHolder) return;
  outliner.define({ name, node, ...value });
  if (onTop && value.kind === 'variable' && value.body >= 0) outliner.addObject(value.body);
}

/** A property of an object whose functions count. */
function readProperty(node: number, outliner: TreeOutliner): void {
  const { ast } = outliner;
  if (!outliner.isObject(ast.parent(node)) || ast.has(node, 'shorthand')) return;
  const value = classify(ast, ast.child(node, 'value'), 'method');
  const isHolder = value.kind === 'variable' && value.body >= 0 && heldFunctions(ast, value.body);
  if (value.kind === 'variable' && !isHolder) return;
  const accessor = ast.value(node) === 'init' ? '' : ast.value(node);
  outliner.define({ name: propertyName(ast, node), node, signature: accessor, ...value });
  if (isHolder) outliner.addObject(value.body);
}

/** `export default` of anything but a named declaration or a mere name. */
function readDefault(node: number, outliner: TreeOutliner): void {
  const { ast } = outliner;
  const value = ast.child(node, 'declaration');
  if (
    ast.is(
      value,
      'Identifier',
      'FunctionDeclaration',
      'ClassDeclaration',
      'TSInterfaceDeclaration',
      'TSDeclareFunction',
    )
  )
    return;
  const held = classify(ast, value, 'function');
  outliner.define({ name: 'default', node, ...held });
  if (held.kind === 'variable' && held.body >= 0) outliner.addObject(held.body);
}

const addImport: Reader = (node, outliner) => {
  outliner.addImport(node);
};

const readers: Readonly<Record<string, Reader>> = {
  ImportDeclaration: addImport,
  TSImportEqualsDeclaration: addImport,
  FunctionDeclaration: declaration('function'),
  TSDeclareFunction: declaration('signature'),
  ClassDeclaration: declaration('class'),
  TSInterfaceDeclaration: declaration('interface'),
  TSEnumDeclaration: declaration('enum'),
  TSModuleDeclaration: declaration('module'),
  TSTypeAliasDeclaration: declaration('type'),
  MethodDefinition: defineMethod,
  TSAbstractMethodDefinition: defineMethod,
  TSMethodSignature: (node, outliner) => {
    if (outliner.ast.is(outliner.ast.parent(node), 'TSInterfaceBody')) defineMethod(node, outliner);
  },
  PropertyDefinition: defineProperty,
  AccessorProperty: defineProperty,
  TSAbstractPropertyDefinition: defineProperty,
  TSAbstractAccessorProperty: defineProperty,
  VariableDeclaration: defineVariables,
  VariableDeclarator: defineVariable,
  ExpressionStatement: readStatement,
  Property: readProperty,
  ExportDefaultDeclaration: readDefault,
};

/** By the number of the kind, which is the same in all trees; `null` for kinds that define nothing. */
const known: (Reader | null | undefined)[] = [];

function readerOfKind(kind: number): Reader | null {
  const reader = known[kind];
  return reader === undefined ? (known[kind] = readers[names.name(kind)] ?? null) : reader;
}
