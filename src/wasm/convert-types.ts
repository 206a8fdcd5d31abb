import { convertOptional, fieldOf, identifier, makeNode, namedChildren, sourceOf } from './cst.ts';
import type { Conversion } from './cst.ts';

const keywordTypes: Readonly<Record<string, string>> = {
  string: 'TSStringKeyword',
  number: 'TSNumberKeyword',
  boolean: 'TSBooleanKeyword',
  any: 'TSAnyKeyword',
  unknown: 'TSUnknownKeyword',
  object: 'TSObjectKeyword',
  symbol: 'TSSymbolKeyword',
  void: 'TSVoidKeyword',
  never: 'TSNeverKeyword',
};

const cast =
  (type: string): Conversion =>
  (node, convert) => {
    const [expression, annotation] = namedChildren(node);
    return makeNode(node, type, {
      expression: convertOptional(expression, convert),
      typeAnnotation: convertOptional(annotation, convert),
    });
  };

const declarationOf =
  (type: string): Conversion =>
  (node) => {
    const name = fieldOf(node, 'name');
    return makeNode(node, type, { id: name === undefined ? null : identifier(name) });
  };

/** What the grammars of TypeScript and JSX add, coarsely: the tolerant reader only reports. */
export const typeConversions: Readonly<Record<string, Conversion>> = {
  type_annotation: (node, convert) =>
    makeNode(node, 'TSTypeAnnotation', { typeAnnotation: convertOptional(namedChildren(node)[0], convert) }),
  predefined_type: (node) => makeNode(node, keywordTypes[sourceOf(node)] ?? 'TSAnyKeyword'),
  type_identifier: (node) =>
    node.field === 'name' ? identifier(node) : makeNode(node, 'TSTypeReference', { typeName: identifier(node) }),
  generic_type: (node, convert) => {
    const name = fieldOf(node, 'name');
    return makeNode(node, 'TSTypeReference', {
      typeName: name === undefined ? null : identifier(name),
      typeArguments: convertOptional(fieldOf(node, 'type_arguments'), convert),
    });
  },
  type_parameters: (node, convert) =>
    makeNode(node, 'TSTypeParameterDeclaration', { params: namedChildren(node).map(convert) }),
  type_parameter: (node, convert) =>
    makeNode(node, 'TSTypeParameter', { name: convertOptional(fieldOf(node, 'name'), convert) }),
  type_arguments: (node, convert) =>
    makeNode(node, 'TSTypeParameterInstantiation', { params: namedChildren(node).map(convert) }),
  literal_type: (node, convert) =>
    makeNode(node, 'TSLiteralType', { literal: convertOptional(namedChildren(node)[0], convert) }),
  array_type: (node, convert) =>
    makeNode(node, 'TSArrayType', { elementType: convertOptional(namedChildren(node)[0], convert) }),
  union_type: (node, convert) => makeNode(node, 'TSUnionType', { types: namedChildren(node).map(convert) }),
  as_expression: cast('TSAsExpression'),
  satisfies_expression: cast('TSSatisfiesExpression'),
  interface_declaration: declarationOf('TSInterfaceDeclaration'),
  type_alias_declaration: declarationOf('TSTypeAliasDeclaration'),
  jsx_element: (node, convert) => {
    const opening = fieldOf(node, 'open_tag');
    const closing = fieldOf(node, 'close_tag');
    const children = namedChildren(node).filter((child) => child !== opening && child !== closing);
    return makeNode(node, 'JSXElement', {
      openingElement: convertOptional(opening, convert),
      children: children.map(convert),
    });
  },
  jsx_self_closing_element: (node, convert) =>
    makeNode(node, 'JSXElement', {
      openingElement: makeNode(node, 'JSXOpeningElement', { attributes: namedChildren(node).slice(1).map(convert) }),
    }),
  jsx_opening_element: (node, convert) =>
    makeNode(node, 'JSXOpeningElement', { attributes: namedChildren(node).slice(1).map(convert) }),
  jsx_attribute: (node, convert) =>
    makeNode(node, 'JSXAttribute', { value: convertOptional(namedChildren(node)[1], convert) }),
  jsx_expression: (node, convert) => {
    const inner = namedChildren(node)[0];
    if (inner?.type === 'spread_element') {
      const argument = convertOptional(namedChildren(inner)[0], convert);
      return makeNode(node, node.field === 'attribute' ? 'JSXSpreadAttribute' : 'JSXSpreadChild', { argument });
    }
    return makeNode(node, 'JSXExpressionContainer', { expression: convertOptional(inner, convert) });
  },
  jsx_text: (node) => makeNode(node, 'JSXText', { value: sourceOf(node) }),
};
