import type { Language, Tree, TreeCursor } from 'web-tree-sitter';
import type { Ranges } from '../../engine/merge/outline.ts';
import type { CstNode } from '../cst.ts';
import type { OutlineGrammar } from './outline-grammar.ts';

/** Deeper nodes are left out: rules recurse, and nobody means a definition at such a depth. */
const maximumDepth = 400;

/** What an outline is made of, copied from a tree. */
export interface OutlineParts extends Literals {
  readonly root: CstNode;
  readonly errors: Ranges;
}

export interface Literals {
  readonly comments: Ranges;
  readonly strings: Ranges;
}

/** @param literals whether comments and strings are wanted */
export function readParts(
  tree: Tree,
  cursor: TreeCursor,
  text: string,
  grammar: OutlineGrammar,
  literals: boolean,
): OutlineParts {
  cursor.reset(tree.rootNode);
  const root = copyDefinitions(cursor, text, grammar, new NodeTypes(tree.language));
  return { root, ...(literals ? readLiterals(tree, text, grammar) : noLiterals), errors: readErrors(tree, cursor) };
}

/** Names of the node types of a grammar. A node is asked for the number of its type, once: each question goes through the module's memory. */
class NodeTypes {
  readonly #language: Language;
  readonly #named = new Map<number, boolean>();

  constructor(language: Language) {
    this.#language = language;
  }

  nameOf(type: number): string {
    return this.#language.types[type] ?? 'ERROR';
  }

  fieldOf(field: number): string {
    return this.#language.fields[field] ?? '';
  }

  isNamed(type: number): boolean {
    const known = this.#named.get(type);
    if (known !== undefined) return known;
    const isNamed = this.#language.nodeTypeIsNamed(type);
    this.#named.set(type, isNamed);
    return isNamed;
  }
}

/**
 * Copies the part of a tree that can hold definitions: comments are left out, opaque nodes and those at the greatest depth
 * come without children.
 */
function copyDefinitions(cursor: TreeCursor, text: string, grammar: OutlineGrammar, types: NodeTypes): CstNode {
  const opaque = new Set(grammar.opaque);
  const comments = new Set(grammar.comments);
  const copyNode = (type: number, depth: number): CstNode => ({
    type: types.nameOf(type),
    isNamed: types.isNamed(type),
    field: types.fieldOf(cursor.currentFieldId),
    start: cursor.startIndex,
    end: cursor.endIndex,
    text,
    depth,
    children: [],
    hasError: false,
  });
  const root = copyNode(cursor.nodeTypeId, 0);
  const path = [root];
  let canDescend = cursor.gotoFirstChild();
  while (path.length > 0) {
    if (!canDescend && !cursor.gotoNextSibling()) {
      path.pop();
      cursor.gotoParent();
      continue;
    }
    canDescend = false;
    const type = cursor.nodeTypeId;
    if (comments.has(types.nameOf(type))) continue;
    const node = copyNode(type, path.length);
    path.at(-1)?.children.push(node);
    if (opaque.has(node.type) || path.length >= maximumDepth) continue;
    canDescend = cursor.gotoFirstChild();
    if (canDescend) path.push(node);
  }
  return root;
}

/** Outermost ERROR nodes below the root, and nodes that the parser made up, which have no width. */
export function readErrors(tree: Tree, cursor: TreeCursor): Ranges {
  if (!tree.rootNode.hasError) return new Int32Array(0);
  const errors: number[] = [];
  cursor.reset(tree.rootNode);
  for (let isNew = true; ;) {
    if (isNew) {
      const isError = cursor.nodeType === 'ERROR' || cursor.nodeIsMissing;
      if (isError) errors.push(cursor.startIndex, cursor.endIndex);
      else if (cursor.currentNode.hasError && cursor.gotoFirstChild()) continue;
    }
    if (cursor.gotoNextSibling()) isNew = true;
    else if (cursor.gotoParent()) isNew = false;
    else break;
  }
  // nothing but the root may be marked
  return Int32Array.from(errors.length > 0 ? errors : [tree.rootNode.startIndex, tree.rootNode.endIndex]);
}

const noLiterals = { comments: new Int32Array(0), strings: new Int32Array(0) };

/** A comment, a string or code in one. */
interface Literal {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

export function readLiterals(tree: Tree, text: string, grammar: OutlineGrammar): Literals {
  const { comments, strings, codeInStrings } = grammar;
  const types = new NodeTypes(tree.language);
  const isComment = new Set(comments);
  const found: { comments: Literal[]; strings: Literal[] } = { comments: [], strings: [] };
  // one walk for all of them: each goes through the whole tree
  for (const node of tree.rootNode.descendantsOfType([...comments, ...strings, ...codeInStrings])) {
    const id = node.typeId;
    if (!types.isNamed(id)) continue; // `string` is also a keyword of TypeScript
    const type = types.nameOf(id);
    const literal = { type, start: node.startIndex, end: node.endIndex };
    if (isComment.has(type)) found.comments.push(literal);
    else found.strings.push(literal);
  }
  return { comments: readRanges(found.comments, text), strings: readStrings(found.strings, text, grammar) };
}

/** Ranges of nodes in the order of the text, the outermost of those that nest. */
function readRanges(literals: readonly Literal[], text: string): Ranges {
  const ranges: number[] = [];
  let last = 0;
  for (const { start, end } of literals) {
    if (start < last) continue;
    last = end;
    ranges.push(start, withoutLineEnd(text, end));
  }
  return Int32Array.from(ranges);
}

/** Grammars count the carriage return into a line comment, that of Rust the whole line end into documentation. */
function withoutLineEnd(text: string, end: number): number {
  let at = end;
  if (text.charCodeAt(at - 1) === 10) at -= 1;
  return text.charCodeAt(at - 1) === 13 ? at - 1 : at;
}

/** String literals without the code inside of them. */
function readStrings(literals: readonly Literal[], text: string, { codeInStrings }: OutlineGrammar): Ranges {
  if (codeInStrings.length === 0) return readRanges(literals, text);
  const isCode = new Set(codeInStrings);
  const ranges: number[] = [];
  const open: { readonly isCode: boolean; readonly end: number }[] = [];
  let at = 0;
  const closeUntil = (offset: number): void => {
    for (let inner = open.at(-1); inner !== undefined && inner.end <= offset; inner = open.at(-1)) {
      if (!inner.isCode && inner.end > at) ranges.push(at, inner.end);
      at = inner.end;
      open.pop();
    }
  };
  for (const { type, start, end } of literals) {
    closeUntil(start);
    const around = open.at(-1);
    const nodeIsCode = isCode.has(type);
    if (around?.isCode === nodeIsCode || (around === undefined && nodeIsCode)) continue;
    if (around?.isCode === false && start > at) ranges.push(at, start);
    open.push({ isCode: nodeIsCode, end });
    at = start;
  }
  closeUntil(Infinity);
  return Int32Array.from(ranges);
}
