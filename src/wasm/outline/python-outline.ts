import { childOfType, fieldOf, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { nameOf } from './name-of.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { normalized } from './outliner.ts';
import type { Rule } from './outliner.ts';

const addImport: Rule = (node, outliner) => {
  if (outliner.scope === 'file') outliner.addImport(node);
};

const decorated: Rule = (node, outliner) => {
  const definition = fieldOf(node, 'definition');
  if (definition === undefined) {
    outliner.visitAll(node.children);
    return;
  }
  const decorators = node.children.filter((child) => child.type === 'decorator');
  outliner.visitWrapped({ ...definition, children: [...decorators, ...definition.children] }, node);
};

const defineFunction: Rule = (node, outliner) => {
  const name = nameOf(node);
  const body = bodyOf(node);
  const decorators = decoratorsOf(node);
  const isOverload = decorators.some((decorator) => /^@\s*([\w.]+\.)?overload$/.test(decorator));
  outliner.define({
    name,
    kind: isOverload ? 'signature' : outliner.scope === 'class' ? 'method' : 'function',
    span: node,
    body,
    signature: isOverload ? parametersOf(node) : accessorOf(decorators, name),
    members: body?.children,
  });
};

const defineClass: Rule = (node, outliner) => {
  const body = bodyOf(node);
  outliner.define({ name: nameOf(node), kind: 'class', span: node, body, members: body?.children, scope: 'class' });
};

/** An assignment to a plain name in a statement of its own, outside of functions and of conditions. */
const defineVariable: Rule = (statement, outliner) => {
  const assignment = statement.children[0];
  if (assignment?.type !== 'assignment' || outliner.scope === 'function') return;
  const left = fieldOf(assignment, 'left');
  if (left?.type !== 'identifier') return;
  const holdsFunction = fieldOf(assignment, 'right')?.type === 'lambda';
  const ofFunction = outliner.scope === 'class' ? 'method' : 'function';
  outliner.define({ name: sourceOf(left), kind: holdsFunction ? ofFunction : 'variable', span: statement });
};

/** Functions and classes in branches are definitions of the file; what is assigned there is one of several values. */
const conditional: Rule = (node, outliner) => {
  const blocks = node.children.filter((child) => child.type !== 'block');
  const statements = node.children.filter((child) => child.type === 'block').flatMap((block) => block.children);
  outliner.visitAll([...blocks, ...statements.filter((child) => child.type !== 'expression_statement')].sort(byStart));
};

/** The block; comments before its first statement belong to it and are outside of the grammar's block. */
function bodyOf(node: CstNode): CstNode | undefined {
  const block = fieldOf(node, 'body');
  const colon = node.children.findLast((child) => child.type === ':');
  if (block === undefined || colon === undefined) return block;
  const lead = /^[^\n\r]*[\n\r]+\s*/.exec(node.text.slice(colon.end, block.start))?.[0].length;
  return lead === undefined ? block : { ...block, start: colon.end + lead };
}

function byStart(a: CstNode, b: CstNode): number {
  return a.start - b.start;
}

function decoratorsOf(node: CstNode): string[] {
  return node.children.filter((child) => child.type === 'decorator').map((child) => normalized(sourceOf(child)));
}

/** `setter` for `@name.setter`; the whole decorator for `@function.register(…)`, whose functions may share one name. */
function accessorOf(decorators: readonly string[], name: string): string {
  for (const decorator of decorators) {
    const [, owner, role] = /^@\s*([\w.]+)\.(setter|getter|deleter|register)\b/.exec(decorator) ?? [];
    if (role === 'register') return decorator;
    if (role !== undefined && owner === name) return role;
  }
  return '';
}

function parametersOf(node: CstNode): string {
  const parameters = childOfType(node, 'parameters');
  return parameters === undefined ? '' : normalized(sourceOf(parameters));
}

export const pythonOutline: OutlineGrammar = {
  asset: 'tree-sitter-python.wasm',
  opaque: [
    'parameters',
    'call',
    'attribute',
    'subscript',
    'string',
    'concatenated_string',
    'list',
    'dictionary',
    'tuple',
    'set',
    'lambda',
    'decorator',
    'binary_operator',
    'boolean_operator',
    'comparison_operator',
    'conditional_expression',
    'list_comprehension',
    'return_statement',
    'raise_statement',
    'assert_statement',
    'import_statement',
    'import_from_statement',
    'future_import_statement',
  ],
  // what a function assigns is its own affair
  opaqueInFunctions: ['expression_statement'],
  scopes: { functionType: 'function_definition', classType: 'class_definition' },
  comments: ['comment'],
  strings: ['string'],
  codeInStrings: ['interpolation'],
  rules: {
    import_statement: addImport,
    import_from_statement: addImport,
    future_import_statement: addImport,
    decorated_definition: decorated,
    function_definition: defineFunction,
    class_definition: defineClass,
    expression_statement: defineVariable,
    type_alias_statement: (node, outliner) => {
      const left = fieldOf(node, 'left');
      if (left !== undefined && outliner.scope !== 'function')
        outliner.define({ name: sourceOf(left), kind: 'type', span: node });
    },
    if_statement: conditional,
    elif_clause: conditional,
    else_clause: conditional,
    try_statement: conditional,
    except_clause: conditional,
    finally_clause: conditional,
    with_statement: conditional,
    for_statement: conditional,
    while_statement: conditional,
  },
};
