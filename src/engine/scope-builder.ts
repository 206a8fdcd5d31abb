import { type Ast, none } from './ast.ts';
import type { Binding, BindingKind } from './scope.ts';

interface ScopeRecord {
  readonly node: number;
  readonly parent: ScopeRecord | undefined;
  /** `var` and sloppy function declarations belong to the nearest one of these. */
  readonly isFunction: boolean;
  readonly fn: number;
  readonly names: Map<string, Binding>;
}

interface Pending {
  readonly node: number;
  readonly scope: ScopeRecord;
  readonly read: boolean;
  readonly write: boolean;
  readonly init: boolean;
}

export interface BuiltScope {
  readonly bindings: ReadonlyMap<number, Binding>;
  readonly unresolved: ReadonlySet<number>;
  readonly doubtful: ReadonlySet<string>;
  readonly used: Set<string>;
  readonly isDynamic: boolean;
}

const valueWrappers = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSAbstractPropertyDefinition',
  'TSAbstractAccessorProperty',
  'TSExternalModuleReference',
]);
const keyedKinds = new Set([
  'Property',
  'MethodDefinition',
  'PropertyDefinition',
  'AccessorProperty',
  'TSAbstractPropertyDefinition',
  'TSAbstractAccessorProperty',
  'ImportAttribute',
]);
const blockKinds = new Set([
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'CatchClause',
  'TSModuleBlock',
]);

/** One walk that declares names and collects uses, then a resolution of the uses along the scope chain. */
export class ScopeBuilder {
  readonly #ast: Ast;
  readonly #bindings = new Map<number, Binding>();
  readonly #pending: Pending[] = [];
  readonly #doubtful = new Set<string>();
  readonly #used = new Set<string>();
  #isDynamic = false;

  constructor(ast: Ast) {
    this.#ast = ast;
  }

