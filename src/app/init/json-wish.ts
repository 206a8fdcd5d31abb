import { isDeepStrictEqual } from 'node:util';
import { getNodeValue, parseTree, visit } from 'jsonc-parser/lib/esm/main.js';
import type { Node, ParseError } from 'jsonc-parser/lib/esm/main.js';
import type { Merge, Wish } from './init-wish.ts';

interface JsonAddition {
  /** Names of objects on the way; what is missing is made. */
  readonly at: readonly string[];
  /** Goes to the end of the list at `at`; of a text that stands there, a list of both is made. */
  readonly item: unknown;
}

interface JsonWish extends JsonAddition {
  readonly path: string;
  readonly what: string;
  /** Values that must stand at the top, and are put there when they are missing; undefined: nothing may stand there. */
  readonly head?: Readonly<Record<string, unknown>>;
  /** Tells by a text of the file that nothing is missing. */
  readonly present: RegExp;
  /** Only texts at `at` tell it. */
  readonly isLocal?: true;
}

/** Something to stand in a JSON file, with or without comments. */
export function jsonWish({ path, what, head = {}, present, isLocal, ...addition }: JsonWish): Wish {
  const whole = () => `${JSON.stringify(added(head, addition), undefined, 2)}\n`;
  return {
    path,
    what,
    create: whole,
    snippet: whole,
    merge: (text) => {
      const document = readDocument(text);
      if ('problem' in document) return document;
      const scope = isLocal ? valueAt(document.value, addition.at) : document.value;
      if (textsOf(scope).some((value) => present.test(value))) return { text };
      const odd = Object.entries(head).find(([name, value]) => {
        return Object.hasOwn(document.value, name) && !isDeepStrictEqual(document.value[name], value);
      });
      if (odd !== undefined) {
        const [name, wanted] = odd;
        return {
          problem: wanted === undefined ? `its ${name} is not known` : `${name} is not ${JSON.stringify(wanted)}`,
        };
      }
      return insertJson(text, document, addition);
    },
  };
}

interface Document {
  readonly root: Node;
  readonly value: Readonly<Record<string, unknown>>;
}

function readDocument(text: string): Document | { readonly problem: string } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const line = text.slice(0, error?.offset ?? 0).split('\n').length;
    return { problem: `is not valid JSON (line ${String(line)})` };
  }
  if (root.type !== 'object') return { problem: 'holds no object' };
  // its objects have no prototype, and would differ from those that have one
  return { root, value: JSON.parse(JSON.stringify(getNodeValue(root))) as Document['value'] };
}

/**
 * Puts an addition into a text by insertions alone: every byte that was there stays, in its order. The result is read again, and
 * must hold what was there and the addition, nothing else.
 */
function insertJson(text: string, { root, value }: Document, addition: JsonAddition): Merge {
  const { at, item } = addition;
  let node = root;
  let depth = 0;
  for (let next = childNamed(node, at[0]); next !== undefined; next = childNamed(node, at[depth])) {
    node = next;
    depth += 1;
  }
  const place = at.slice(0, depth).join('.');
  const isText = depth === at.length && node.type === 'string';
  const wanted = depth === at.length ? 'array' : 'object';
  if (!isText && node.type !== wanted) {
    return { problem: `${place} is not ${wanted === 'array' ? 'a list' : 'an object'}` };
  }
  const [name, ...deeper] = at.slice(depth);
  const content = name === undefined ? item : deeper.reduceRight<unknown>((inner, key) => ({ [key]: inner }), [item]);
  const result = isText ? listOf(text, node, item) : insertChild(text, node, name, content);
  const after = readDocument(result);
  const isWhole =
    !('problem' in after) &&
    isDeepStrictEqual(after.value, added(value, addition)) &&
    isDeepStrictEqual(commentsOf(result), commentsOf(text));
  return isWhole ? { text: result } : { problem: 'cannot be merged without changing what stands there' };
}

function childNamed({ type, children = [] }: Node, name: string | undefined): Node | undefined {
  if (type !== 'object' || name === undefined) return undefined;
  return children.find(({ children: [key] = [] }) => key?.value === name)?.children?.[1];
}

function listOf(text: string, { offset, length }: Node, item: unknown): string {
  const end = offset + length;
  return `${text.slice(0, offset)}[${text.slice(offset, end)}, ${inline(item)}]${text.slice(end)}`;
}

function insertChild(text: string, container: Node, name: string | undefined, content: unknown): string {
  const end = container.offset + container.length - 1;
  const last = container.children?.at(-1);
  const unit = unitOf(text);
  const isOpen = text.slice(container.offset, end).includes('\n') || last === undefined;
  const indent = last === undefined ? indentAt(text, container.offset) + unit : indentAt(text, last.offset);
  const key = name === undefined ? '' : `${JSON.stringify(name)}: `;
  const lines = isOpen ? JSON.stringify(content, undefined, unit).replaceAll('\n', `\n${indent}`) : inline(content);
  const gap = isOpen ? `\n${indent}` : ' ';
  const inside = last === undefined ? container.offset + 1 : last.offset + last.length;
  const comma = last === undefined ? undefined : commaBetween(text, inside, end);
  // behind the comments that follow what is last, so that they go on belonging to that
  const from = comma === undefined ? inside : comma + 1;
  const place = from + text.slice(from, end).trimEnd().length;
  const needsComma = last !== undefined && comma === undefined;
  const tail = text.slice(place, end).includes('\n') || !isOpen ? '' : `\n${indentAt(text, container.offset)}`;
  const trailing = comma === undefined ? '' : ',';
  return `${text.slice(0, inside)}${needsComma ? ',' : ''}${text.slice(inside, place)}${gap}${key}${lines}${trailing}${tail}${text.slice(place)}`;
}

function inline(content: unknown): string {
  return JSON.stringify(content, undefined, 1).replaceAll(/\n\s*/g, ' ');
}

/** Offset of the comma between two offsets that have nothing else but white space and comments between them. */
function commaBetween(text: string, from: number, end: number): number | undefined {
  let found: number | undefined;
  visit(text, {
    onSeparator: (_separator, offset) => {
      if (offset >= from && offset < end) found = offset;
    },
  });
  return found;
}

/** White space that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** One step of indentation: that of the first line that has one. */
function unitOf(text: string): string {
  return /^[ \t]+(?=["{[])/m.exec(text)?.[0] ?? '  ';
}

/** The value with the addition, as it is to be. */
function added(value: Readonly<Record<string, unknown>>, { at, item }: JsonAddition): Record<string, unknown> {
  const [name = '', ...deeper] = at;
  const old = Object.hasOwn(value, name) ? value[name] : undefined;
  if (deeper.length > 0) {
    return { ...value, [name]: added((old ?? {}) as Readonly<Record<string, unknown>>, { at: deeper, item }) };
  }
  const items: readonly unknown[] = Array.isArray(old) ? old : old === undefined ? [] : [old];
  return { ...value, [name]: [...items, item] };
}

function commentsOf(text: string): string[] {
  const comments: string[] = [];
  visit(text, {
    onComment: (offset, length) => {
      comments.push(text.slice(offset, offset + length));
    },
  });
  return comments;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...deeper] = path;
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  return valueAt(Reflect.get(value, name), deeper);
}

/** All texts in a value. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
