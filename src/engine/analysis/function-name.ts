import { type Ast } from '../ast.ts';

/** A function's name as a stack trace would have it: `save`, `Store.save`, `xs.map callback`, `(anonymous)`. */
export function functionName(ast: Ast, fn: number): string {
  const own = ast.value(ast.child(fn, 'id'));
  if (own !== '') return own;
  const parent = ast.parent(fn);
  if (ast.is(parent, 'MethodDefinition', 'PropertyDefinition', 'AccessorProperty')) return memberName(ast, parent);
  if (ast.is(parent, 'Property')) return keyText(ast, parent) || '(anonymous)';
  if (ast.is(parent, 'VariableDeclarator')) return shortened(ast.source(ast.child(parent, 'id')));
  if (ast.is(parent, 'AssignmentExpression')) return shortened(ast.source(ast.child(parent, 'left')));
  if (ast.is(parent, 'ExportDefaultDeclaration')) return 'default';
  if (ast.is(parent, 'CallExpression', 'NewExpression') && ast.field(fn) === 'arguments') {
    const callee = ast.source(ast.child(parent, 'callee')).replace(/\s+/g, '');
    return `${callee.length > 40 ? `…${callee.slice(-39)}` : callee} callback`;
  }
  return '(anonymous)';
}

function memberName(ast: Ast, member: number): string {
  const classNode = ast.parent(ast.parent(member));
  const className = ast.value(ast.child(classNode, 'id')) || ast.value(ast.child(ast.parent(classNode), 'id'));
  const key = keyText(ast, member) || '(computed)';
  return className === '' ? key : `${className}.${key}`;
}

function keyText(ast: Ast, member: number): string {
  const key = ast.child(member, 'key');
  if (ast.has(member, 'computed')) return `[${shortened(ast.source(key))}]`;
  return ast.is(key, 'PrivateIdentifier') ? `#${ast.value(key).replace(/^#/, '')}` : ast.value(key);
}

/** A pattern, or the target of an assignment, can be long. */
function shortened(source: string): string {
  const line = source.replace(/\s+/g, ' ').replace(/: .*/, '');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
