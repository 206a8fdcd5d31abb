import { type Ast, none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'date-object-time',
    group: 'builtin',
    summary: '`new Date().getTime()`, `+new Date()` → `Date.now()`',
    why:
      'An object is made only to be asked for the number in it. `Date.now()` gives that number at once: both read the same clock, in ' +
      'whole milliseconds.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A5'],
    complexity: { before: 'an object for each reading', after: 'no object' },
    example: {
      before: 'export const age = (born: number): number => new Date().getTime() - born;\n',
      after: 'export const age = (born: number): number => Date.now() - born;\n',
    },
    stays: [
      'The date is made of arguments, or kept: only the present moment has a function of its own.',
      'Another method is called: `getHours()` and the like depend on the time zone.',
      '`Date` is declared in the file.',
      '`-new Date()` and other operators: only `+` and `Number()` mean the number itself.',
    ],
  },
  triggers: ['Date'],
  find(ctx) {
    const { ast, rewrite } = ctx;
    for (const date of ast.ofKind('NewExpression')) {
      const reading = readingOf(ctx, date);
      if (reading === none) continue;
      const edit = rewrite.replace(reading, 'Date.now()', 'call');
      ctx.report({
        node: reading,
        message: 'a Date is made only for its number; Date.now() gives the number alone',
        ...(edit === undefined
          ? { blockedBy: 'the code around it leaves no room for the rewrite' }
          : { edits: [edit] }),
      });
    }
  },
});

/** The expression that takes the milliseconds out of `new Date()`, or `none`. */
function readingOf({ ast, scope }: RuleContext, date: number): number {
  const isNow = scope.isGlobal(ast.child(date, 'callee'), 'Date') && ast.list(date, 'arguments').length === 0;
  if (!isNow) return none;
  const parent = ast.parent(date);
  if (ast.is(parent, 'UnaryExpression')) return ast.value(parent) === '+' ? parent : none;
  if (ast.is(parent, 'CallExpression')) return isNumberOf(ast, date, parent) && isGlobalNumber() ? parent : none;
  const call = ast.parent(parent);
  const method = ast.methodCall(call, 'getTime', 'valueOf');
  return method?.object === date && method.args.length === 0 ? call : none;

  function isGlobalNumber(): boolean {
    return scope.isGlobal(ast.child(parent, 'callee'), 'Number');
  }
}

function isNumberOf(ast: Ast, date: number, call: number): boolean {
  return !ast.has(call, 'optional') && ast.field(date) === 'arguments' && ast.list(call, 'arguments').length === 1;
}
