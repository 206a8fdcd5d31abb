import {
  childOfType,
  convertList,
  convertOptional,
  fieldOf,
  hasToken,
  identifier,
  makeNode,
  namedChildren,
  sourceOf,
} from './cst.ts';
import type { Conversion, Convert, CstNode } from './cst.ts';
import { convertTemplate, literalConversions } from './convert-literals.ts';
import { keyOf } from './convert-functions.ts';
import type { EstreeNode } from './lower-estree.ts';

const logicalOperators: ReadonlySet<string> = new Set(['&&', '||', '??']);

const binary: Conversion = (node, convert) => {
  const operator = sourceOf(fieldOf(node, 'operator') ?? node);
  return makeNode(node, logicalOperators.has(operator) ? 'LogicalExpression' : 'BinaryExpression', {
    left: convertOptional(fieldOf(node, 'left'), convert),
    operator,
    right: convertOptional(fieldOf(node, 'right'), convert),
  });
};

const assignment: Conversion = (node, convert) => {
  const operator = fieldOf(node, 'operator');
  return makeNode(node, 'AssignmentExpression', {
    left: convertOptional(fieldOf(node, 'left'), convert),
    operator: operator === undefined ? '=' : sourceOf(operator),
    right: convertOptional(fieldOf(node, 'right'), convert),
  });
};

const unary: Conversion = (node, convert) => {
  const operator = fieldOf(node, 'operator');
  const argument = fieldOf(node, 'argument');
  const isPrefix = operator === undefined || argument === undefined || operator.start < argument.start;
  return makeNode(node, node.type === 'update_expression' ? 'UpdateExpression' : 'UnaryExpression', {
    operator: operator === undefined ? '' : sourceOf(operator),
    prefix: isPrefix,
    argument: convertOptional(argument, convert),
  });
};

interface ChainLink {
  readonly node: EstreeNode;
  /** A `?.` stands somewhere in the chain up to here. */
  readonly isOptional: boolean;
}

/** `a?.b.c()` is one `ChainExpression` around its outermost link; parentheses end a chain. */
const chain: Conversion = (node, convert) => {
  const link = chainLink(node, convert);
  return link.isOptional ? makeNode(node, 'ChainExpression', { expression: link.node }) : link.node;
};

const chainLinks: Readonly<Record<string, (node: CstNode, convert: Convert) => ChainLink>> = {
  member_expression: (node, convert) => memberLink(node, convert, fieldOf(node, 'property'), false),
  subscript_expression: (node, convert) => memberLink(node, convert, fieldOf(node, 'index'), true),
  call_expression: callLink,
  non_null_expression: (node, convert) => {
    const inner = chainStart(namedChildren(node)[0], convert);
    return {
      node: makeNode(node, 'TSNonNullExpression', { expression: inner?.node ?? null }),
      isOptional: inner?.isOptional ?? false,
    };
  },
};

function chainLink(node: CstNode, convert: Convert): ChainLink {
  const make = chainLinks[node.type];
  return make === undefined || node.hasError ? { node: convert(node), isOptional: false } : make(node, convert);
}

function chainStart(node: CstNode | undefined, convert: Convert): ChainLink | undefined {
  return node === undefined ? undefined : chainLink(node, convert);
}

function memberLink(node: CstNode, convert: Convert, property: CstNode | undefined, computed: boolean): ChainLink {
  const object = chainStart(fieldOf(node, 'object'), convert);
  const optional = isOptionalLink(node);
  const converted = makeNode(node, 'MemberExpression', {
    object: object?.node ?? null,
    property: convertOptional(property, convert),
    computed,
    optional,
  });
  return { node: converted, isOptional: optional || object?.isOptional === true };
}

function callLink(node: CstNode, convert: Convert): ChainLink {
  const callee = chainStart(fieldOf(node, 'function'), convert);
  const list = fieldOf(node, 'arguments');
  if (list?.type === 'template_string') {
    const tagged = makeNode(node, 'TaggedTemplateExpression', {
      tag: callee?.node ?? null,
      quasi: convertTemplate(list, convert, true),
    });
    return { node: tagged, isOptional: callee?.isOptional ?? false };
  }
  const given = list === undefined ? [] : namedChildren(list).map(convert);
  if (fieldOf(node, 'function')?.type === 'import') {
    return {
      node: makeNode(node, 'ImportExpression', { source: given[0] ?? null, options: given[1] ?? null }),
      isOptional: false,
    };
  }
  const optional = isOptionalLink(node);
  const typeArguments = convertOptional(fieldOf(node, 'type_arguments'), convert);
  const call = makeNode(node, 'CallExpression', {
    callee: callee?.node ?? null,
    typeArguments,
    arguments: given,
    optional,
  });
  return { node: call, isOptional: optional || callee?.isOptional === true };
}

