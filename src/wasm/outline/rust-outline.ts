import type { DefinitionKind } from '../../engine/merge/outline.ts';
import { fieldOf, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { nameOf } from './name-of.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { normalized } from './outliner.ts';
import type { Rule, Scope } from './outliner.ts';

/** Visits the items of a list, each with the attributes before it. */
const visitItems: Rule = (list, outliner) => {
  let attributes: CstNode[] = [];
  for (const child of list.children) {
    if (child.type === 'attribute_item') {
      attributes.push(child);
      continue;
    }
    const [first] = attributes;
    if (first === undefined) outliner.visitAll([child]);
    else outliner.visitWrapped({ ...child, children: [...attributes, ...child.children] }, { start: first.start });
    attributes = [];
  }
};

/** Items of one name can stand side by side for different targets. */
function conditionOf(item: CstNode): string {
  const conditions = item.children
    .filter((child) => child.type === 'attribute_item')
    .map((child) => normalized(sourceOf(child)))
    .filter((attribute) => attribute.startsWith('#[cfg('));
  return conditions.join(' ');
}

function item(kind: DefinitionKind, scope?: Scope): Rule {
  return (node, outliner) => {
    const body = fieldOf(node, 'body');
    outliner.define({
      name: nameOf(node),
      kind,
      span: node,
      body,
      signature: conditionOf(node),
      ...(scope !== undefined && body !== undefined && { members: [body], scope }),
    });
  };
}

const defineFunction: Rule = (node, outliner) => {
  item(outliner.scope === 'class' ? 'method' : 'function', 'function')(node, outliner);
};

const defineImplementation: Rule = (node, outliner) => {
  const body = fieldOf(node, 'body');
  const [trait, type] = [fieldOf(node, 'trait'), fieldOf(node, 'type')];
  const ofTrait = trait === undefined ? '' : `${normalized(sourceOf(trait))} for `;
  outliner.define({
    name: type === undefined ? '' : ofTrait + normalized(sourceOf(type)),
    kind: 'impl',
    span: node,
    body,
    signature: conditionOf(node),
    ...(body !== undefined && { members: [body], scope: 'class' }),
  });
};

const defineMacro: Rule = (node, outliner) => {
  const open = node.children.find((child) => child.type === '{' || child.type === '(' || child.type === '[');
  const body = open === undefined ? undefined : { start: open.start, end: node.end };
  outliner.define({ name: nameOf(node), kind: 'macro', span: node, body, signature: conditionOf(node) });
};

const defineVariable: Rule = (node, outliner) => {
  if (outliner.scope !== 'function') item('variable')(node, outliner);
};

const addImport: Rule = (node, outliner) => {
  if (outliner.scope === 'file') outliner.addImport(node);
};

export const rustOutline: OutlineGrammar = {
  asset: 'tree-sitter-rust.wasm',
  opaque: [
    'parameters',
    'expression_statement',
    'let_declaration',
    'token_tree',
    'macro_rule',
    'macro_invocation',
    'attribute',
    'field_declaration_list',
    'ordered_field_declaration_list',
    'enum_variant_list',
    'where_clause',
    'type_parameters',
    'use_declaration',
    'match_expression',
    'if_expression',
    'call_expression',
    'struct_expression',
    'array_expression',
    'binary_expression',
  ],
  comments: ['line_comment', 'block_comment'],
  strings: ['string_literal', 'raw_string_literal', 'char_literal'],
  codeInStrings: [],
  rules: {
    source_file: visitItems,
    declaration_list: visitItems,
    block: visitItems,
    ERROR: visitItems,
    function_item: defineFunction,
    function_signature_item: item('signature'),
    struct_item: item('struct'),
    union_item: item('struct'),
    enum_item: item('enum'),
    trait_item: item('interface', 'class'),
    impl_item: defineImplementation,
    mod_item: item('module', 'file'),
    macro_definition: defineMacro,
    const_item: defineVariable,
    static_item: defineVariable,
    type_item: item('type'),
    associated_type: item('type'),
    use_declaration: addImport,
    extern_crate_declaration: addImport,
  },
};
