import { type Ast, none } from '../ast.ts';
import type { BindingKind } from './binding.ts';
import { blockKinds, keyedKinds, valueWrappers } from './scope-kinds.ts';
import { type BuiltScope, functionScope, openScope, ScopeNames, type ScopeRecord, topScope } from './scope-names.ts';

/** One walk that declares names and collects uses; {@link ScopeNames} then resolves the uses along the scope chain. */
export class ScopeBuilder {
  readonly #ast: Ast;
  readonly #names: ScopeNames;
  readonly #doubtful = new Set<string>();
  #isDynamic = false;

  constructor(ast: Ast) {
    this.#ast = ast;
    this.#names = new ScopeNames(ast);
  }

  build(): BuiltScope {
    this.#walkChildren(this.#ast.root, topScope(this.#ast.root));
    return { ...this.#names.resolve(), doubtful: this.#doubtful, isDynamic: this.#isDynamic };
  }

  #walkChildren(node: number, scope: ScopeRecord): void {
    const { tree } = this.#ast;
    for (let at = tree.first[node] ?? none; at >= 0; at = tree.next[at] ?? none) this.#walk(at, scope);
  }

  #walk(node: number, scope: ScopeRecord): void {
    const kind = this.#ast.kind(node);
    if (kind.startsWith('TS') && !valueWrappers.has(kind)) {
      this.#declareFromTypes(node, kind, scope);
      if (kind === 'TSTypeQuery') this.#entityName(this.#ast.child(node, 'exprName'), scope);
      else this.#findTypeQueries(node, scope);
      return;
    }
    switch (kind) {
      case 'Identifier':
        this.#names.use({ node, scope, read: true, write: false, init: false });
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
      this.#names.declare(ast.child(node, 'local'), 'import', scope);
    else if (kind === 'ExportSpecifier') this.#exportSpecifier(node, scope);
    else if (kind === 'LabeledStatement') this.#walk(ast.child(node, 'body'), scope);
    else if (kind === 'BreakStatement' || kind === 'ContinueStatement' || kind === 'MetaProperty') return;
    else if (kind === 'JSXMemberExpression') this.#walk(ast.child(node, 'object'), scope);
    else if (kind === 'JSXAttribute') this.#walk(ast.child(node, 'value'), scope);
    else if (kind === 'ForInStatement' || kind === 'ForOfStatement') this.#forEach(node, scope);
    else if (kind === 'CatchClause') this.#catch(node, scope);
    else if (kind.startsWith('TSEnum') || kind.startsWith('TSModule') || kind === 'TSImportEqualsDeclaration')
      this.#typescriptValue(node, kind, scope);
    else if (kind === 'ExportAllDeclaration') return;
    else if (kind === 'SwitchStatement') this.#switch(node, scope);
    else if (kind === 'StaticBlock') this.#walkChildren(node, openScope(node, scope, scope.fn, true));
    else if (blockKinds.has(kind)) this.#walkChildren(node, openScope(node, scope, scope.fn, false));
    else this.#walkChildren(node, scope);
  }

  #keyed(node: number, scope: ScopeRecord): void {
    for (const child of this.#ast.children(node)) {
      const field = this.#ast.field(child);
      if (field === 'key' && !this.#ast.has(node, 'computed')) continue;
      // a field's initialiser runs at every construction, like the body of a function
      const isFieldValue = field === 'value' && this.#ast.is(node, 'PropertyDefinition', 'AccessorProperty');
      this.#walk(child, isFieldValue ? openScope(child, scope, child, true) : scope);
    }
  }

