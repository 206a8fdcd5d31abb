import { Flag } from '../engine/syntax-tree.ts';
import type { SyntaxTree } from '../engine/syntax-tree.ts';
import { kindInfo, propertyInfo } from './estree-names.ts';
import { TreeBuilder } from './tree-builder.ts';
import type { TreeFacts } from './tree-builder.ts';

/** A node of ESTree or TS-ESTree, as in oxc's JSON. */
export interface EstreeNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** Rows of trees still to be added; three parallel stacks, because one object per node would cost as much as the node. */
interface Pending {
  readonly nodes: EstreeNode[];
  readonly parents: number[];
  readonly fields: number[];
}

const builder = new TreeBuilder();

/**
 * Lowers a program into the flat table. Works on a stack of its own, so that depth costs heap and never a stack
 * overflow. What differs from oxc's JSON:
 * - the root spans the whole text;
 * - a `TemplateElement` spans its characters only, without back-tick, `${` and `}`, in TypeScript too; its value is the
 *   cooked text, and absent when a tagged template holds an invalid escape;
 * - a `Hole` lies at the end of the element before it, or behind the bracket;
 * - a node is widened to hold its decorators, which oxc puts outside (`@a export class B {}`, decorated parameters).
 */
export function lowerEstree(program: EstreeNode, facts: TreeFacts): SyntaxTree {
  builder.reset();
  const pending: Pending = { nodes: [program], parents: [-1], fields: [propertyInfo('').field] };
  const isPlainScript = facts.language === 'javascript' || facts.language === 'jsx';
  const hasDelimiters = facts.source === 'oxc' && !isPlainScript;
  for (let node = pending.nodes.pop(); node !== undefined; node = pending.nodes.pop()) {
    const parent = pending.parents.pop() ?? -1;
    const { type } = node;
    const field = pending.fields.pop() ?? 0;
    if (type === 'Literal') addLiteral(node, parent, field);
    else if (type === 'TemplateElement') addTemplateElement(node, parent, field, hasDelimiters);
    else addNode(node, parent, field, pending);
  }
  builder.setSpan(0, 0, facts.text.length);
  return builder.finish(facts);
}

function inheritedFlags(parent: number): number {
  return parent < 0 ? 0 : builder.flagsOf(parent) & Flag.typeOnly;
}

function addNode(node: EstreeNode, parent: number, field: number, pending: Pending): void {
  const info = kindInfo(node.type);
  const row = builder.add(info.number, node.start, node.end, parent, field);
  if (info.valueProperty !== '') {
    const value = node[info.valueProperty];
    if (typeof value === 'string') builder.setValue(row, value);
  }
  let flags = info.flags | inheritedFlags(parent);
  const firstChild = pending.nodes.length;
  for (const property in node) {
    const content = node[property];
    if (typeof content === 'object') {
      if (content !== null) collect(content, property, row, node, pending);
    } else if (content === true) flags |= propertyInfo(property).flag;
    else if (typeof content === 'string' && isFlagText(property, content)) flags |= flagOfText(property);
  }
  builder.setFlags(row, flags);
  arrange(pending, firstChild);
}

/** `readonly` and `optional` of a mapped type can be '+' and '-'; imports and exports say `type` in a word. */
function isFlagText(property: string, content: string): boolean {
  if (property === 'importKind' || property === 'exportKind') return content === 'type';
  return content === '+' && (property === 'readonly' || property === 'optional');
}

function flagOfText(property: string): number {
  return property === 'readonly' || property === 'optional' ? Flag[property] : Flag.typeOnly;
}

/** Pushes the node or nodes that a property holds, in order. */
function collect(content: object, property: string, row: number, node: EstreeNode, pending: Pending): void {
  const { field } = propertyInfo(property);
  if (!Array.isArray(content)) {
    if (isNode(content)) push(content, row, field, pending);
    return;
  }
  let holeAt = node.start + 1;
  for (const element of content as readonly unknown[]) {
    if (element === null) push({ type: 'Hole', start: holeAt, end: holeAt }, row, field, pending);
    else if (isNode(element)) {
      push(element, row, field, pending);
      holeAt = element.end;
    }
  }
}

function isNode(content: unknown): content is EstreeNode {
  return typeof content === 'object' && content !== null && typeof (content as { type?: unknown }).type === 'string';
}

function push(node: EstreeNode, row: number, field: number, pending: Pending): void {
  pending.nodes.push(node);
  pending.parents.push(row);
  pending.fields.push(field);
}

/** Brings the children pushed since `from` into source order (templates, decorators and hashbangs are not), the first on top. */
function arrange(pending: Pending, from: number): void {
  const { nodes, fields } = pending;
  if (nodes.length - from < 2) return;
  if (!isInSourceOrder(nodes, from)) sortChildren(nodes, fields, from);
  reverseFrom(nodes, from);
  reverseFrom(fields, from);
}

function isInSourceOrder(nodes: readonly EstreeNode[], from: number): boolean {
  let before = 0;
  for (let index = from; index < nodes.length; index += 1) {
    const start = nodes[index]?.start ?? 0;
    if (start < before) return false;
    before = start;
  }
  return true;
}

function sortChildren(nodes: EstreeNode[], fields: number[], from: number): void {
  const children = nodes.slice(from).map((node, index) => ({ node, field: fields[from + index] ?? 0 }));
  children.sort((a, b) => a.node.start - b.node.start);
  children.forEach(({ node, field }, index) => {
    nodes[from + index] = node;
    fields[from + index] = field;
  });
}

function reverseFrom(items: unknown[], from: number): void {
  for (let low = from, high = items.length - 1; low < high; low += 1, high -= 1) {
    const item = items[low];
    items[low] = items[high];
    items[high] = item;
  }
}

/** Literals are split by type. Numbers, regular expressions and big integers keep their source text as value. */
function addLiteral(node: EstreeNode, parent: number, field: number): void {
  const raw = typeof node['raw'] === 'string' ? node['raw'] : '';
  const value = node['value'];
  let kind = 'NumericLiteral';
  let content = raw;
  if (typeof value === 'string') {
    kind = 'StringLiteral';
    content = value;
  } else if (typeof value === 'boolean') {
    kind = 'BooleanLiteral';
    content = String(value);
  } else if ('regex' in node) kind = 'RegExpLiteral';
  else if ('bigint' in node) kind = 'BigIntLiteral';
  else if (raw === 'null') kind = 'NullLiteral';
  const row = builder.add(kindInfo(kind).number, node.start, node.end, parent, field);
  builder.setFlags(row, inheritedFlags(parent));
  builder.setValue(row, content);
}

function addTemplateElement(node: EstreeNode, parent: number, field: number, hasDelimiters: boolean): void {
  const isTail = node['tail'] === true;
  const start = hasDelimiters ? node.start + 1 : node.start;
  const end = hasDelimiters ? node.end - (isTail ? 1 : 2) : node.end;
  const row = builder.add(kindInfo(node.type).number, start, end, parent, field);
  builder.setFlags(row, inheritedFlags(parent) | (isTail ? Flag.tail : 0));
  const { cooked } = node['value'] as { readonly cooked: string | null };
  if (cooked !== null) builder.setValue(row, cooked);
}
