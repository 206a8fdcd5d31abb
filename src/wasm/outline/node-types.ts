import type { Language } from 'web-tree-sitter';
import type { OutlineGrammar } from './outline-grammar.ts';

/** What reading an outline has to know of the nodes of one type. */
export interface NodeType {
  readonly name: string;
  readonly isNamed: boolean;
  readonly isComment: boolean;
  /** When its children are left out, if ever. */
  readonly opaque: 'always' | 'inFunctions' | 'withoutBraces' | undefined;
  readonly isFunction: boolean;
  readonly isClass: boolean;
}

/** The types of the nodes of a grammar by their numbers. A number is looked up once: each question goes through the module. */
export class NodeTypes {
  readonly #language: Language;
  readonly #grammar: OutlineGrammar;
  readonly #known = new Map<number, NodeType>();

  constructor(language: Language, grammar: OutlineGrammar) {
    this.#language = language;
    this.#grammar = grammar;
  }

  at(id: number): NodeType {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const type = this.#typeOf(id);
    this.#known.set(id, type);
    return type;
  }

  fieldName(field: number): string {
    return this.#language.fields[field] ?? '';
  }

  #typeOf(id: number): NodeType {
    const { comments, opaque, opaqueInFunctions = [], opaqueWithoutBraces = [], scopes } = this.#grammar;
    const name = this.#language.types[id] ?? 'ERROR';
    return {
      name,
      isNamed: this.#language.nodeTypeIsNamed(id),
      isComment: comments.includes(name),
      opaque: opaque.includes(name)
        ? 'always'
        : opaqueInFunctions.includes(name)
          ? 'inFunctions'
          : opaqueWithoutBraces.includes(name)
            ? 'withoutBraces'
            : undefined,
      isFunction: scopes?.functionType === name,
      isClass: scopes?.classType === name,
    };
  }
}

const known = new WeakMap<OutlineGrammar, { readonly language: Language; readonly types: NodeTypes }>();

export function nodeTypesOf(language: Language, grammar: OutlineGrammar): NodeTypes {
  const last = known.get(grammar);
  if (last?.language === language) return last.types;
  const types = new NodeTypes(language, grammar);
  known.set(grammar, { language, types });
  return types;
}
