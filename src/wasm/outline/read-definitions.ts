import type { Tree, TreeCursor } from 'web-tree-sitter';
import type { Ranges } from '../../engine/merge/outline.ts';
import type { CstNode } from '../cst.ts';
import type { TreeWalk } from '../tree-walk.ts';
import { nodeTypesOf } from './node-types.ts';
import type { NodeType, NodeTypes } from './node-types.ts';
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
  { tree, cursor, walk }: OpenTree,
  text: string,
  grammar: OutlineGrammar,
  literals: boolean,
): OutlineParts {
  const root = copyDefinitions(walk, text, nodeTypesOf(tree.language, grammar));
  return { root, ...(literals ? readLiterals(tree, text, grammar) : noLiterals), errors: readErrors(tree, cursor) };
}

/** What a runtime hands to those that read a tree. */
interface OpenTree {
  readonly tree: Tree;
  readonly cursor: TreeCursor;
  readonly walk: () => TreeWalk;
}

/**
 * Copies the part of a tree that can hold definitions: comments are left out, opaque nodes and those at the greatest depth
 * come without children.
 */
function copyDefinitions(begin: () => TreeWalk, text: string, types: NodeTypes): CstNode {
  const walk = begin();
  const copyNode = (type: NodeType, depth: number): CstNode => ({
    type: type.name,
    isNamed: type.isNamed,
    field: types.fieldName(walk.field),
    start: walk.start,
    end: walk.end,
    text,
    depth,
    children: [],
    hasError: false,
  });
  const braces = new Braces(text);
  const rootType = types.at(walk.type);
  const root = copyNode(rootType, 0);
  const path = [{ node: root, isFunction: rootType.isFunction }];
  let canDescend = walk.gotoFirstChild();
  for (let above = path.at(-1); above !== undefined; above = path.at(-1)) {
    if (!canDescend && !walk.gotoNextSibling()) {
      path.pop();
      walk.gotoParent();
      continue;
    }
    canDescend = false;
    const type = types.at(walk.type);
    if (type.isComment) continue;
    const node = copyNode(type, path.length);
    above.node.children.push(node);
    if (path.length >= maximumDepth || isOpaque(type, node, above.isFunction, braces)) continue;
    canDescend = walk.gotoFirstChild();
    if (canDescend) path.push({ node, isFunction: type.isFunction || (above.isFunction && !type.isClass) });
  }
  walk.close();
  return root;
}

function isOpaque({ opaque }: NodeType, { start, end }: CstNode, isInFunction: boolean, braces: Braces): boolean {
  if (opaque === 'inFunctions') return isInFunction;
  return opaque === 'withoutBraces' ? braces.from(start) >= end : opaque === 'always';
}

/** Where the next `{` stands, asked in the order of the text. */
class Braces {
  readonly #text: string;
  #next = -1;

  constructor(text: string) {
    this.#text = text;
  }

  from(start: number): number {
    if (this.#next >= start) return this.#next;
    const next = this.#text.indexOf('{', start);
    this.#next = next < 0 ? Infinity : next;
    return this.#next;
  }
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
  const types = nodeTypesOf(tree.language, grammar);
  const found: { comments: Literal[]; strings: Literal[] } = { comments: [], strings: [] };
  // one walk for all of them: each goes through the whole tree
  for (const node of tree.rootNode.descendantsOfType([...comments, ...strings, ...codeInStrings])) {
    const { name: type, isNamed, isComment } = types.at(node.typeId);
    if (!isNamed) continue; // `string` is also a keyword of TypeScript
    const literal = { type, start: node.startIndex, end: node.endIndex };
    if (isComment) found.comments.push(literal);
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
