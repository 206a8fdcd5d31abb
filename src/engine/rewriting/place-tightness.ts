import type { Ast } from '../ast.ts';
import { operatorTightness, type Tightness, tighter } from './tightness.ts';

/** How tightly an expression must bind to stand, without parentheses, where `node` stands. */
export function neededAt(ast: Ast, node: number): Tightness {
  const parent = ast.parent(node);
  const field = ast.field(node);
  switch (ast.kind(parent)) {
    case 'MemberExpression':
      return field === 'object' ? inCalleeOfNew(ast, parent, 'call') : 'sequence';
    case 'NewExpression':
      // `new a()()` would call the result instead of constructing it
      return field === 'arguments' ? 'assignment' : 'primary';
    case 'TSNonNullExpression':
      return inCalleeOfNew(ast, parent, 'call');
    case 'CallExpression':
      return field === 'arguments' ? 'assignment' : 'call';
    case 'TaggedTemplateExpression':
      return inCalleeOfNew(ast, parent, 'call');
    case 'TSInstantiationExpression':
    case 'UpdateExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'ChainExpression':
      return 'call';
    case 'UnaryExpression':
    case 'AwaitExpression':
    case 'TSTypeAssertion':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      // how far an `as` reaches to the left depends on the operator that follows it
      return 'unary';
    case 'BinaryExpression':
    case 'LogicalExpression':
      return neededByOperator(ast.value(parent), field);
    case 'ConditionalExpression':
      return field === 'test' ? 'conditional' : 'assignment';
    case 'ExpressionStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'TemplateLiteral':
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return 'sequence';
    default:
      return 'assignment';
  }
}

/** The right operand of a left-associative operator binds one step tighter; `??` never mixes with `||` and `&&`. */
function neededByOperator(operator: string, field: string): Tightness {
  const own = operatorTightness[operator] ?? 'primary';
  if (operator === '??' || operator === '||' || operator === '&&')
    return field === 'left' && operator !== '??' ? own : 'bitwiseOr';
  // `-a ** 2` is a syntax error: not even a unary operator may stand on the left
  if (operator === '**') return field === 'left' ? 'postfix' : own;
  return field === 'right' ? tighter(own) : own;
}

/** What begins with the first character of an expression: some texts mean something else there. */
export type Beginning = 'statement' | 'arrow body' | 'default export';

/** The statement, arrow function body or default export that begins where `node` begins, if any. */
export function beginningAt(ast: Ast, node: number): Beginning | undefined {
  for (let at = node; at >= 0; at = ast.parent(at)) {
    const parent = ast.parent(at);
    if (ast.is(parent, 'ArrowFunctionExpression') && ast.field(at) === 'body') return 'arrow body';
    if (ast.is(parent, 'ExportDefaultDeclaration')) return 'default export';
    if (ast.start(parent) !== ast.start(node)) return undefined;
    if (ast.is(parent, 'ExpressionStatement')) return 'statement';
  }
  return undefined;
}

/** `true` in the head of a `for`, where the operator `in` would be taken for that of a loop over keys. */
export function isInForHead(ast: Ast, node: number): boolean {
  for (let at = node; at >= 0 && !ast.is(at, 'BlockStatement'); at = ast.parent(at))
    if (ast.is(ast.parent(at), 'ForStatement') && ast.field(at) === 'init') return true;
  return false;
}

/** `true` when two texts next to each other would be read as one token: `typeof` and `x`, `-` and `-x`, `/` and `/x/`. */
export function wouldJoin(before: string, after: string): boolean {
  const [last = '', first = ''] = [before.at(-1), after[0]];
  if (/[+\-/]/.test(last) && first === last) return true;
  // in scripts this starts a comment
  if (`${before.slice(-3)}${after.slice(0, 3)}`.includes('<!--')) return true;
  // letters behind a regexp are its flags
  return /[\p{ID_Continue}$/]$/u.test(before) && /^[\p{ID_Continue}$\\]/u.test(after);
}

/** At the head of what `new` constructs (`new x.y()`, `new x![z]`), a call would end the callee: it needs parentheses. */
function inCalleeOfNew(ast: Ast, link: number, otherwise: Tightness): Tightness {
  let at = link;
  while (
    (ast.is(ast.parent(at), 'MemberExpression') && ast.field(at) === 'object') ||
    ast.is(ast.parent(at), 'TSNonNullExpression') ||
    (ast.is(ast.parent(at), 'TaggedTemplateExpression') && ast.field(at) === 'tag')
  )
    at = ast.parent(at);
  return ast.is(ast.parent(at), 'NewExpression') && ast.field(at) === 'callee' ? 'primary' : otherwise;
}
