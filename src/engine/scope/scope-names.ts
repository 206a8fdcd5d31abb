import { type Ast, none } from '../ast.ts';
import type { Binding, BindingKind } from './binding.ts';

/** A region of the program in which names are declared. */
export interface ScopeRecord {
  readonly node: number;
  readonly parent: ScopeRecord | undefined;
  /** `var` and sloppy function declarations belong to the nearest one of these. */
  readonly isFunction: boolean;
  readonly fn: number;
  readonly names: Map<string, Binding>;
}

/** One use of a name, not yet resolved. */
interface Use {
  readonly node: number;
  readonly scope: ScopeRecord;
  readonly read: boolean;
  readonly write: boolean;
  readonly init: boolean;
}

interface ResolvedNames {
  readonly bindings: ReadonlyMap<number, Binding>;
  readonly unresolved: ReadonlySet<number>;
  /** Uses of the `arguments` of a function. */
  readonly argumentsUses: readonly number[];
  /** All identifiers of the file. */
  readonly used: Set<string>;
}

export interface BuiltScope extends ResolvedNames {
  /** Names visible in more places than their scope: functions in blocks (sloppy code), members of namespaces and enums. */
  readonly doubtful: ReadonlySet<string>;
  readonly isDynamic: boolean;
}

export function topScope(root: number): ScopeRecord {
  return { node: root, parent: undefined, isFunction: true, fn: none, names: new Map() };
}

export function openScope(node: number, parent: ScopeRecord, fn: number, isFunction: boolean): ScopeRecord {
  return { node, parent, isFunction, fn, names: new Map() };
}

/** Where a `var` declared in a scope lives. */
export function functionScope(scope: ScopeRecord): ScopeRecord {
  let at = scope;
  while (!at.isFunction && at.parent !== undefined) at = at.parent;
  return at;
}

/** Declared names, and uses that are resolved when all declarations are known: names are hoisted. */
export class ScopeNames {
  readonly #ast: Ast;
  readonly #bindings = new Map<number, Binding>();
  readonly #uses: Use[] = [];
  readonly #argumentsUses: number[] = [];

  constructor(ast: Ast) {
    this.#ast = ast;
  }

  declare(node: number, kind: BindingKind, owner: ScopeRecord): void {
    if (!this.#ast.isIdentifier(node)) return;
    const name = this.#ast.value(node);
    const known = owner.names.get(name);
    const place = { fn: owner.fn, scopeNode: owner.node };
    const binding: Binding = known ?? { name, kind, declarations: [], references: [], ...place, exported: false };
    binding.declarations.push(node);
    owner.names.set(name, binding);
    this.#bindings.set(node, binding);
    if (this.#isExported(node)) binding.exported = true;
  }

  use(use: Use): void {
    this.#uses.push(use);
  }

  resolve(): ResolvedNames {
    const unresolved = new Set<number>();
    for (const use of this.#uses) this.#resolve(use, unresolved);
    const identifiers = [...this.#ast.ofKind('Identifier'), ...this.#ast.ofKind('JSXIdentifier')];
    const used = new Set(identifiers.map((node) => this.#ast.value(node)));
    return { bindings: this.#bindings, unresolved, argumentsUses: this.#argumentsUses, used };
  }

  #resolve(use: Use, unresolved: Set<number>): void {
    const name = this.#ast.value(use.node);
    for (let scope: ScopeRecord | undefined = use.scope; scope !== undefined; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding === undefined) continue;
      binding.references.push({ node: use.node, read: use.read, write: use.write, init: use.init, fn: use.scope.fn });
      this.#bindings.set(use.node, binding);
      const parent = this.#ast.parent(use.node);
      if (this.#ast.is(parent, 'ExportSpecifier', 'ExportDefaultDeclaration', 'TSExportAssignment'))
        binding.exported = true;
      return;
    }
    // every function has its own
    if (name === 'arguments') this.#argumentsUses.push(use.node);
    else unresolved.add(use.node);
  }

  #isExported(node: number): boolean {
    let below = node;
    for (let at = this.#ast.parent(node); at >= 0; below = at, at = this.#ast.parent(at)) {
      if (this.#ast.is(at, 'ExportNamedDeclaration', 'ExportDefaultDeclaration')) return true;
      // what is declared inside an exported function, its parameters too, is not exported itself
      if (this.#ast.isFunction(at) && this.#ast.field(below) !== 'id') return false;
      if (this.#ast.is(at, 'BlockStatement', 'Program', 'ClassBody')) return false;
    }
    return false;
  }
}
