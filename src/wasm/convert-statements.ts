import {
  childOfType,
  convertOptional,
  fieldOf,
  hasToken,
  identifier,
  makeNode,
  namedChildren,
  sourceOf,
  withoutParentheses,
} from './cst.ts';
import type { Conversion, Convert, CstNode } from './cst.ts';
import type { EstreeNode } from './lower-estree.ts';

const block: Conversion = (node, convert) =>
  makeNode(node, 'BlockStatement', { body: namedChildren(node).map(convert) });

const declaration: Conversion = (node, convert) => {
  const kind = fieldOf(node, 'kind') ?? node.children[0];
  const declarators = namedChildren(node).filter((child) => child.type === 'variable_declarator');
  return makeNode(node, 'VariableDeclaration', {
    kind: kind === undefined ? 'var' : sourceOf(kind),
    declarations: declarators.map(convert),
  });
};

const declarator: Conversion = (node, convert) => {
  const name = fieldOf(node, 'name');
  const id = convertOptional(name, convert);
  return makeNode(node, 'VariableDeclarator', {
    id: annotated(id, fieldOf(node, 'type'), convert),
    init: convertOptional(fieldOf(node, 'value'), convert),
  });
};

/** ESTree hangs an annotation onto the pattern that it follows. */
export function annotated(
  pattern: EstreeNode | null,
  annotation: CstNode | undefined,
  convert: Convert,
): EstreeNode | null {
  if (pattern === null || annotation === undefined) return pattern;
  return { ...pattern, end: annotation.end, typeAnnotation: convert(annotation) };
}

/** A part of a `for` head: without its semicolon, and nothing where it is empty. */
function headPart(node: CstNode | undefined, convert: Convert): EstreeNode | null {
  if (node === undefined || node.type === 'empty_statement' || node.type === ';') return null;
  if (node.type === 'expression_statement') return convertOptional(namedChildren(node)[0], convert);
  const converted = convert(node);
  const last = node.children.at(-1);
  const beforeLast = node.children.at(-2);
  return last?.type === ';' && beforeLast !== undefined ? { ...converted, end: beforeLast.end } : converted;
}

const forIn: Conversion = (node, convert) => {
  const left = fieldOf(node, 'left');
  const kind = fieldOf(node, 'kind');
  const isOf = hasToken(node, 'of');
  let target = convertOptional(left, convert);
  if (left !== undefined && kind !== undefined) {
    const span = { start: kind.start, end: left.end };
    const declared = makeNode(left, 'VariableDeclarator', { id: target, init: null });
    target = { type: 'VariableDeclaration', ...span, kind: sourceOf(kind), declarations: [declared] };
  }
  return makeNode(node, isOf ? 'ForOfStatement' : 'ForInStatement', {
    ...(isOf ? { await: hasToken(node, 'await') } : {}),
    left: target,
    right: convertOptional(fieldOf(node, 'right'), convert),
    body: convertOptional(fieldOf(node, 'body'), convert),
  });
};

const switchCase: Conversion = (node, convert) => {
  const test = fieldOf(node, 'value');
  const body = namedChildren(node).filter((child) => child !== test);
  return makeNode(node, 'SwitchCase', { test: convertOptional(test, convert), consequent: body.map(convert) });
};

const label = (node: CstNode): EstreeNode | null => {
  const name = fieldOf(node, 'label');
  return name === undefined ? null : identifier(name);
};

/** `return`, `throw`: a keyword with perhaps an expression behind it. */
const withArgument =
  (type: string): Conversion =>
  (node, convert) =>
    makeNode(node, type, { argument: convertOptional(namedChildren(node)[0], convert) });

const loop =
  (type: string): Conversion =>
  (node, convert) =>
    makeNode(node, type, {
      test: convertOptional(fieldOf(node, 'condition'), convert),
      body: convertOptional(fieldOf(node, 'body'), convert),
    });

const expressionStatement: Conversion = (node, convert) => {
  const child = namedChildren(node)[0];
  const isDirective =
    child?.type === 'string' && child.start === node.start && (node.field === '' || node.field === 'body');
  return makeNode(node, 'ExpressionStatement', {
    expression: convertOptional(child, convert),
    ...(isDirective ? { directive: sourceOf(child).slice(1, -1) } : {}),
  });
};

const tryStatement: Conversion = (node, convert) => {
  const finalizer = fieldOf(node, 'finalizer');
  return makeNode(node, 'TryStatement', {
    block: convertOptional(fieldOf(node, 'body'), convert),
    handler: convertOptional(fieldOf(node, 'handler'), convert),
    finalizer: finalizer === undefined ? null : convertOptional(fieldOf(finalizer, 'body'), convert),
  });
};