function isOptionalLink(node: CstNode): boolean {
  return childOfType(node, 'optional_chain') !== undefined || hasToken(node, '?.');
}

function flattenSequence(node: CstNode): CstNode[] {
  return namedChildren(node).flatMap((child) =>
    child.type === 'sequence_expression' ? flattenSequence(child) : [child],
  );
}

const shorthand: Conversion = (node) => {
  const both = { key: identifier(node), value: identifier(node) };
  return makeNode(node, 'Property', { kind: 'init', ...both, shorthand: true });
};

const pair: Conversion = (node, convert) =>
  makeNode(node, 'Property', {
    kind: 'init',
    ...keyOf(fieldOf(node, 'key'), convert),
    value: convertOptional(fieldOf(node, 'value'), convert),
  });

const argumentOf =
  (type: string): Conversion =>
  (node, convert) =>
    makeNode(node, type, { argument: convertOptional(namedChildren(node)[0], convert) });

const pattern: Conversion = (node, convert) =>
  makeNode(node, 'AssignmentPattern', {
    left: convertOptional(fieldOf(node, 'left'), convert),
    right: convertOptional(fieldOf(node, 'right'), convert),
  });

/** Expressions and patterns, by the grammar's names. */
export const expressionConversions: Readonly<Record<string, Conversion>> = {
  ...literalConversions,
  member_expression: chain,
  subscript_expression: chain,
  call_expression: chain,
  non_null_expression: chain,
  new_expression: (node, convert) =>
    makeNode(node, 'NewExpression', {
      callee: convertOptional(fieldOf(node, 'constructor'), convert),
      arguments: namedChildren(fieldOf(node, 'arguments') ?? { ...node, children: [] }).map(convert),
    }),
  binary_expression: binary,
  assignment_expression: assignment,
  augmented_assignment_expression: assignment,
  unary_expression: unary,
  update_expression: unary,
  ternary_expression: (node, convert) =>
    makeNode(node, 'ConditionalExpression', {
      test: convertOptional(fieldOf(node, 'condition'), convert),
      consequent: convertOptional(fieldOf(node, 'consequence'), convert),
      alternate: convertOptional(fieldOf(node, 'alternative'), convert),
    }),
  sequence_expression: (node, convert) =>
    makeNode(node, 'SequenceExpression', { expressions: flattenSequence(node).map(convert) }),
  await_expression: argumentOf('AwaitExpression'),
  yield_expression: (node, convert) =>
    makeNode(node, 'YieldExpression', {
      delegate: hasToken(node, '*'),
      argument: convertOptional(namedChildren(node)[0], convert),
    }),
  spread_element: argumentOf('SpreadElement'),
  rest_pattern: argumentOf('RestElement'),
  assignment_pattern: pattern,
  array: (node, convert) => makeNode(node, 'ArrayExpression', { elements: convertList(node, convert) }),
  array_pattern: (node, convert) => makeNode(node, 'ArrayPattern', { elements: convertList(node, convert) }),
  object: (node, convert) => makeNode(node, 'ObjectExpression', { properties: namedChildren(node).map(convert) }),
  object_pattern: (node, convert) => makeNode(node, 'ObjectPattern', { properties: namedChildren(node).map(convert) }),
  pair,
  pair_pattern: pair,
  shorthand_property_identifier: shorthand,
  shorthand_property_identifier_pattern: shorthand,
  object_assignment_pattern: (node, convert) => {
    const left = fieldOf(node, 'left');
    const name =
      left?.type === 'shorthand_property_identifier_pattern' ? identifier(left) : convertOptional(left, convert);
    const value = makeNode(node, 'AssignmentPattern', {
      left: name,
      right: convertOptional(fieldOf(node, 'right'), convert),
    });
    return makeNode(node, 'Property', { kind: 'init', key: name, value, shorthand: true });
  },
};