  #exportSpecifier(node: number, scope: ScopeRecord): void {
    const local = this.#ast.child(node, 'local');
    const declaration = this.#ast.parent(node);
    if (this.#ast.child(declaration, 'source') !== none || !this.#ast.isIdentifier(local)) return;
    this.#names.use({ node: local, scope, read: true, write: false, init: false });
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
      this.#names.declare(id, 'function', scope);
      // in sloppy code a function in a block is also visible outside of it (ECMA-262 Annex B.3.2)
      if (!scope.isFunction) this.#doubtful.add(ast.value(id));
    }
    let outer = scope;
    if (kind === 'FunctionExpression' && id !== none) {
      outer = openScope(node, scope, scope.fn, false);
      this.#names.declare(id, 'function', outer);
    }
    const inner = openScope(node, outer, node, true);
    for (const child of ast.children(node)) {
      const field = ast.field(child);
      if (field === 'id') continue;
      if (field === 'params') this.#parameter(child, inner);
      else if (field === 'body' && ast.is(child, 'BlockStatement'))
        this.#walkChildren(child, this.#bodyScope(node, inner));
      else this.#walk(child, inner);
    }
  }

  /** Default values see the parameters, but not what the body declares (ECMA-262, FunctionDeclarationInstantiation). */
  #bodyScope(fn: number, parameters: ScopeRecord): ScopeRecord {
    const isSimple = this.#ast.list(fn, 'params').every((parameter) => this.#ast.isIdentifier(parameter));
    return isSimple ? parameters : openScope(fn, parameters, fn, true);
  }

  #parameter(node: number, scope: ScopeRecord): void {
    if (!this.#ast.is(node, 'TSParameterProperty')) this.#declarePattern(node, 'parameter', scope, scope);
    else for (const child of this.#ast.children(node)) this.#parameterPropertyPart(child, scope);
  }

  #parameterPropertyPart(node: number, scope: ScopeRecord): void {
    if (this.#ast.field(node) === 'parameter') this.#declarePattern(node, 'parameter', scope, scope);
    else this.#walk(node, scope);
  }

  #class(node: number, kind: string, scope: ScopeRecord): void {
    const id = this.#ast.child(node, 'id');
    const inner = openScope(node, scope, scope.fn, false);
    if (id !== none) this.#names.declare(id, 'class', kind === 'ClassDeclaration' ? scope : inner);
    for (const child of this.#ast.children(node)) if (child !== id) this.#walk(child, inner);
  }

  /** What is switched on does not see what the cases declare. */
  #switch(node: number, scope: ScopeRecord): void {
    const inner = openScope(node, scope, scope.fn, false);
    for (const child of this.#ast.children(node))
      this.#walk(child, this.#ast.field(child) === 'discriminant' ? scope : inner);
  }

  #forEach(node: number, scope: ScopeRecord): void {
    const inner = openScope(node, scope, scope.fn, false);
    const left = this.#ast.child(node, 'left');
    if (this.#ast.is(left, 'VariableDeclaration')) this.#walk(left, inner);
    else this.#target(left, inner, false);
    this.#walk(this.#ast.child(node, 'right'), inner);
    this.#walk(this.#ast.child(node, 'body'), inner);
  }

  #catch(node: number, scope: ScopeRecord): void {
    const inner = openScope(node, scope, scope.fn, false);
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
    if (ast.isIdentifier(node)) this.#names.use({ node, scope, read: alsoRead, write: true, init: false });
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
      this.#names.declare(node, kind, owner);
      if (hasValue) this.#names.use({ node, scope, read: false, write: true, init: true });
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
    else this.#walk(node, scope);
  }

  #jsxReference(node: number, scope: ScopeRecord): void {
    if (this.#ast.field(node) === 'property' || /^[a-z]/.test(this.#ast.value(node))) {
      if (!this.#ast.is(this.#ast.parent(node), 'JSXMemberExpression')) return;
    }
    this.#names.use({ node, scope, read: true, write: false, init: false });
  }

  #typescriptValue(node: number, kind: string, scope: ScopeRecord): void {
    const id = this.#ast.child(node, 'id');
    if (kind === 'TSEnumMember') {
      // the initialisers of an enum see its members by name
      this.#names.declare(id, 'enum', scope);
      this.#doubtful.add(this.#ast.value(id));
      this.#walk(this.#ast.child(node, 'initializer'), scope);
      return;
    }
    if (id !== none) this.#names.declare(id, kind === 'TSEnumDeclaration' ? 'enum' : 'namespace', scope);
    if (kind === 'TSImportEqualsDeclaration') {
      this.#entityName(this.#ast.child(node, 'moduleReference'), scope);
      return;
    }
    const isBlock = kind === 'TSModuleBlock' || kind === 'TSEnumDeclaration';
    const inner = isBlock ? openScope(node, scope, scope.fn, kind === 'TSModuleBlock') : scope;
    for (const child of this.#ast.children(node)) if (child !== id) this.#walk(child, inner);
    // other parts of the same namespace or enum see the names, too
    if (kind === 'TSModuleBlock') for (const name of inner.names.keys()) this.#doubtful.add(name);
  }

  /** `declare function f()` and overload signatures declare a value though they are only types. */
  #declareFromTypes(node: number, kind: string, scope: ScopeRecord): void {
    if (kind === 'TSDeclareFunction') this.#names.declare(this.#ast.child(node, 'id'), 'function', scope);
  }

  #findTypeQueries(node: number, scope: ScopeRecord): void {
    for (const child of this.#ast.children(node)) {
      if (this.#ast.is(child, 'TSTypeQuery')) this.#entityName(this.#ast.child(child, 'exprName'), scope);
      else this.#findTypeQueries(child, scope);
    }
  }

  /** `typeof a.b` and `import x = a.b` read `a`. */
  #entityName(name: number, scope: ScopeRecord): void {
    let node = name;
    while (this.#ast.is(node, 'TSQualifiedName')) node = this.#ast.child(node, 'left');
    if (this.#ast.isIdentifier(node)) this.#names.use({ node, scope, read: true, write: false, init: false });
  }
}