/** Statements, by the grammar's names. */
export const statementConversions: Readonly<Record<string, Conversion>> = {
  statement_block: block,
  expression_statement: expressionStatement,
  variable_declaration: declaration,
  lexical_declaration: declaration,
  variable_declarator: declarator,
  empty_statement: (node) => makeNode(node, 'EmptyStatement'),
  debugger_statement: (node) => makeNode(node, 'DebuggerStatement'),
  if_statement: (node, convert) =>
    makeNode(node, 'IfStatement', {
      test: convertOptional(fieldOf(node, 'condition'), convert),
      consequent: convertOptional(fieldOf(node, 'consequence'), convert),
      alternate: convertOptional(fieldOf(node, 'alternative'), convert),
    }),
  else_clause: (node, convert) => convertOptional(namedChildren(node)[0], convert),
  for_statement: (node, convert) =>
    makeNode(node, 'ForStatement', {
      init: headPart(fieldOf(node, 'initializer'), convert),
      test: headPart(fieldOf(node, 'condition'), convert),
      update: convertOptional(fieldOf(node, 'increment'), convert),
      body: convertOptional(fieldOf(node, 'body'), convert),
    }),
  for_in_statement: forIn,
  while_statement: loop('WhileStatement'),
  do_statement: loop('DoWhileStatement'),
  return_statement: withArgument('ReturnStatement'),
  throw_statement: withArgument('ThrowStatement'),
  break_statement: (node) => makeNode(node, 'BreakStatement', { label: label(node) }),
  continue_statement: (node) => makeNode(node, 'ContinueStatement', { label: label(node) }),
  labeled_statement: (node, convert) =>
    makeNode(node, 'LabeledStatement', { label: label(node), body: convertOptional(fieldOf(node, 'body'), convert) }),
  with_statement: (node, convert) =>
    makeNode(node, 'WithStatement', {
      object: convertOptional(fieldOf(node, 'object'), convert),
      body: convertOptional(fieldOf(node, 'body'), convert),
    }),
  try_statement: tryStatement,
  catch_clause: (node, convert) =>
    makeNode(node, 'CatchClause', {
      param: annotated(convertOptional(fieldOf(node, 'parameter'), convert), fieldOf(node, 'type'), convert),
      body: convertOptional(fieldOf(node, 'body'), convert),
    }),
  switch_statement: (node, convert) =>
    makeNode(node, 'SwitchStatement', {
      discriminant: convertOptional(fieldOf(node, 'value'), convert),
      cases: namedChildren(fieldOf(node, 'body') ?? node)
        .filter(isCase)
        .map(convert),
    }),
  switch_case: switchCase,
  switch_default: switchCase,
  parenthesized_expression: (node, convert) => {
    const inner = withoutParentheses(node);
    return inner === node ? makeNode(node, 'Error') : convert(inner);
  },
  export_statement: (node, convert) => {
    const declared = fieldOf(node, 'declaration') ?? fieldOf(node, 'value') ?? childOfType(node, 'export_clause');
    const isTypeOnly = hasToken(node, 'type') || typeDeclarations.has(declared?.type ?? '');
    const kind = isTypeOnly ? { exportKind: 'type' } : {};
    const source = convertOptional(fieldOf(node, 'source'), convert);
    if (hasToken(node, 'default'))
      return makeNode(node, 'ExportDefaultDeclaration', {
        declaration: asDeclaration(convertOptional(declared, convert)),
      });
    if (hasToken(node, '*')) return makeNode(node, 'ExportAllDeclaration', { ...kind, source });
    if (declared?.type === 'export_clause') {
      return makeNode(node, 'ExportNamedDeclaration', {
        ...kind,
        specifiers: namedChildren(declared).map(convert),
        source,
      });
    }
    return makeNode(node, 'ExportNamedDeclaration', {
      ...kind,
      declaration: convertOptional(declared, convert),
      specifiers: [],
      source,
    });
  },
  export_specifier: (node) => {
    const local = fieldOf(node, 'name');
    const exported = fieldOf(node, 'alias') ?? local;
    return makeNode(node, 'ExportSpecifier', {
      local: local === undefined ? null : identifier(local),
      exported: exported === undefined ? null : identifier(exported),
    });
  },
  import_statement: (node, convert) => {
    const clause = childOfType(node, 'import_clause');
    return makeNode(node, 'ImportDeclaration', {
      ...(hasToken(node, 'type') ? { importKind: 'type' } : {}),
      specifiers: clause === undefined ? [] : namedChildren(clause).flatMap((child) => specifiers(child)),
      source: convertOptional(fieldOf(node, 'source'), convert),
    });
  },
};

const typeDeclarations: ReadonlySet<string> = new Set(['interface_declaration', 'type_alias_declaration']);

/** The grammars read `export default function …` as an expression; only in parentheses it is one. */
function asDeclaration(node: EstreeNode | null): EstreeNode | null {
  if (node?.type === 'FunctionExpression') return { ...node, type: 'FunctionDeclaration' };
  if (node?.type === 'ClassExpression') return { ...node, type: 'ClassDeclaration' };
  return node;
}

function isCase(node: CstNode): boolean {
  return node.type === 'switch_case' || node.type === 'switch_default';
}

function specifiers(node: CstNode): EstreeNode[] {
  if (node.type === 'identifier') return [makeNode(node, 'ImportDefaultSpecifier', { local: identifier(node) })];
  if (node.type === 'namespace_import') {
    const name = namedChildren(node)[0];
    return [makeNode(node, 'ImportNamespaceSpecifier', { local: name === undefined ? null : identifier(name) })];
  }
  return namedChildren(node).map((child) => {
    const imported = fieldOf(child, 'name');
    const local = fieldOf(child, 'alias') ?? imported;
    return makeNode(child, 'ImportSpecifier', {
      imported: imported === undefined ? null : identifier(imported),
      local: local === undefined ? null : identifier(local),
      ...(hasToken(child, 'type') ? { importKind: 'type' } : {}),
    });
  });
}
