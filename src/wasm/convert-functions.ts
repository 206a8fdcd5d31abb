import {
  childOfType,
  convertOptional,
  fieldOf,
  hasToken,
  identifier,
  makeNode,
  namedChildren,
  sourceOf,
} from './cst.ts';
import type { Conversion, Convert, CstNode } from './cst.ts';
import { annotated } from './convert-statements.ts';
import type { EstreeNode } from './lower-estree.ts';

function parameters(node: CstNode, convert: Convert): EstreeNode[] {
  const single = fieldOf(node, 'parameter');
  if (single !== undefined) return [convert(single)];
  const list = fieldOf(node, 'parameters');
  return list === undefined ? [] : namedChildren(list).map(convert);
}

function functionParts(node: CstNode, convert: Convert): Record<string, unknown> {
  return {
    async: hasToken(node, 'async'),
    generator: hasToken(node, '*'),
    typeParameters: convertOptional(fieldOf(node, 'type_parameters'), convert),
    params: parameters(node, convert),
    returnType: convertOptional(fieldOf(node, 'return_type'), convert),
    body: convertOptional(fieldOf(node, 'body'), convert),
  };
}

const namedFunction =
  (type: string): Conversion =>
  (node, convert) => {
    const isGenerator = node.type.startsWith('generator');
    const parts = functionParts(node, convert);
    return makeNode(node, type, {
      id: convertOptional(fieldOf(node, 'name'), convert),
      ...parts,
      generator: isGenerator,
    });
  };

const arrow: Conversion = (node, convert) => {
  const isExpression = fieldOf(node, 'body')?.type !== 'statement_block';
  return makeNode(node, 'ArrowFunctionExpression', {
    ...functionParts(node, convert),
    generator: false,
    expression: isExpression,
  });
};

const parameter: Conversion = (node, convert) => {
  const name = fieldOf(node, 'pattern') ?? namedChildren(node)[0];
  const pattern = name?.type === 'this' ? identifier(name) : convertOptional(name, convert);
  const value = fieldOf(node, 'value');
  const annotatedPattern = annotated(pattern, fieldOf(node, 'type'), convert);
  const isOptional = node.type === 'optional_parameter' && annotatedPattern !== null;
  const left = isOptional ? { ...annotatedPattern, end: node.end, optional: true } : annotatedPattern;
  if (value === undefined || left === null) return left;
  return { type: 'AssignmentPattern', start: left.start, end: value.end, left, right: convert(value) };
};

/** A method's function begins at its parameters; a member of an object is a `Property`, of a class a `MethodDefinition`. */
const method: Conversion = (node, convert) => {
  const name = fieldOf(node, 'name');
  const list = fieldOf(node, 'type_parameters') ?? fieldOf(node, 'parameters');
  const body = { ...functionParts(node, convert), id: null };
  const value = { type: 'FunctionExpression', start: list?.start ?? node.start, end: node.end, ...body };
  const accessor = hasToken(node, 'get') ? 'get' : hasToken(node, 'set') ? 'set' : undefined;
  const key = { ...keyOf(name, convert), value };
  if (node.field === 'member' || childOfType(node, 'accessibility_modifier') !== undefined) {
    const kind = accessor ?? (name !== undefined && sourceOf(name) === 'constructor' ? 'constructor' : 'method');
    return makeNode(node, 'MethodDefinition', { ...key, kind, static: hasToken(node, 'static') });
  }
  return makeNode(node, 'Property', { ...key, kind: accessor ?? 'init', method: accessor === undefined });
};

/** `key` and `computed` of a member. */
export function keyOf(name: CstNode | undefined, convert: Convert): { key: EstreeNode | null; computed: boolean } {
  const isComputed = name?.type === 'computed_property_name';
  return { key: convertOptional(isComputed ? namedChildren(name)[0] : name, convert), computed: isComputed };
}

const field: Conversion = (node, convert) => {
  const semicolon = node.text.charAt(node.end) === ';' ? 1 : 0;
  return {
    ...makeNode(node, 'PropertyDefinition', {
      ...keyOf(fieldOf(node, 'property') ?? fieldOf(node, 'name'), convert),
      typeAnnotation: convertOptional(fieldOf(node, 'type'), convert),
      value: convertOptional(fieldOf(node, 'value'), convert),
      static: hasToken(node, 'static'),
      readonly: hasToken(node, 'readonly'),
    }),
    end: node.end + semicolon,
  };
};

const classNode =
  (type: string): Conversion =>
  (node, convert) => {
    const heritage = childOfType(node, 'class_heritage');
    // TypeScript's grammar puts an `extends_clause` in between.
    const extended = heritage === undefined ? undefined : (childOfType(heritage, 'extends_clause') ?? heritage);
    const superClass = extended === undefined ? undefined : (fieldOf(extended, 'value') ?? namedChildren(extended)[0]);
    return makeNode(node, type, {
      id: convertOptional(fieldOf(node, 'name'), convert),
      superClass: superClass?.type === 'implements_clause' ? null : convertOptional(superClass, convert),
      body: convertOptional(fieldOf(node, 'body'), convert),
    });
  };

/** Functions and classes, by the grammar's names. */
export const functionConversions: Readonly<Record<string, Conversion>> = {
  function_declaration: namedFunction('FunctionDeclaration'),
  generator_function_declaration: namedFunction('FunctionDeclaration'),
  function_expression: namedFunction('FunctionExpression'),
  generator_function: namedFunction('FunctionExpression'),
  function_signature: namedFunction('TSDeclareFunction'),
  arrow_function: arrow,
  required_parameter: parameter,
  optional_parameter: parameter,
  method_definition: method,
  field_definition: field,
  public_field_definition: field,
  class_declaration: classNode('ClassDeclaration'),
  abstract_class_declaration: classNode('ClassDeclaration'),
  class: classNode('ClassExpression'),
  class_body: (node, convert) =>
    makeNode(node, 'ClassBody', { body: namedChildren(node).map((child) => convert({ ...child, field: 'member' })) }),
  class_static_block: (node, convert) =>
    makeNode(node, 'StaticBlock', { body: namedChildren(fieldOf(node, 'body') ?? node).map(convert) }),
};
