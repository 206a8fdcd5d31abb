import type { Node, Tree, TreeCursor } from 'web-tree-sitter';
import type { Ranges } from '../../engine/merge/outline.ts';
import type { CstNode } from '../cst.ts';
import type { OutlineGrammar } from './outline-grammar.ts';

/** Deeper nodes are left out: rules recurse, and nobody means a definition at such a depth. */
const maximumDepth = 400;

/** What an outline is made of, copied from a tree. */
export interface OutlineParts {
  readonly root: CstNode;
  readonly comments: Ranges;
  readonly strings: Ranges;
  readonly errors: Ranges;
}

export function readParts(tree: Tree, cursor: TreeCursor, text: string, grammar: OutlineGrammar): OutlineParts {
  cursor.reset(tree.rootNode);
  const root = copyDefinitions(cursor, text, grammar);
  const { comments, strings, codeInStrings } = grammar;
  // one walk for all of them: each goes through the whole tree
  const nodes = tree.rootNode.descendantsOfType([...comments, ...strings, ...codeInStrings]);
  const isComment = new Set(comments);
  const literals = nodes.filter(({ type }) => !isComment.has(type));
  return {
    root,
    comments: readRanges(
      nodes.filter(({ type }) => isComment.has(type)),
      text,
    ),
    strings: readStrings(literals, text, grammar),
    errors: readErrors(tree, cursor),
  };
}

/**
 * Copies the part of a tree that can hold definitions: comments are left out, opaque nodes and those at the greatest depth
 * come without children.
 */
function copyDefinitions(cursor: TreeCursor, text: string, grammar: OutlineGrammar): CstNode {
  const opaque = new Set(grammar.opaque);
  const comments = new Set(grammar.comments);
  const root = copyNode(cursor, text, 0);
  const path = [root];
  let canDescend = cursor.gotoFirstChild();
  while (path.length > 0) {
    if (!canDescend && !cursor.gotoNextSibling()) {
      path.pop();
      cursor.gotoParent();
      continue;
    }
    canDescend = false;
    const type = cursor.nodeType;
    if (comments.has(type)) continue;
    const node = copyNode(cursor, text, path.length);
    path.at(-1)?.children.push(node);
    if (opaque.has(type) || path.length >= maximumDepth) continue;
    canDescend = cursor.gotoFirstChild();
    if (canDescend) path.push(node);
  }
  return root;
}

function copyNode(cursor: TreeCursor, text: string, depth: number): CstNode {
  return {
    type: cursor.nodeType,
    isNamed: cursor.nodeIsNamed,
    field: cursor.currentFieldName ?? '',
    start: cursor.startIndex,
    end: cursor.endIndex,
    text,
    depth,
    children: [],
    hasError: false,
  };
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

/** Ranges of nodes in the order of the text, the outermost of those that nest. */
function readRanges(nodes: readonly Node[], text: string): Ranges {
  const ranges: number[] = [];
  let end = 0;
  for (const node of nodes) {
    if (node.startIndex < end || !node.isNamed) continue;
    end = node.endIndex;
    ranges.push(node.startIndex, withoutLineEnd(text, end));
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
function readStrings(nodes: readonly Node[], text: string, { codeInStrings }: OutlineGrammar): Ranges {
  if (codeInStrings.length === 0) return readRanges(nodes, text);
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
  for (const node of nodes) {
    if (!node.isNamed) continue; // `string` is also a keyword of TypeScript
    const start = node.startIndex;
    closeUntil(start);
    const around = open.at(-1);
    const nodeIsCode = isCode.has(node.type);
    if (around?.isCode === nodeIsCode || (around === undefined && nodeIsCode)) continue;
    if (around?.isCode === false && start > at) ranges.push(at, start);
    open.push({ isCode: nodeIsCode, end: node.endIndex });
    at = start;
  }
  closeUntil(Infinity);
  return Int32Array.from(ranges);
}
