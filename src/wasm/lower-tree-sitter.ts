import type { Language } from '../engine/language.ts';
import type { SyntaxTree } from '../engine/syntax-tree.ts';
import { hasToken, makeNode, namedChildren } from './cst.ts';
import type { Conversion, CstNode } from './cst.ts';
import { expressionConversions } from './convert-expressions.ts';
import { functionConversions } from './convert-functions.ts';
import { statementConversions } from './convert-statements.ts';
import { typeConversions } from './convert-types.ts';
import { lowerEstree } from './lower-estree.ts';
import type { EstreeNode } from './lower-estree.ts';
import type { ConcreteTree } from './read-cst.ts';

const conversions: Readonly<Record<string, Conversion>> = {
  ...statementConversions,
  ...functionConversions,
  ...expressionConversions,
  ...typeConversions,
};

/**
 * Nodes that stay readable although something inside is broken: lists whose members are judged one by one, and the
 * declarations around such lists. Every other node with an error inside becomes an `Error`, loops and branches too.
 */
const transparentKinds: ReadonlySet<string> = new Set([
  'statement_block',
  'class_body',
  'function_declaration',
  'generator_function_declaration',
  'class_declaration',
  'abstract_class_declaration',
  'method_definition',
  'export_statement',
]);

/** Members of a broken list that are whole in themselves. */
const listMembers =
  /(_statement|_declaration|^function_signature|^method_definition|^class_static_block|^(public_)?field_definition)$/;

/** Deeper nodes become `Error`: the conversion recurses, and no rule looks that deep. */
const maximumDepth = 1_000;

/**
 * Lowers a concrete tree into the flat table under ESTree names. Differences from the tables of oxc: kinds that the
 * conversion does not know keep their name behind `ts:` with their children in the field `children`; types, interfaces
 * and JSX are coarse; what is broken is a childless `Error`.
 */
export function lowerTreeSitter(
  { root, comments, problems }: ConcreteTree,
  text: string,
  language: Language,
): SyntaxTree {
  const isModule = root.children.some(
    (child) => child.type === 'import_statement' || child.type === 'export_statement',
  );
  const program = makeNode(root, 'Program', { sourceType: isModule ? 'module' : 'script', body: convertMembers(root) });
  return lowerEstree(program, { text, language, source: 'tree-sitter', comments, problems });
}

function convert(node: CstNode): EstreeNode {
  if (node.depth > maximumDepth) return makeNode(node, 'Error');
  if (node.hasError && !transparentKinds.has(node.type)) return makeNode(node, 'Error');
  if (node.hasError && isList(node))
    return makeNode(node, node.type === 'class_body' ? 'ClassBody' : 'BlockStatement', { body: convertMembers(node) });
  if (node.hasError && !canLoseErrors(node)) return makeNode(node, 'Error');
  const conversion = conversions[node.type];
  if (conversion !== undefined) return conversion(node, convert) ?? makeNode(node, 'Error');
  return makeNode(node, `ts:${node.type}`, { children: namedChildren(node).map(convert) });
}

function isList(node: CstNode): boolean {
  return node.type === 'statement_block' || node.type === 'class_body';
}

/** A declaration is readable when only its body, or for an export its declaration, is broken. */
function canLoseErrors(node: CstNode): boolean {
  return node.children.every((child) => !child.hasError || child.field === 'body' || child.field === 'declaration');
}

/** Members of a list: whole ones as they are, everything else in it as one `Error` per stretch. */
function convertMembers(list: CstNode): EstreeNode[] {
  const members: EstreeNode[] = [];
  const isBroken = list.hasError;
  const brackets = hasToken(list, '{') ? new Set(['{', '}']) : new Set<string>();
  let broken: { type: string; start: number; end: number } | undefined;
  const visit = (node: CstNode): void => {
    const isMember = node.isNamed && (!isBroken || listMembers.test(node.type) || transparentKinds.has(node.type));
    if (node.type === 'ERROR') node.children.forEach(visit);
    else if (isMember && node.type !== 'hash_bang_line') {
      broken = undefined;
      members.push(convert(list.type === 'class_body' ? { ...node, field: 'member' } : node));
    } else if (isBroken && !brackets.has(node.type) && node.type !== ';') {
      if (broken === undefined) {
        broken = { type: 'Error', start: node.start, end: node.end };
        members.push(broken);
      } else broken.end = node.end;
    }
  };
  list.children.forEach(visit);
  return members;
}
