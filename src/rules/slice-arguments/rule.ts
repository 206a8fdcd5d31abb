import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { wholeLines } from '../../engine/rewriting/hoist-edits.ts';
import { nextToken } from '../../engine/rewriting/source-style.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'slice-arguments',
    group: 'builtin',
    summary: '`Array.prototype.slice.call(arguments)`, `Array.from(arguments)` → a rest parameter',
    why: '`arguments` is made as an object and then copied into an array, which V8 does in a slow general way. A rest parameter is that array from the start. It holds the same values, does not count in the length of the function, and nobody else has it.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A3'],
    complexity: { before: 'O(n) generic copy', after: 'O(n)' },
    example: {
      before: `export function sum() {
  const numbers = Array.prototype.slice.call(arguments);
  return numbers.reduce((total, n) => total + n, 0);
}
`,
      after: `export function sum(...numbers: any[]) {
  return numbers.reduce((total, n) => total + n, 0);
}
`,
    },
    stays: [
      '`arguments` is used anywhere else in the function, also in an arrow function within it.',
      'The copy begins elsewhere than behind the last parameter.',
      'It is made in a loop or in an arrow function: each round has an array of its own.',
      'It is made under a condition only: a rest parameter is made in every call.',
      'A parameter has a default value or is a pattern, two have the same name, or there is a rest parameter already.',
      'The function says "use strict" itself: that is an error beside a rest parameter.',
      'Getters and setters: they take no rest parameter.',
      'The variable for the copy is used before its declaration, or by a function that might be called before it.',
    ],
  },
  triggers: ['arguments'],
  find(ctx) {
    const { ast, scope } = ctx;
    if (scope.isDynamic) return;
    for (const node of ast.ofKind('Identifier')) {
      if (ast.value(node) !== 'arguments' || ast.field(node) !== 'arguments' || scope.bindingOf(node) !== undefined)
        continue;
      const copy = copyOf(ctx, node);
      // a rest parameter is made in every call
      if (copy === undefined || isConditional(ast, copy.call, copy.fn)) continue;
      const blockedBy = obstacle(ctx, copy);
      const edits = blockedBy === undefined ? editsFor(ctx, copy) : undefined;
      ctx.report({
        node: copy.call,
        message: 'arguments is copied into an array; a rest parameter is that array from the start',
        evidence: isOnlyUse(ctx, copy.fn) ? ['arguments is used for nothing else'] : [],
        ...(edits === undefined
          ? { blockedBy: blockedBy ?? 'the code around it leaves no room for the rewrite' }
          : { edits }),
      });
    }
  },
});

interface Copy {
  readonly call: number;
  readonly fn: number;
  /** The first argument that is copied. */
  readonly from: number;
}

function copyOf(ctx: RuleContext, node: number): Copy | undefined {
  const { ast, scope } = ctx;
  const call = ast.methodCall(ast.parent(node), 'call', 'from');
  const [first = none, position = none, ...more] = call?.args ?? [];
  const fn = ast.enclosingFunction(node);
  if (call === undefined || first !== node || more.length > 0 || fn === none) return undefined;
  if (call.name === 'from')
    return position === none && scope.isGlobal(call.object, 'Array') ? { call: call.call, fn, from: 0 } : undefined;
  const from = position === none ? 0 : ast.number(position);
  // counted from the end: no rest parameter takes the last ones alone
  return isSlice(ctx, call.object) && from !== undefined && from >= 0 ? { call: call.call, fn, from } : undefined;
}

/** `Array.prototype.slice`, `[].slice`, or a constant that is one of them. */
function isSlice({ ast, scope }: RuleContext, node: number): boolean {
  const binding = ast.isIdentifier(node) ? scope.bindingOf(node) : undefined;
  const slice = binding === undefined ? node : scope.initializer(binding);
  const object = ast.memberObject(slice, 'slice');
  const isEmpty = ast.is(object, 'ArrayExpression') && ast.children(object).length === 0;
  return isEmpty || scope.isGlobalMember(object, 'Array', 'prototype');
}

function isOnlyUse({ ast }: RuleContext, fn: number): boolean {
  return ast.ofKindWithin('Identifier', fn).filter((one) => ast.value(one) === 'arguments').length === 1;
}

