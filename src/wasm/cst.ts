import type { EstreeNode } from './lower-estree.ts';

/** A node of tree-sitter's concrete tree, copied out of the module's memory; comments are left out. */
export interface CstNode {
  readonly type: string;
  readonly isNamed: boolean;
  /** Name of the field of the parent, or '' */
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly depth: number;
  readonly children: CstNode[];
  /** This node is an ERROR or was made up (MISSING), or one below it is. */
  hasError: boolean;
}

/** Makes the ESTree node of a concrete node. */
export type Convert = (node: CstNode) => EstreeNode;

/** How one kind of concrete node becomes an ESTree node. */
export type Conversion = (node: CstNode, convert: Convert) => EstreeNode | null;

export function fieldOf(node: CstNode, field: string): CstNode | undefined {
  return node.children.find((child) => child.field === field);
}

export function childOfType(node: CstNode, type: string): CstNode | undefined {
  return node.children.find((child) => child.type === type);
}

/** `true` when the keyword or sign `token` stands directly in the node. */
export function hasToken(node: CstNode, token: string): boolean {
  return node.children.some((child) => !child.isNamed && child.type === token);
}

export function namedChildren(node: CstNode): CstNode[] {
  return node.children.filter((child) => child.isNamed);
}

export function sourceOf(node: CstNode): string {
  return node.text.slice(node.start, node.end);
}

/** Parentheses have no nodes: the expression inside. */
export function withoutParentheses(node: CstNode): CstNode {
  let inner = node;
  while (inner.type === 'parenthesized_expression') {
    const next = namedChildren(inner)[0];
    if (next === undefined) return inner;
    inner = next;
  }
  return inner;
}

/** An ESTree node with the span of a concrete one. */
export function makeNode(node: CstNode, type: string, properties: Readonly<Record<string, unknown>> = {}): EstreeNode {
  return { type, start: node.start, end: node.end, ...properties };
}

/** The converted node, or `null`, as ESTree has it, when there is none. */
export function convertOptional(node: CstNode | undefined, convert: Convert): EstreeNode | null {
  return node === undefined ? null : convert(node);
}

export function identifier(node: CstNode, type = 'Identifier'): EstreeNode {
  const name = sourceOf(node);
  return makeNode(node, type, { name: type === 'PrivateIdentifier' ? name.slice(1) : name });
}

/** A list with commas; two commas in a row leave a `null`, as in ESTree. */
export function convertList(node: CstNode, convert: Convert): (EstreeNode | null)[] {
  const elements: (EstreeNode | null)[] = [];
  let isAfterElement = false;
  for (const child of node.children) {
    if (child.isNamed) {
      elements.push(convert(child));
      isAfterElement = true;
    } else if (child.type === ',') {
      if (!isAfterElement) elements.push(null);
      isAfterElement = false;
    }
  }
  return elements;
}
