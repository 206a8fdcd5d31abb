import type { DefinitionKind } from '../../engine/merge/outline.ts';
import { childOfType, fieldOf, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { declaredName, functionDeclarator, parameterTypes } from './c-declarator.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { maskMacros } from './mask-macros.ts';
import { normalized } from './outliner.ts';
import type { Found, Outliner, Rule, Span } from './outliner.ts';

/** Definition of a function, or one in a class without a body (`= default`). */
function defineFunction(node: CstNode, outliner: Outliner, isOverloadable: boolean): void {
  const declarator = fieldOf(node, 'declarator');
  const name = declarator === undefined ? '' : declaredName(declarator);
  const body = fieldOf(node, 'body') ?? childOfType(node, 'try_statement');
  const isMember = outliner.scope === 'class' || name.includes('::');
  outliner.define({
    name,
    kind: body === undefined ? 'signature' : isMember ? 'method' : 'function',
    span: node,
    body,
    signature: isOverloadable ? parameterTypes(declarator) : '',
  });
}

/** A declaration: a prototype, variables, a type with its body, or several of these. */
function defineDeclared(node: CstNode, outliner: Outliner, isOverloadable: boolean): void {
  const type = fieldOf(node, 'type');
  const declarators = node.children.filter((child) => child.field === 'declarator');
  const isTypeDefined = type !== undefined && hasBody(type);
  if (isTypeDefined && (nameOf(type) !== '' || declarators.length === 0)) {
    defineType(type, outliner, node);
    return;
  }
  if (outliner.scope === 'function') return;
  for (const declarator of declarators) {
    const isOnly = declarators.length === 1;
    // the members of a type without a name belong to what is declared with it
    const members = isTypeDefined && declarator === declarators[0] ? (fieldOf(type, 'body')?.children ?? []) : [];
    const found: Found = { ...foundIn(declarator), ...(isOnly && { members, scope: 'class' }) };
    const signature = isOverloadable ? found.signature : '';
    outliner.define({ ...found, signature, span: isOnly ? node : declarator, isPart: !isOnly });
  }
}

function foundIn(declarator: CstNode): Found {
  const name = declaredName(declarator);
  if (functionDeclarator(declarator) !== undefined)
    return { name, kind: 'signature', span: declarator, signature: parameterTypes(declarator) };
  const value = fieldOf(declarator, 'value');
  return { name, kind: 'variable', span: declarator, body: value?.type === 'initializer_list' ? value : undefined };
}

/** A class, struct, union or enum on its own; its `;` stands behind it. */
const typeItem: Rule = (node, outliner) => {
  if (!hasBody(node)) return;
  const semicolon = outliner.following?.type === ';' ? outliner.following : node;
  defineType(node, outliner, { start: node.start, end: semicolon.end });
};

const typeKinds: Readonly<Record<string, DefinitionKind>> = {
  class_specifier: 'class',
  struct_specifier: 'struct',
  union_specifier: 'struct',
  enum_specifier: 'enum',
};

function defineType(type: CstNode, outliner: Outliner, span: Span, alias = ''): void {
  const name = nameOf(type);
  outliner.define({
    name: name === '' ? alias : name,
    kind: typeKinds[type.type] ?? 'struct',
    span,
    body: fieldOf(type, 'body'),
    members: fieldOf(type, 'body')?.children,
    scope: 'class',
  });
}

/** `typedef`: the tag is the name when a body follows it, else the last name is. */
const typeDefinition: Rule = (node, outliner) => {
  const type = fieldOf(node, 'type');
  const declarator = fieldOf(node, 'declarator');
  const alias = declarator === undefined ? '' : declaredName(declarator);
  if (type !== undefined && hasBody(type)) defineType(type, outliner, node, alias);
  else outliner.define({ name: alias, kind: 'type', span: node });
};

function hasBody(type: CstNode): boolean {
  return type.type in typeKinds && fieldOf(type, 'body') !== undefined;
}

const defineMacro: Rule = (node, outliner) => {
  outliner.define({ name: nameOf(node), kind: 'macro', span: node });
};

const defineNamespace: Rule = (node, outliner) => {
  const body = fieldOf(node, 'body');
  outliner.define({ name: nameOf(node), kind: 'module', span: node, body, members: body?.children, scope: 'file' });
};

/** What `template<…>` stands before; its own `;` may lie outside of the class that it declares. */
const visitTemplate: Rule = (node, outliner) => {
  const inner = node.children.findLast((child) => child.isNamed);
  if (inner !== undefined) outliner.visitWrapped(inner, { start: node.start, end: node.end });
};

const addImport: Rule = (node, outliner) => {
  if (outliner.scope === 'file') outliner.addImport(node);
};

function nameOf(node: CstNode): string {
  const name = fieldOf(node, 'name');
  return name === undefined ? '' : normalized(sourceOf(name));
}

const cOpaque = [
  'compound_statement',
  'initializer_list',
  'preproc_include',
  'preproc_arg',
  'preproc_params',
  'preproc_call',
  'enumerator_list',
  'string_literal',
  'template_argument_list',
  'template_parameter_list',
  'argument_list',
  'static_assert_declaration',
  'call_expression',
  'binary_expression',
];

/** What C and C++ have in common; only in C++ do several functions share a name. */
function rulesOf(isOverloadable: boolean): Readonly<Record<string, Rule>> {
  const declaration: Rule = (node, outliner) => {
    defineDeclared(node, outliner, isOverloadable);
  };
  return {
    preproc_include: addImport,
    preproc_def: defineMacro,
    preproc_function_def: defineMacro,
    function_definition: (node, outliner) => {
      defineFunction(node, outliner, isOverloadable);
    },
    declaration,
    type_definition: typeDefinition,
    struct_specifier: typeItem,
    union_specifier: typeItem,
    enum_specifier: typeItem,
    // members of a C struct have no names of their own in a file
    field_declaration: isOverloadable ? declaration : () => undefined,
  };
}

const literals = { comments: ['comment'], codeInStrings: [] };

export const cOutline: OutlineGrammar = {
  asset: 'tree-sitter-c.wasm',
  opaque: cOpaque,
  ...literals,
  strings: ['string_literal', 'char_literal', 'system_lib_string'],
  mask: (text) => maskMacros(text, true),
  rules: rulesOf(false),
};

export const cppOutline: OutlineGrammar = {
  asset: 'tree-sitter-cpp.wasm',
  opaque: cOpaque,
  ...literals,
  strings: ['string_literal', 'char_literal', 'raw_string_literal', 'system_lib_string'],
  mask: (text) => maskMacros(text, false),
  rules: {
    ...rulesOf(true),
    class_specifier: typeItem,
    namespace_definition: defineNamespace,
    template_declaration: visitTemplate,
    using_declaration: addImport,
    alias_declaration: (node, outliner) => {
      outliner.define({ name: nameOf(node), kind: 'type', span: node });
    },
    concept_definition: (node, outliner) => {
      outliner.define({ name: nameOf(node), kind: 'type', span: node });
    },
  },
};
