import type { DefinitionKind } from '../../engine/merge/outline.ts';
import { childOfType, fieldOf, hasToken, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { nameOf } from './name-of.ts';
import { normalized } from './outliner.ts';
import { unquoted } from './script-names.ts';
import {
  functionTypes,
  parameterTypesOf,
  holdsDefinition,
  holdsFunctions,
  valueFacts,
  withoutTypes,
} from './script-values.ts';
import type { Found, Outliner, Rule, Span } from './outliner.ts';

/** Visits the statements or members of a list; decorators stand before the member that they belong to. */
const visitList: Rule = (list, outliner) => {
  let decorator: CstNode | undefined;
  list.children.forEach((child, index) => {
    if (child.type === 'decorator') {
      decorator ??= child;
      return;
    }
    const semicolon = list.children[index + 1];
    const end = semicolon?.type === ';' ? semicolon.end : child.end;
    outliner.visitWrapped(child, { end, ...(decorator !== undefined && { start: decorator.start }) });
    decorator = undefined;
  });
};

const defineFunction: Rule = (node, outliner) => {
  const body = fieldOf(node, 'body');
  outliner.define({
    name: nameOf(node),
    kind: body === undefined ? 'signature' : 'function',
    span: node,
    body,
    signature: body === undefined ? parameterTypesOf(node) : '',
    members: body === undefined ? [] : [body],
  });
};

function defineType(kind: DefinitionKind, scope: 'class' | 'file' = 'class'): Rule {
  return (node, outliner) => {
    const body = fieldOf(node, 'body');
    outliner.define({
      name: unquoted(nameOf(node)),
      kind,
      span: node,
      headerStart: headerStartOf(node),
      body,
      // members of classes and interfaces have neighbours that belong to them
      members: kind === 'module' || body === undefined ? body?.children : [body],
      scope,
    });
  };
}

function headerStartOf(node: CstNode): number | undefined {
  const last = node.children.findLastIndex((child) => child.type === 'decorator');
  return last < 0 ? undefined : node.children[last + 1]?.start;
}

const defineMethod: Rule = (node, outliner) => {
  const body = fieldOf(node, 'body');
  const words = ['static', 'get', 'set'].filter((word) => hasToken(node, word));
  const types = body === undefined ? [parameterTypesOf(node)] : [];
  outliner.define({
    name: unquoted(nameOf(node)),
    kind: body === undefined ? 'signature' : 'method',
    span: node,
    headerStart: headerStartOf(node),
    body,
    signature: [...words, ...types].join(' '),
    members: body === undefined ? [] : [body],
  });
};

const defineField: Rule = (node, outliner) => {
  const name = fieldOf(node, 'name') ?? fieldOf(node, 'property');
  const value = fieldOf(node, 'value');
  const found = valueFacts(value, 'method');
  outliner.define({
    name: name === undefined ? '' : unquoted(sourceOf(name)),
    span: node,
    headerStart: headerStartOf(node),
    signature: hasToken(node, 'static') ? 'static' : '',
    ...found,
  });
};

/** Defines what a name holds; the functions in an object on top level are methods of that name. */
function defineHolder(
  holder: Pick<Found, 'name' | 'span' | 'isPart'>,
  value: CstNode | undefined,
  outliner: Outliner,
): void {
  const object = withoutTypes(value);
  const found: Found = { ...holder, ...valueFacts(value, 'function') };
  if (object?.type !== 'object') outliner.define(found);
  else if (outliner.scope === 'file')
    outliner.define({ ...found, members: [{ ...object, type: 'definitions' }], scope: 'class' });
  else outliner.visitInside([object], 'function');
}

/** An object whose functions have names that count: those of `const api = { … }`, `export default { … }`. */
const visitProperties: Rule = (object, outliner) => {
  for (const property of object.children) {
    if (property.type === 'method_definition') outliner.visit(property);
    if (property.type !== 'pair') continue;
    const key = fieldOf(property, 'key');
    const value = withoutTypes(fieldOf(property, 'value'));
    if (key === undefined || value === undefined) continue;
    const name = unquoted(sourceOf(key));
    if (value.type === 'object' && holdsFunctions(value))
      outliner.define({
        name,
        kind: 'variable',
        span: property,
        body: value,
        members: [{ ...value, type: 'definitions' }],
        scope: 'class',
      });
    else if (functionTypes.has(value.type) || value.type === 'class')
      outliner.define({ name, span: property, ...valueFacts(value, 'method') });
    else outliner.visitInside([value], 'function');
  }
};

const declareVariables: Rule = (node, outliner) => {
  const declarators = node.children.filter((child) => child.type === 'variable_declarator');
  if (outliner.scope === 'file' && declarators.length > 0 && declarators.every(isRequire)) {
    outliner.addImport(node);
    return;
  }
  for (const declarator of declarators) {
    const name = fieldOf(declarator, 'name');
    const value = fieldOf(declarator, 'value');
    if (outliner.scope === 'file' && isRequire(declarator)) continue;
    const isNamed = name?.type === 'identifier';
    if (isNamed && (outliner.scope === 'file' || holdsDefinition(value)))
      defineHolder(
        { name: sourceOf(name), ...(declarators.length === 1 ? { span: node } : { span: declarator, isPart: true }) },
        value,
        outliner,
      );
    else if (value !== undefined) outliner.visitInside([value], 'function');
  }
};

/** `require('a')` and `require('a').b`. */
function isRequire(declarator: CstNode): boolean {
  const value = fieldOf(declarator, 'value');
  return value !== undefined && /^require\s*\(\s*['"`][^'"`]*['"`]\s*\)(\s*\.\s*\w+)*$/.test(sourceOf(value));
}

const visitStatement: Rule = (statement, outliner) => {
  const [expression] = statement.children;
  if (expression?.type === 'assignment_expression') assign(expression, statement, outliner);
  else if (outliner.scope === 'file' && /^require\s*\(\s*['"`][^'"`]*['"`]\s*\);?$/.test(sourceOf(statement)))
    outliner.addImport(statement);
  else if (expression?.type === 'internal_module') outliner.visitWrapped(expression, { end: statement.end });
  else outliner.visitInside(statement.children, 'function');
};

/** `module.exports = …`, `exports.a = …`, `A.prototype.b = function () {}`. */
function assign(assignment: CstNode, statement: Span, outliner: Outliner): void {
  const left = fieldOf(assignment, 'left');
  const value = fieldOf(assignment, 'right');
  if (left === undefined || value === undefined) return;
  const name = normalized(sourceOf(left));
  const isExport = outliner.scope === 'file' && /^(module\.)?exports\b/.test(name);
  const object = withoutTypes(value);
  const isHolder = object?.type === 'object' && outliner.scope === 'file' && (isExport || holdsFunctions(object));
  if (!/^(member|subscript)_expression$/.test(left.type) || !(isExport || isHolder || holdsDefinition(value)))
    outliner.visitInside([value], 'function');
  else if (/\.prototype\.\w+$/.test(name) && functionTypes.has(object?.type ?? ''))
    outliner.define({ name, span: statement, ...valueFacts(value, 'method') });
  else defineHolder({ name, span: statement }, value, outliner);
}

const visitExport: Rule = (node, outliner) => {
  const declaration = fieldOf(node, 'declaration');
  const value = fieldOf(node, 'value');
  const headerStart = headerStartOf(node) ?? node.start;
  if (declaration !== undefined) outliner.visitWrapped(declaration, { start: node.start, end: node.end, headerStart });
  else if (value !== undefined && value.type !== 'identifier')
    defineHolder({ name: 'default', span: node }, value, outliner);
};

/** `declare …` */
const visitAmbient: Rule = (node, outliner) => {
  const block = childOfType(node, 'statement_block');
  const inner = node.children.findLast((child) => child.isNamed);
  if (block !== undefined)
    outliner.define({
      name: 'global',
      kind: 'module',
      span: node,
      body: block,
      members: block.children,
      scope: 'file',
    });
  else if (inner !== undefined)
    outliner.visitWrapped(inner, { start: node.start, end: node.end, headerStart: node.start });
};

/** An object that is no definition: functions inside its functions count, its own do not. */
const visitObject: Rule = (object, outliner) => {
  for (const property of object.children) {
    const body = property.type === 'method_definition' ? fieldOf(property, 'body') : undefined;
    outliner.visitInside([body ?? property], 'function');
  }
};

const addImport: Rule = (node, outliner) => {
  outliner.addImport(node);
};

const visitBlock: Rule = (node, outliner) => {
  outliner.visitInside(node.children, 'function');
};

/** What the nodes of JavaScript and TypeScript define; the same as {@link outlineOfTree} says of files without errors. */
export const scriptRules: Readonly<Record<string, Rule>> = {
  program: visitList,
  class_body: visitList,
  interface_body: visitList,
  import_statement: addImport,
  import_alias: addImport,
  export_statement: visitExport,
  ambient_declaration: visitAmbient,
  function_declaration: defineFunction,
  generator_function_declaration: defineFunction,
  function_signature: defineFunction,
  class_declaration: defineType('class'),
  abstract_class_declaration: defineType('class'),
  interface_declaration: defineType('interface'),
  enum_declaration: defineType('enum'),
  type_alias_declaration: defineType('type'),
  internal_module: defineType('module', 'file'),
  module: defineType('module', 'file'),
  method_definition: defineMethod,
  method_signature: defineMethod,
  abstract_method_signature: defineMethod,
  field_definition: defineField,
  public_field_definition: defineField,
  lexical_declaration: declareVariables,
  variable_declaration: declareVariables,
  expression_statement: visitStatement,
  object: visitObject,
  definitions: visitProperties,
  statement_block: visitBlock,
  if_statement: visitBlock,
  for_statement: visitBlock,
  for_in_statement: visitBlock,
  while_statement: visitBlock,
  do_statement: visitBlock,
  try_statement: visitBlock,
  switch_statement: visitBlock,
  arguments: visitBlock,
  arrow_function: visitBlock,
  function_expression: visitBlock,
};
