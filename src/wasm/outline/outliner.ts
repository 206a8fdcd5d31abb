import type { Definition, DefinitionKind } from '../../engine/merge/outline.ts';
import type { CstNode } from '../cst.ts';

/** From where to where, behind the end. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What encloses the code at hand: variables count on top level of a file or a class only. */
export type Scope = 'file' | 'class' | 'function';

/** What a rule knows of a definition. */
export interface Found {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly span: Span;
  /** Start without decorators, attributes and annotations; start of the span when absent. */
  readonly headerStart?: number | undefined;
  readonly body?: Span | undefined;
  readonly signature?: string | undefined;
  /** What is inside, to be looked through for more definitions, and what these stand in. */
  readonly members?: readonly CstNode[] | undefined;
  readonly scope?: Scope;
  /** One of several in a statement: what wraps the statement is not its own. */
  readonly isPart?: boolean;
}

/** Where a definition really begins, ends and has its header, as far as constructs around it say so. */
export type Wrapper = Partial<Span> & { readonly headerStart?: number };

/** Reads one kind of node: names what it defines, and goes on into its parts. */
export type Rule = (node: CstNode, outliner: Outliner) => void;

/** Collects the definitions and imports of a concrete tree, in the order of the text. */
export class Outliner {
  readonly text: string;
  readonly definitions: Definition[] = [];
  readonly imports: number[] = [];
  readonly #rules: Readonly<Record<string, Rule>>;
  #container = -1;
  #scope: Scope = 'file';
  #wrapper: Wrapper = {};
  #following: CstNode | undefined;

  constructor(text: string, rules: Readonly<Record<string, Rule>>) {
    this.text = text;
    this.#rules = rules;
  }

  get scope(): Scope {
    return this.#scope;
  }

  /** The next sibling of the node being visited: a `;` that grammars leave outside. */
  get following(): CstNode | undefined {
    return this.#following;
  }

  visit(node: CstNode): void {
    const rule = Object.hasOwn(this.#rules, node.type) ? this.#rules[node.type] : undefined;
    if (rule === undefined) this.visitAll(node.children);
    else rule(node, this);
  }

  /** Visits neighbours. What wraps the construct around them is not theirs. */
  visitAll(nodes: readonly CstNode[]): void {
    const wrapper = this.#wrapper;
    this.#wrapper = {};
    nodes.forEach((node, index) => {
      this.#following = nodes[index + 1];
      this.visit(node);
    });
    this.#wrapper = wrapper;
  }

  /** Visits what stands inside a function or another construct whose variables are nobody else's business. */
  visitInside(nodes: readonly CstNode[], scope: Scope): void {
    const outside = this.#scope;
    this.#scope = scope;
    this.visitAll(nodes);
    this.#scope = outside;
  }

  /** Visits a node whose definition begins or ends further out: decorators, `export`, `template<…>`. */
  visitWrapped(node: CstNode, wrapper: Wrapper): void {
    const outer = this.#wrapper;
    this.#wrapper = { ...wrapper, ...outer };
    this.visit(node);
    this.#wrapper = outer;
  }

  /** Adds a definition and looks through its members. A definition without a name is passed over, its members are not. */
  define(found: Found): void {
    const outside = this.#container;
    if (found.name !== '') {
      this.definitions.push(this.#definitionOf(found));
      this.#container = this.definitions.length - 1;
    }
    this.visitInside(found.members ?? [], found.scope ?? 'function');
    this.#container = outside;
  }

  addImport({ start, end }: Span): void {
    this.imports.push(start, trimmedEnd(this.text, start, end));
  }

  source({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  #definitionOf(found: Found): Definition {
    const { span, body } = found;
    const wrapper = found.isPart === true ? {} : this.#wrapper;
    const start = Math.min(wrapper.start ?? span.start, span.start);
    const end = trimmedEnd(this.text, start, Math.max(wrapper.end ?? span.end, span.end));
    return {
      name: found.name,
      kind: found.kind,
      container: this.#container,
      start,
      end,
      headerStart: found.headerStart ?? wrapper.headerStart ?? span.start,
      bodyStart: body?.start ?? -1,
      bodyEnd: body === undefined ? -1 : Math.min(body.end, end),
      signature: found.signature ?? '',
    };
  }
}

/** Grammars count the line end into some nodes, e.g. preprocessor lines. */
function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at -= 1;
  return at;
}

/** One line, with single spaces. */
export function normalized(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
