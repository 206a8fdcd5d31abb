import type { TreeCursor } from 'web-tree-sitter';
import type { Comment, SyntaxProblem } from '../engine/syntax-tree.ts';
import type { CstNode } from './cst.ts';

/** A concrete tree copied out of the module's memory. */
export interface ConcreteTree {
  readonly root: CstNode;
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}

/** Copies a whole tree through a cursor, comments apart. The caller deletes cursor and tree. */
export function readConcreteTree(cursor: TreeCursor, text: string): ConcreteTree {
  const comments: Comment[] = [];
  const problems: SyntaxProblem[] = [];
  const root = copyNode(cursor, text, 0);
  note(cursor, root, problems);
  const path = [root];
  let canDescend = cursor.gotoFirstChild();
  while (path.length > 0) {
    if (!canDescend && !cursor.gotoNextSibling()) {
      path.pop();
      cursor.gotoParent();
      continue;
    }
    const above = path.at(-1);
    if (above === undefined) break;
    const node = copyNode(cursor, text, path.length);
    if (isComment(node)) {
      comments.push({ start: node.start, end: node.end, block: text.startsWith('/*', node.start) });
      canDescend = false;
      continue;
    }
    note(cursor, node, problems);
    above.children.push(node);
    canDescend = cursor.gotoFirstChild();
    if (canDescend) path.push(node);
  }
  markErrors(root);
  return { root, comments, problems };
}

function copyNode(cursor: TreeCursor, text: string, depth: number): CstNode {
  const hasError = cursor.nodeIsMissing || cursor.nodeType === 'ERROR';
  return {
    type: cursor.nodeType,
    isNamed: cursor.nodeIsNamed,
    field: cursor.currentFieldName ?? '',
    start: cursor.startIndex,
    end: cursor.endIndex,
    text,
    depth,
    children: [],
    hasError,
  };
}

function isComment(node: CstNode): boolean {
  return node.type === 'comment' || node.type === 'html_comment';
}

function note(cursor: TreeCursor, node: CstNode, problems: SyntaxProblem[]): void {
  if (cursor.nodeIsMissing) problems.push({ message: `\`${node.type}\` is missing`, offset: node.start });
  else if (node.type === 'ERROR') problems.push({ message: 'this cannot be parsed', offset: node.start });
}

/** Carries `hasError` up, deepest nodes first. */
function markErrors(root: CstNode): void {
  const order = [root];
  for (let index = 0; index < order.length; index += 1) {
    for (const child of order[index]?.children ?? []) order.push(child);
  }
  for (const node of order.reverse()) node.hasError ||= node.children.some((child) => child.hasError);
}
