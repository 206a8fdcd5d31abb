import { identifier, makeNode, namedChildren, sourceOf } from './cst.ts';
import type { Conversion, Convert, CstNode } from './cst.ts';
import type { EstreeNode } from './lower-estree.ts';

const singleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

const escapePattern = /\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[^])/g;

/** The text that a string or template means; `null` for an invalid escape. */
export function cookText(raw: string): string | null {
  const escapes = [...raw.matchAll(escapePattern)].map(([, escape = '']) => cookEscape(escape));
  if (escapes.includes(null)) return null;
  let index = 0;
  return raw.replace(escapePattern, () => escapes[index++] ?? '');
}

/** What stands behind a backslash, as text. */
function cookEscape(escape: string): string | null {
  if (/^(\r\n|[\r\n\u2028\u2029])$/.test(escape)) return '';
  if (escape.length > 1) {
    const code = Number.parseInt(escape.replace(/[ux{}]/g, ''), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : null;
  }
  if (escape === 'u' || escape === 'x') return null;
  return singleEscapes[escape] ?? escape;
}

/**
 * A template; its elements are the stretches between substitutions, which the grammar does not make nodes of.
 * `isTagged`: only there an invalid escape is allowed.
 */
export function convertTemplate(node: CstNode, convert: Convert, isTagged: boolean): EstreeNode {
  const substitutions = namedChildren(node).filter((child) => child.type === 'template_substitution');
  const quasis: EstreeNode[] = [];
  let start = node.start + 1;
  const addQuasi = (end: number, tail: boolean): void => {
    // Line ends of a template are always LF, however the file is written.
    const raw = node.text.slice(start, end).replace(/\r\n?/g, '\n');
    const cooked = cookText(raw);
    quasis.push({
      type: 'TemplateElement',
      start,
      end,
      tail,
      value: { raw, cooked: isTagged ? cooked : (cooked ?? raw) },
    });
  };
  for (const substitution of substitutions) {
    addQuasi(substitution.start, false);
    start = substitution.end;
  }
  addQuasi(node.end - 1, true);
  const inner = substitutions.flatMap((substitution) => namedChildren(substitution).slice(0, 1));
  return makeNode(node, 'TemplateLiteral', { quasis, expressions: inner.map(convert) });
}

function literal(node: CstNode, value: unknown, more: Readonly<Record<string, unknown>> = {}): EstreeNode {
  return makeNode(node, 'Literal', { value, raw: sourceOf(node), ...more });
}

/** Literals and names, by the grammar's names. */
export const literalConversions: Readonly<Record<string, Conversion>> = {
  string: (node) => literal(node, cookText(sourceOf(node).slice(1, -1)) ?? ''),
  number: (node) =>
    literal(node, 0, sourceOf(node).endsWith('n') ? { value: null, bigint: sourceOf(node).slice(0, -1) } : {}),
  regex: (node) => literal(node, null, { regex: {} }),
  true: (node) => literal(node, true),
  false: (node) => literal(node, false),
  null: (node) => literal(node, null),
  template_string: (node, convert) => convertTemplate(node, convert, false),
  identifier: (node) => identifier(node),
  undefined: (node) => identifier(node),
  property_identifier: (node) => identifier(node),
  private_property_identifier: (node) => identifier(node, 'PrivateIdentifier'),
  this: (node) => makeNode(node, 'ThisExpression'),
  super: (node) => makeNode(node, 'Super'),
  meta_property: (node) => makeNode(node, 'MetaProperty'),
};
