import { childOfType, fieldOf, hasToken, namedChildren, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { nameOf } from './name-of.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import type { Found, Outliner, Rule, Span } from './outliner.ts';

const defineFunction: Rule = (node, outliner) => {
  const receiver = fieldOf(node, 'receiver');
  const body = fieldOf(node, 'body');
  outliner.define({
    name: nameOf(node),
    kind: body === undefined ? 'signature' : receiver === undefined ? 'function' : 'method',
    span: node,
    body,
    signature: receiver === undefined ? '' : receiverType(receiver),
  });
};

/** `(s *Server[T])` → `Server`: pointer or not, a type has one method of a name. */
function receiverType(receiver: CstNode): string {
  const text = sourceOf(receiver).replace(/\[[^\]]*\]/g, '');
  return /([\w.]+)\s*,?\s*\)$/u.exec(text)?.[1] ?? text;
}

/** `type`, `var` and `const`: the declaration as a whole when it declares one thing without a list in parentheses. */
function declaration(define: (spec: CstNode, span: Span, outliner: Outliner) => void): Rule {
  return (node, outliner) => {
    const list = childOfType(node, 'var_spec_list') ?? node;
    const specs = namedChildren(list).filter((child) => /_spec$|^type_alias$/.test(child.type));
    const isGroup = hasToken(list, '(');
    for (const spec of specs) define(spec, isGroup ? spec : node, outliner);
  };
}

function defineType(spec: CstNode, span: Span, outliner: Outliner): void {
  const type = fieldOf(spec, 'type');
  const name = nameOf(spec);
  if (spec.type === 'type_alias' || type === undefined) outliner.define({ name, kind: 'type', span });
  else if (type.type === 'struct_type')
    outliner.define({ name, kind: 'struct', span, body: childOfType(type, 'field_declaration_list') });
  else if (type.type === 'interface_type')
    outliner.define({ name, kind: 'interface', span, body: bracesOf(type), members: type.children, scope: 'class' });
  else outliner.define({ name, kind: 'type', span });
}

function bracesOf(type: CstNode): Span | undefined {
  const open = childOfType(type, '{');
  return open === undefined ? undefined : { start: open.start, end: type.end };
}

function defineVariables(spec: CstNode, span: Span, outliner: Outliner): void {
  const names = spec.children.filter((child) => child.field === 'name' && child.type === 'identifier');
  const [value] = namedChildren(fieldOf(spec, 'value') ?? { ...spec, children: [] });
  for (const name of names) {
    if (sourceOf(name) === '_') continue;
    const found: Found = { name: sourceOf(name), kind: 'variable', span: names.length === 1 ? span : name };
    if (names.length > 1 || value === undefined) outliner.define(found);
    else outliner.define({ ...found, ...valueOf(value) });
  }
}

function valueOf(value: CstNode): Partial<Found> {
  if (value.type === 'func_literal') return { kind: 'function', body: fieldOf(value, 'body') };
  if (value.type === 'composite_literal') return { body: fieldOf(value, 'body') };
  return {};
}

export const goOutline: OutlineGrammar = {
  asset: 'tree-sitter-go.wasm',
  opaque: [
    'block',
    'parameter_list',
    'literal_value',
    'call_expression',
    'field_declaration_list',
    'import_declaration',
  ],
  comments: ['comment'],
  strings: ['interpreted_string_literal', 'raw_string_literal', 'rune_literal'],
  codeInStrings: [],
  rules: {
    import_declaration: (node, outliner) => {
      outliner.addImport(node);
    },
    function_declaration: defineFunction,
    method_declaration: defineFunction,
    type_declaration: declaration(defineType),
    var_declaration: declaration(defineVariables),
    const_declaration: declaration(defineVariables),
    method_elem: (node, outliner) => {
      outliner.define({ name: nameOf(node), kind: 'signature', span: node });
    },
  },
};