function obstacle(ctx: RuleContext, { call, fn, from }: Copy): string | undefined {
  const { ast } = ctx;
  const params = ast.list(fn, 'params');
  const names = params.map((one) => ast.value(one));
  if (ast.is(fn, 'ArrowFunctionExpression')) return 'an arrow function sees the arguments of the function around it';
  if (!isOnlyUse(ctx, fn)) return 'arguments is used elsewhere in the function, too';
  if (ast.enclosingLoop(call) !== none) return 'every round of the loop has an array of its own';
  const isPlain = params.every((one) => ast.isIdentifier(one) && ast.value(one) !== 'this');
  if (!isPlain || new Set(names).size < names.length) return 'the parameters are no plain names';
  if (from !== params.length) return 'the copy does not begin behind the last parameter';
  if (isAccessor(ast, fn)) return 'a getter or setter takes no rest parameter';
  return saysStrict(ast, fn) ? 'the function says "use strict" itself: move that to the top of the file' : undefined;
}

function isConditional(ast: Ast, call: number, fn: number): boolean {
  for (let below = call, at = ast.parent(call); at !== fn; below = at, at = ast.parent(at)) {
    const isBranch = ast.is(at, 'IfStatement', 'ConditionalExpression', 'SwitchCase') && ast.field(below) !== 'test';
    if (isBranch || (ast.is(at, 'LogicalExpression') && ast.field(below) === 'right')) return true;
  }
  return false;
}

function isAccessor(ast: Ast, fn: number): boolean {
  return ast.is(ast.parent(fn), 'MethodDefinition', 'Property') && ['get', 'set'].includes(ast.value(ast.parent(fn)));
}

function saysStrict(ast: Ast, fn: number): boolean {
  return ast.list(ast.child(fn, 'body'), 'body').some((one) => /^(['"])use strict\1/.test(ast.source(one)));
}

function editsFor(ctx: RuleContext, copy: Copy): Edit[] | undefined {
  const { ast, rewrite } = ctx;
  const declared = declaredName(ctx, copy);
  // a second name for the same array would help nobody
  if (declared === undefined && ast.is(ast.parent(copy.call), 'VariableDeclarator') && !isShared(ast, copy.call))
    return undefined;
  const body = ast.child(copy.fn, 'body');
  const name = declared?.name ?? rewrite.freshName('args', ast.child(body, 'body'));
  const parameter = parameterEdit(ctx, copy.fn, name);
  const other = declared === undefined ? rewrite.replace(copy.call, name, 'primary') : { ...declared.lines, text: '' };
  return parameter === undefined || other === undefined ? undefined : [parameter, other];
}

/** One of several declarations of a statement. */
function isShared(ast: Ast, call: number): boolean {
  return ast.list(ast.parent(ast.parent(call)), 'declarations').length > 1;
}

/** `var args = <copy>;` at the top level of the function, whose place the parameter can take. */
function declaredName(
  { ast, scope }: RuleContext,
  { call, fn }: Copy,
): { readonly name: string; readonly lines: { readonly start: number; readonly end: number } } | undefined {
  const declarator = ast.parent(call);
  const id = ast.child(declarator, 'id');
  const declaration = ast.parent(declarator);
  const binding = ast.isIdentifier(id) ? scope.bindingOf(id) : undefined;
  const isAlone = ast.list(declaration, 'declarations').length === 1;
  const isTop =
    ast.parent(declaration) === ast.child(fn, 'body') && isAlone && ast.is(declarator, 'VariableDeclarator');
  if (!isTop || binding?.declarations.length !== 1 || ast.child(id, 'typeAnnotation') !== none) return undefined;
  const isLate = binding.references.every(({ node, init }) => init || (node > call && !isHoisted(ast, node, fn)));
  const lines = isLate ? wholeLines(ast, declaration) : undefined;
  return lines === undefined ? undefined : { name: binding.name, lines };
}

/** In a function declaration, which can be called before the code in front of it has run. */
function isHoisted(ast: Ast, node: number, fn: number): boolean {
  for (let at = ast.enclosingFunction(node); at !== fn && at >= 0; at = ast.enclosingFunction(at))
    if (ast.is(at, 'FunctionDeclaration')) return true;
  return false;
}

/** `...name` behind the last parameter; TypeScript wants a type. */
function parameterEdit({ ast }: RuleContext, fn: number, name: string): Edit | undefined {
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  const rest = `...${name}${isTyped ? ': any[]' : ''}`;
  const last = ast.list(fn, 'params').at(-1);
  if (last !== undefined) {
    const at = ast.end(last);
    return ast.text[nextToken(ast, at)] === ')' ? { start: at, end: at, text: `, ${rest}` } : undefined;
  }
  const from = Math.max(ast.start(fn), ast.end(ast.child(fn, 'id')), ast.end(ast.child(fn, 'typeParameters')));
  const open = /^[^(/]*\(/.exec(ast.text.slice(from, ast.start(ast.child(fn, 'body'))))?.[0];
  const at = from + (open?.length ?? 0);
  return open === undefined || ast.text[nextToken(ast, at)] !== ')' ? undefined : { start: at, end: at, text: rest };
}
