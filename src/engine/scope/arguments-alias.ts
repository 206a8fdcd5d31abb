import type { Ast } from '../ast.ts';
import type { Binding } from './binding.ts';

/**
 * `true` for a parameter that may get another value through the `arguments` of its function. In a sloppy function with plain
 * parameters the two are one (ECMA-262, CreateMappedArgumentsObject): `arguments[0] = 1`, `[].shift.call(arguments)`.
 */
export function mayChangeByArguments(ast: Ast, binding: Binding, uses: readonly number[]): boolean {
  if (binding.kind !== 'parameter' || uses.length === 0 || ast.value(ast.root) === 'module') return false;
  return uses.some(
    (use) => ast.within(use, binding.fn) && ownFunction(ast, use) === binding.fn && !isOnlyReading(ast, use),
  );
}

function ownFunction(ast: Ast, node: number): number {
  let fn = ast.enclosingFunction(node);
  while (ast.is(fn, 'ArrowFunctionExpression')) fn = ast.enclosingFunction(fn);
  return fn;
}

/** `arguments[i]`, `arguments.length`, `...arguments`, `f.apply(this, arguments)`, `slice.call(arguments)`, `Array.from(arguments)` */
function isOnlyReading(ast: Ast, use: number): boolean {
  const parent = ast.parent(use);
  if (ast.is(parent, 'SpreadElement')) return true;
  if (ast.is(parent, 'MemberExpression') && ast.field(use) === 'object') {
    const outer = ast.parent(parent);
    if (ast.is(outer, 'CallExpression')) return ast.field(parent) !== 'callee';
    return (
      ast.is(
        outer,
        'BinaryExpression',
        'LogicalExpression',
        'VariableDeclarator',
        'ReturnStatement',
        'ConditionalExpression',
        'IfStatement',
        'MemberExpression',
        'TemplateLiteral',
      ) ||
      (ast.is(outer, 'AssignmentExpression') && ast.field(parent) === 'right')
    );
  }
  const call = ast.methodCall(parent);
  if (call === undefined || ast.field(use) !== 'arguments') return false;
  if (call.name === 'apply') return call.args[1] === use;
  if (call.name === 'from') return ast.isIdentifier(call.object, 'Array') && call.args.length === 1;
  return call.name === 'call' && call.args[0] === use && ast.memberObject(call.object, 'slice') >= 0;
}
