import { type Ast, none } from '../ast.ts';
import type { Binding, Reference } from './binding.ts';
import { readsLastMatch } from './last-match.ts';
import { mayChangeByArguments } from './arguments-alias.ts';
import { ScopeBuilder } from './scope-builder.ts';

export type { Binding, Reference } from './binding.ts';

/** Who declares and who uses each name of one file. */
export class Scope {
  /** `with` or a direct `eval`: names may mean anything, nothing may be rewritten. */
  readonly isDynamic: boolean;
  #readsLastMatch: boolean | undefined;
  readonly #ast: Ast;
  readonly #bindings: ReadonlyMap<number, Binding>;
  readonly #unresolved: ReadonlySet<number>;
  readonly #doubtful: ReadonlySet<string>;
  readonly #argumentsUses: readonly number[];
  readonly #used: ReadonlySet<string>;
  readonly #handedOut: { readonly name: string; readonly region: number }[] = [];
  readonly #reassigned = new WeakMap<Binding, boolean>();

  constructor(ast: Ast) {
    const built = new ScopeBuilder(ast).build();
    this.#ast = ast;
    this.#bindings = built.bindings;
    this.#unresolved = built.unresolved;
    this.#doubtful = built.doubtful;
    this.#argumentsUses = built.argumentsUses;
    this.#used = built.used;
    this.isDynamic = built.isDynamic;
  }

  /** `RegExp.$1` and its like are read: it matters which regular expressions run. */
  get readsLastMatch(): boolean {
    this.#readsLastMatch ??= readsLastMatch(this.#ast, (node) => this.isGlobal(node));
    return this.#readsLastMatch;
  }

  /** Binding that an identifier declares or refers to; `undefined` for globals and for names that are no references. */
  bindingOf(node: number): Binding | undefined {
    return this.#bindings.get(node);
  }

  /** `true` for an identifier that means the global of that name: referenced, declared nowhere it could see. */
  isGlobal(node: number, name?: string): boolean {
    if (!this.#ast.isIdentifier(node, name)) return false;
    return this.#unresolved.has(node) && !this.#doubtful.has(this.#ast.value(node)) && !this.isDynamic;
  }

  /** `true` for `object.property` of a global object, e.g. `Object.keys`. */
  isGlobalMember(node: number, object: string, property: string): boolean {
    return this.isGlobal(this.#ast.memberObject(node, property), object);
  }

  /**
   * `true` when a binding may get another value after its declaration: by an assignment, a second declaration, the next round of
   * a loop around a `var` that a closure keeps, or through the `arguments` of a sloppy function.
   */
  isReassigned(binding: Binding): boolean {
    const known = this.#reassigned.get(binding);
    if (known !== undefined) return known;
    const isReassigned =
      binding.references.some((reference) => reference.write && !reference.init) ||
      this.#isDeclaredAgain(binding) ||
      mayChangeByArguments(this.#ast, binding, this.#argumentsUses);
    this.#reassigned.set(binding, isReassigned);
    return isReassigned;
  }

  #isDeclaredAgain(binding: Binding): boolean {
    const ast = this.#ast;
    const initials = binding.references.filter((reference) => reference.init);
    if (initials.length > 1) return true;
    const isFunction = (node: number): boolean =>
      ast.field(node) === 'id' && ast.is(ast.parent(node), 'FunctionDeclaration');
    if (initials.length === 1 && binding.declarations.some((node) => isFunction(node))) return true;
    return (
      binding.kind === 'var' && binding.declarations.some((node) => isInLoop(ast, node)) && this.isCaptured(binding)
    );
  }

  /** `true` when a function other than the one that creates the binding uses it: it may then run at any time. */
  isCaptured(binding: Binding): boolean {
    return binding.references.some((reference) => reference.fn !== binding.fn);
  }

  /** References within a node. */
  referencesWithin(binding: Binding, node: number): Reference[] {
    return binding.references.filter((reference) => this.#ast.within(reference.node, node));
  }

  /** Bindings declared outside `node` that are used inside it. */
  freeBindings(node: number): Binding[] {
    const free = new Set<Binding>();
    for (let at = node; at <= this.#ast.last(node); at += 1) {
      const binding = this.#bindings.get(at);
      if (binding !== undefined && !binding.declarations.some((declaration) => this.#ast.within(declaration, node)))
        free.add(binding);
    }
    return [...free];
  }

  /**
   * A name for a new variable from a wish: `seen`, `seen2`, … With the place `at` where it will be declared, the name is one
   * that occurs nowhere in the function around that place; without, nowhere in the file. Never handed out twice for one place.
   */
  freshName(wish: string, at: number = none): string {
    const region = at === none ? none : this.#ast.enclosingFunction(at);
    const isTaken = (name: string): boolean => this.#occursIn(region, name) || this.#isHandedOut(name, region);
    let name = wish;
    for (let count = 2; isTaken(name); count += 1) name = `${wish}${String(count)}`;
    this.#handedOut.push({ name, region });
    return name;
  }

  #occursIn(region: number, name: string): boolean {
    if (!this.#used.has(name)) return false;
    if (region === none) return true;
    const kinds = ['Identifier', 'JSXIdentifier'];
    return kinds.some((kind) => this.#ast.ofKindWithin(kind, region).some((node) => this.#ast.value(node) === name));
  }

  #isHandedOut(name: string, region: number): boolean {
    const overlaps = (other: number): boolean =>
      other === none || region === none || this.#ast.within(other, region) || this.#ast.within(region, other);
    return this.#handedOut.some((one) => one.name === name && overlaps(one.region));
  }

  /** The expression that a never reassigned variable is declared with, or {@link none}. */
  initializer(binding: Binding): number {
    const [declaration] = binding.declarations;
    if (declaration === undefined || binding.declarations.length > 1 || this.isReassigned(binding)) return none;
    const declarator = this.#ast.parent(declaration);
    if (!this.#ast.is(declarator, 'VariableDeclarator') || this.#ast.field(declaration) !== 'id') return none;
    return this.#ast.child(declarator, 'init');
  }
}

function isInLoop(ast: Ast, node: number): boolean {
  for (let at = ast.parent(node); at >= 0 && !ast.isFunction(at); at = ast.parent(at)) if (ast.isLoop(at)) return true;
  return false;
}
