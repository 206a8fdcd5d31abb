import type { DefinitionKind } from '../../engine/merge/outline.ts';
import { childOfType, fieldOf, namedChildren, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { nameOf } from './name-of.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { normalized } from './outliner.ts';
import type { Rule } from './outliner.ts';

function defineType(kind: DefinitionKind): Rule {
  return (node, outliner) => {
    const body = fieldOf(node, 'body');
    outliner.define({
      name: nameOf(node),
      kind,
      span: node,
      headerStart: headerStartOf(node),
      body,
      members: body?.children,
      scope: 'class',
    });
  };
}

const defineMethod: Rule = (node, outliner) => {
  const body = fieldOf(node, 'body');
  outliner.define({
    name: nameOf(node),
    kind: body === undefined ? 'signature' : 'method',
    span: node,
    headerStart: headerStartOf(node),
    body,
    signature: parameterTypes(node),
    members: body?.children,
  });
};

const defineFields: Rule = (node, outliner) => {
  const declarators = node.children.filter((child) => child.type === 'variable_declarator');
  for (const declarator of declarators) {
    const isOnly = declarators.length === 1;
    const value = fieldOf(declarator, 'value');
    outliner.define({
      name: nameOf(declarator),
      kind: 'variable',
      span: isOnly ? node : declarator,
      ...(isOnly ? { headerStart: headerStartOf(node) } : { isPart: true }),
      body: value?.type === 'array_initializer' ? value : undefined,
      ...(value !== undefined && { members: [value] }),
    });
  }
};

/** A constant is listed for what it overrides: methods of several constants share their names. */
const defineConstant: Rule = (node, outliner) => {
  const body = fieldOf(node, 'body');
  if (body === undefined) return;
  const headerStart = headerStartOf(node);
  outliner.define({
    name: nameOf(node),
    kind: 'variable',
    span: node,
    headerStart,
    body,
    members: body.children,
    scope: 'class',
  });
};

/** Where annotations end: at the first other modifier, or behind the modifiers. */
function headerStartOf(node: CstNode): number {
  const [modifiers, next] = node.children;
  if (modifiers?.type !== 'modifiers') return node.start;
  const firstWord = modifiers.children.find((child) => !child.type.endsWith('annotation'));
  return (firstWord ?? next ?? node).start;
}

/** `String, int...`: the types alone, as in a call that has to choose between overloads. */
function parameterTypes(node: CstNode): string {
  const parameters = fieldOf(node, 'parameters');
  if (parameters === undefined) return '()';
  const types = namedChildren(parameters).flatMap((parameter) => {
    if (parameter.type === 'formal_parameter') {
      const type = fieldOf(parameter, 'type');
      const dimensions = fieldOf(parameter, 'dimensions');
      return type === undefined ? [] : [sourceOf(type) + (dimensions === undefined ? '' : sourceOf(dimensions))];
    }
    if (parameter.type !== 'spread_parameter') return [];
    const type = namedChildren(parameter).find(({ type }) => type !== 'modifiers' && type !== 'variable_declarator');
    return type === undefined ? [] : [`${sourceOf(type)}...`];
  });
  return `(${types.map(normalized).join(', ')})`;
}

/** The body of an anonymous class: its methods belong to what surrounds it. */
const visitAnonymous: Rule = (node, outliner) => {
  for (const child of node.children) {
    if (child.type === 'class_body') outliner.visitInside(child.children, 'class');
    else outliner.visitAll([child]);
  }
};

export const javaOutline: OutlineGrammar = {
  asset: 'tree-sitter-java.wasm',
  opaque: [
    'annotation',
    'marker_annotation',
    'binary_expression',
    'field_access',
    'generic_type',
    'scoped_type_identifier',
    'type_parameters',
    'import_declaration',
    'throws',
    'array_initializer',
    'string_literal',
  ],
  // what an expression defines stands in the body of an anonymous class
  opaqueWithoutBraces: [
    'expression_statement',
    'local_variable_declaration',
    'return_statement',
    'throw_statement',
    'assert_statement',
    'parenthesized_expression',
    'argument_list',
    'method_invocation',
    'object_creation_expression',
    'assignment_expression',
  ],
  comments: ['line_comment', 'block_comment'],
  strings: ['string_literal', 'character_literal'],
  codeInStrings: ['string_interpolation'],
  rules: {
    import_declaration: (node, outliner) => {
      outliner.addImport(node);
    },
    class_declaration: defineType('class'),
    interface_declaration: defineType('interface'),
    annotation_type_declaration: defineType('interface'),
    enum_declaration: defineType('enum'),
    record_declaration: defineType('struct'),
    method_declaration: defineMethod,
    annotation_type_element_declaration: defineMethod,
    constructor_declaration: defineMethod,
    compact_constructor_declaration: defineMethod,
    field_declaration: defineFields,
    constant_declaration: defineFields,
    enum_constant: defineConstant,
    object_creation_expression: visitAnonymous,
    static_initializer: (node, outliner) => {
      outliner.visitInside(node.children, 'function');
    },
    block: (node, outliner) => {
      outliner.visitInside(node.children, 'function');
    },
    local_variable_declaration: (node, outliner) => {
      for (const declarator of node.children) {
        const value = childOfType(declarator, 'object_creation_expression') ?? fieldOf(declarator, 'value');
        if (declarator.type === 'variable_declarator' && value !== undefined) outliner.visitAll([value]);
      }
    },
  },
};