  build(): BuiltScope {
    const top: ScopeRecord = { node: this.#ast.root, parent: undefined, isFunction: true, fn: none, names: new Map() };
    this.#walkChildren(this.#ast.root, top);
    const unresolved = new Set<number>();
    for (const use of this.#pending) this.#resolve(use, unresolved);
    for (const kind of ['Identifier', 'JSXIdentifier'])
      for (const node of this.#ast.ofKind(kind)) this.#used.add(this.#ast.value(node));
    return {
      bindings: this.#bindings,
      unresolved,
      doubtful: this.#doubtful,
      used: this.#used,
      isDynamic: this.#isDynamic,
    };
  }

  #resolve(use: Pending, unresolved: Set<number>): void {
    const name = this.#ast.value(use.node);
    for (let scope: ScopeRecord | undefined = use.scope; scope !== undefined; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding === undefined) continue;
      binding.references.push({ node: use.node, read: use.read, write: use.write, init: use.init, fn: use.scope.fn });
      this.#bindings.set(use.node, binding);
      if (this.#ast.is(this.#ast.parent(use.node), 'ExportSpecifier', 'ExportDefaultDeclaration', 'TSExportAssignment'))
        binding.exported = true;
      return;
    }
    unresolved.add(use.node);
  }

  #walkChildren(node: number, scope: ScopeRecord): void {
    const { tree } = this.#ast;
    for (let at = tree.first[node] ?? none; at >= 0; at = tree.next[at] ?? none) this.#walk(at, scope);
  }

  #walk(node: number, scope: ScopeRecord): void {
    const kind = this.#ast.kind(node);
    if (kind.startsWith('TS') && !valueWrappers.has(kind)) {
      this.#declareFromTypes(node, kind, scope);
      if (kind === 'TSTypeQuery') this.#walkTypeQuery(node, scope);
      else this.#findTypeQueries(node, scope);
      return;
    }
    switch (kind) {
      case 'Identifier':
        this.#reference(node, scope, { read: true, write: false });
        this.#walkChildren(node, scope);
        return;
      case 'JSXIdentifier':
        this.#jsxReference(node, scope);
        return;
      case 'VariableDeclaration':
        this.#variableDeclaration(node, scope);
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node, kind, scope);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node, kind, scope);
        return;
      case 'AssignmentExpression':
        this.#assignment(node, scope);
        return;
      case 'UpdateExpression':
        this.#target(this.#ast.child(node, 'argument'), scope, true);
        return;
      case 'WithStatement':
        this.#isDynamic = true;
        break;
      case 'CallExpression':
        if (this.#ast.isIdentifier(this.#ast.child(node, 'callee'), 'eval')) this.#isDynamic = true;
        break;
      default:
        break;
    }
    this.#structure(node, kind, scope);
  }

  #structure(node: number, kind: string, scope: ScopeRecord): void {
    const ast = this.#ast;
    if (kind === 'MemberExpression') {
      this.#walk(ast.child(node, 'object'), scope);
      if (ast.has(node, 'computed')) this.#walk(ast.child(node, 'property'), scope);
    } else if (keyedKinds.has(kind)) this.#keyed(node, scope);
    else if (kind.startsWith('Import') && kind.endsWith('Specifier'))
      this.#declare(ast.child(node, 'local'), 'import', scope);
    else if (kind === 'ExportSpecifier') this.#exportSpecifier(node, scope);
    else if (kind === 'LabeledStatement') this.#walk(ast.child(node, 'body'), scope);
    else if (kind === 'BreakStatement' || kind === 'ContinueStatement' || kind === 'MetaProperty') return;
    else if (kind === 'JSXMemberExpression') this.#walk(ast.child(node, 'object'), scope);
    else if (kind === 'JSXAttribute') this.#walk(ast.child(node, 'value'), scope);
    else if (kind === 'ForInStatement' || kind === 'ForOfStatement') this.#forEach(node, scope);
    else if (kind === 'CatchClause') this.#catch(node, scope);
    else if (kind.startsWith('TSEnum') || kind.startsWith('TSModule') || kind === 'TSImportEqualsDeclaration')
      this.#typescriptValue(node, kind, scope);
    else if (kind === 'TSParameterProperty')
      this.#declarePattern(ast.child(node, 'parameter'), 'parameter', scope, scope);
    else if (kind === 'StaticBlock') this.#walkChildren(node, this.#open(node, scope, scope.fn, true));
    else if (blockKinds.has(kind)) this.#walkChildren(node, this.#open(node, scope, scope.fn, false));
    else this.#walkChildren(node, scope);
  }

  #open(node: number, parent: ScopeRecord, fn: number, isFunction: boolean): ScopeRecord {
    return { node, parent, isFunction, fn, names: new Map() };
  }

  #keyed(node: number, scope: ScopeRecord): void {
    for (const child of this.#ast.children(node)) {
      const field = this.#ast.field(child);
      if (field === 'key' && !this.#ast.has(node, 'computed')) continue;
      // a field's initialiser runs at every construction, like the body of a function
      const isFieldValue = field === 'value' && this.#ast.is(node, 'PropertyDefinition', 'AccessorProperty');
      this.#walk(child, isFieldValue ? this.#open(child, scope, child, true) : scope);
    }
  }

  #exportSpecifier(node: number, scope: ScopeRecord): void {
    const local = this.#ast.child(node, 'local');
    const declaration = this.#ast.parent(node);
    if (this.#ast.child(declaration, 'source') !== none || !this.#ast.isIdentifier(local)) return;
    this.#reference(local, scope, { read: true, write: false });
  }

  #variableDeclaration(node: number, scope: ScopeRecord): void {
    const word = this.#ast.value(node);
    const kind: BindingKind = word === 'var' ? 'var' : word === 'let' ? 'let' : 'const';
    const owner = kind === 'var' ? functionScope(scope) : scope;
    const isLoopHead = this.#ast.isLoop(this.#ast.parent(node)) && this.#ast.field(node) === 'left';
    for (const declarator of this.#ast.list(node, 'declarations')) {
      const init = this.#ast.child(declarator, 'init');
      this.#declarePattern(this.#ast.child(declarator, 'id'), kind, owner, scope, init !== none || isLoopHead);
      if (init !== none) this.#walk(init, scope);
    }
  }

  #function(node: number, kind: string, scope: ScopeRecord): void {
    const ast = this.#ast;
    const id = ast.child(node, 'id');
    if (kind === 'FunctionDeclaration' && id !== none) {
      this.#declare(id, 'function', scope);
      // in sloppy code a function in a block is also visible outside of it (ECMA-262 Annex B.3.2)
      if (!scope.isFunction) this.#doubtful.add(ast.value(id));
    }
    let outer = scope;
    if (kind === 'FunctionExpression' && id !== none) {
      outer = this.#open(node, scope, scope.fn, false);
      this.#declare(id, 'function', outer);
    }
    const inner = this.#open(node, outer, node, true);
    for (const child of ast.children(node)) {
      const field = ast.field(child);
      if (field === 'id') continue;
      if (field === 'params') this.#parameter(child, inner);
      else if (field === 'body' && ast.is(child, 'BlockStatement')) this.#walkChildren(child, inner);
      else this.#walk(child, inner);
    }
  }

  #parameter(node: number, scope: ScopeRecord): void {
    const inner = this.#ast.is(node, 'TSParameterProperty') ? this.#ast.child(node, 'parameter') : node;
    this.#declarePattern(inner, 'parameter', scope, scope);
  }

  #class(node: number, kind: string, scope: ScopeRecord): void {
    const id = this.#ast.child(node, 'id');
    const inner = this.#open(node, scope, scope.fn, false);
    if (id !== none) this.#declare(id, 'class', kind === 'ClassDeclaration' ? scope : inner);
    for (const child of this.#ast.children(node)) if (child !== id) this.#walk(child, inner);
  }

  #forEach(node: number, scope: ScopeRecord): void {
    const inner = this.#open(node, scope, scope.fn, false);
    const left = this.#ast.child(node, 'left');
    if (this.#ast.is(left, 'VariableDeclaration')) this.#walk(left, inner);
    else this.#target(left, inner, false);
    this.#walk(this.#ast.child(node, 'right'), inner);
    this.#walk(this.#ast.child(node, 'body'), inner);
  }

  #catch(node: number, scope: ScopeRecord): void {
    const inner = this.#open(node, scope, scope.fn, false);
    const parameter = this.#ast.child(node, 'param');
    if (parameter !== none) this.#declarePattern(parameter, 'catch', inner, inner);
    this.#walk(this.#ast.child(node, 'body'), inner);
  }

  #assignment(node: number, scope: ScopeRecord): void {
    this.#target(this.#ast.child(node, 'left'), scope, this.#ast.value(node) !== '=');
    this.#walk(this.#ast.child(node, 'right'), scope);
  }

  /** An assignment target: every identifier in it is written, every default value and computed key is read. */
  #target(node: number, scope: ScopeRecord, alsoRead: boolean): void {
    const ast = this.#ast;
    if (ast.isIdentifier(node)) this.#reference(node, scope, { read: alsoRead, write: true });
    else if (ast.is(node, 'ArrayPattern', 'ObjectPattern'))
      for (const child of ast.children(node)) this.#target(child, scope, false);
    else if (ast.is(node, 'Property')) {
      if (ast.has(node, 'computed')) this.#walk(ast.child(node, 'key'), scope);
      this.#target(ast.child(node, 'value'), scope, false);
    } else if (ast.is(node, 'AssignmentPattern')) {
      this.#target(ast.child(node, 'left'), scope, false);
      this.#walk(ast.child(node, 'right'), scope);
    } else if (ast.is(node, 'RestElement')) this.#target(ast.child(node, 'argument'), scope, false);
    else if (ast.is(node, 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion'))
      this.#target(ast.child(node, 'expression'), scope, alsoRead);
    else if (node !== none) this.#walk(node, scope);
  }

  #declarePattern(node: number, kind: BindingKind, owner: ScopeRecord, scope: ScopeRecord, hasValue = true): void {
    const ast = this.#ast;
    if (node === none) return;
    if (ast.isIdentifier(node)) {
      this.#declare(node, kind, owner);
      if (hasValue) this.#pending.push({ node, scope, read: false, write: true, init: true });
      this.#walkChildren(node, scope);
    } else if (ast.is(node, 'Property')) {
      if (ast.has(node, 'computed')) this.#walk(ast.child(node, 'key'), scope);
      this.#declarePattern(ast.child(node, 'value'), kind, owner, scope);
    } else if (ast.is(node, 'AssignmentPattern')) {
      this.#declarePattern(ast.child(node, 'left'), kind, owner, scope);
      this.#walk(ast.child(node, 'right'), scope);
    } else if (ast.is(node, 'RestElement')) this.#declarePattern(ast.child(node, 'argument'), kind, owner, scope);
    else if (ast.is(node, 'ArrayPattern', 'ObjectPattern'))
      for (const child of ast.children(node)) this.#declarePattern(child, kind, owner, scope);
    else if (ast.is(node, 'TSParameterProperty'))
      this.#declarePattern(ast.child(node, 'parameter'), kind, owner, scope);
    else this.#walk(node, scope);
  }

  #declare(node: number, kind: BindingKind, owner: ScopeRecord): void {
    if (!this.#ast.isIdentifier(node)) return;
    const name = this.#ast.value(node);
    const known = owner.names.get(name);
    const binding: Binding = known ?? {
      name,
      kind,
      declarations: [],
      references: [],
      fn: owner.fn,
      scopeNode: owner.node,
      exported: false,
    };
    binding.declarations.push(node);
    owner.names.set(name, binding);
    this.#bindings.set(node, binding);
    if (this.#isExported(node)) binding.exported = true;
  }

  #isExported(node: number): boolean {
    for (let at = this.#ast.parent(node); at >= 0; at = this.#ast.parent(at)) {
      if (this.#ast.is(at, 'ExportNamedDeclaration', 'ExportDefaultDeclaration')) return true;
      if (this.#ast.is(at, 'BlockStatement', 'Program') || this.#ast.isFunction(this.#ast.parent(at))) return false;
    }
    return false;
  }

  #reference(node: number, scope: ScopeRecord, access: { readonly read: boolean; readonly write: boolean }): void {
    this.#pending.push({ node, scope, ...access, init: false });
  }

  #jsxReference(node: number, scope: ScopeRecord): void {
    if (this.#ast.field(node) === 'property' || /^[a-z]/.test(this.#ast.value(node))) {
      if (!this.#ast.is(this.#ast.parent(node), 'JSXMemberExpression')) return;
    }
    this.#reference(node, scope, { read: true, write: false });
  }

  #typescriptValue(node: number, kind: string, scope: ScopeRecord): void {
    const id = this.#ast.child(node, 'id');
    if (kind === 'TSEnumMember') {
      this.#walk(this.#ast.child(node, 'initializer'), scope);
      return;
    }
    if (id !== none) this.#declare(id, kind === 'TSEnumDeclaration' ? 'enum' : 'namespace', scope);
    const inner = kind === 'TSModuleBlock' ? this.#open(node, scope, scope.fn, true) : scope;
    for (const child of this.#ast.children(node)) if (child !== id) this.#walk(child, inner);
  }

  /** `declare function f()` and overload signatures declare a value though they are only types. */
  #declareFromTypes(node: number, kind: string, scope: ScopeRecord): void {
    if (kind === 'TSDeclareFunction') this.#declare(this.#ast.child(node, 'id'), 'function', scope);
  }

  #findTypeQueries(node: number, scope: ScopeRecord): void {
    for (const child of this.#ast.children(node)) {
      if (this.#ast.is(child, 'TSTypeQuery')) this.#walkTypeQuery(child, scope);
      else this.#findTypeQueries(child, scope);
    }
  }

  #walkTypeQuery(node: number, scope: ScopeRecord): void {
    let name = this.#ast.child(node, 'exprName');
    while (this.#ast.is(name, 'TSQualifiedName')) name = this.#ast.child(name, 'left');
    if (this.#ast.isIdentifier(name)) this.#reference(name, scope, { read: true, write: false });
  }
}

function functionScope(scope: ScopeRecord): ScopeRecord {
  let at = scope;
  while (!at.isFunction && at.parent !== undefined) at = at.parent;
  return at;
}
