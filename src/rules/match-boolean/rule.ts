import { type Ast, none } from '../../engine/ast.ts';
import { defineRule, type RuleContext, type RuleFinding } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'match-boolean',
    group: 'string',
    summary: '`if (s.match(/x/))`, `/x/.exec(s) !== null`, `s.search(/x/) >= 0` → `/x/.test(s)`',
    why:
      'The parts of the match, with the flag `g` all matches of the text, are collected only to learn whether there is one. `test` runs the ' +
      'same expression once and builds nothing; `exec` and `test` move `lastIndex` alike.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A3'],
    complexity: { before: 'a list of the parts of the match', after: 'no list' },
    example: {
      before: [
        'export function hasNumber(text: string): boolean {',
        '  return text.match(/\\d+/g) !== null;',
        '}',
        '',
      ].join('\n'),
      after: ['export function hasNumber(text: string): boolean {', '  return /\\d+/g.test(text);', '}', ''].join('\n'),
    },
    stays: [
      'The match is used, or kept in a variable.',
      '`match` and `search` with an expression that is not written in place: with the flags `g` and `y` it may remember a position.',
      'The receiver of `match` or `search` is not known to be a string, or that of `exec` to be a regular expression.',
    ],
  },
  triggers: ['match', 'exec', 'search'],
  find(ctx) {
    const { ast } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'match', 'exec', 'search');
      const [argument = none, ...rest] = method?.args ?? [];
      if (method === undefined || argument === none || rest.length > 0 || ast.is(argument, 'SpreadElement')) continue;
      const question = method.name === 'search' ? positionTest(ast, call) : matchTest(ctx, call);
      if (question === undefined) continue;
      if (method.name === 'exec')
        report(ctx, question, { call, expression: method.object, text: argument, method: 'exec' });
      else report(ctx, question, { call, expression: argument, text: method.object, method: method.name });
    }
  },
});

/** A place that only asks whether there is a match; `isAbsent` when it is true for none. */
interface Question {
  readonly node: number;
  readonly isAbsent: boolean;
}

interface Matching {
  readonly call: number;
  readonly expression: number;
  readonly text: number;
  readonly method: string;
}

/** `!== null` and the like, `Boolean(…)`, a condition. */
function matchTest({ ast, scope }: RuleContext, call: number): Question | undefined {
  const parent = ast.parent(call);
  if (ast.is(parent, 'BinaryExpression')) {
    const other = ast.child(parent, ast.field(call) === 'left' ? 'right' : 'left');
    const operator = ast.value(parent);
    const isEquality = ['===', '!==', '==', '!='].includes(operator);
    // == takes undefined for null as well
    const isNull = ast.is(other, 'NullLiteral') || (operator.length === 2 && scope.isGlobal(other, 'undefined'));
    return isEquality && isNull ? { node: parent, isAbsent: !operator.startsWith('!') } : undefined;
  }
  const isBoolean =
    ast.is(parent, 'CallExpression') &&
    ast.field(call) === 'arguments' &&
    scope.isGlobal(ast.child(parent, 'callee'), 'Boolean') &&
    ast.list(parent, 'arguments').length === 1;
  if (isBoolean) return { node: parent, isAbsent: false };
  return ast.isInBooleanContext(call) ? { node: call, isAbsent: false } : undefined;
}

const found = new Set(['!== -1', '!= -1', '> -1', '>= 0']);
const absent = new Set(['=== -1', '== -1', '< 0']);

/** A comparison of the position that only asks whether there is one. */
function positionTest(ast: Ast, call: number): Question | undefined {
  const parent = ast.parent(call);
  if (!ast.is(parent, 'BinaryExpression') || ast.field(call) !== 'left') return undefined;
  const key = `${ast.value(parent)} ${String(ast.number(ast.child(parent, 'right')))}`;
  return found.has(key) || absent.has(key) ? { node: parent, isAbsent: absent.has(key) } : undefined;
}

/** With the flag g, `match` goes on to the end of the text; else it only makes a list of one match, and `search` none. */
function costOf({ ast }: RuleContext, { expression, method }: Matching): Pick<RuleFinding, 'message' | 'complexity'> {
  const asked = 'but only whether something matches is asked';
  if (method === 'search')
    return {
      message: `search() gives the position, ${asked}; test() saves what finds it`,
      complexity: { before: 'a match and its position', after: 'a match' },
    };
  const flags = ast.source(expression).slice(ast.source(expression).lastIndexOf('/'));
  if (method === 'match' && flags.includes('g'))
    return {
      message: `match() collects all matches of the text, ${asked}; test() stops at the first`,
      complexity: { before: 'O(n) matches', after: 'stops at the first' },
    };
  return { message: `${method}() makes a list of the parts of the match, ${asked}; test() makes none` };
}

function report(ctx: RuleContext, { node, isAbsent }: Question, matching: Matching): void {
  const { expression, text, method } = matching;
  const { ast, evidence, rewrite } = ctx;
  const isLiteral = ast.is(expression, 'RegExpLiteral');
  // a variable may hold an expression that remembers where it stopped: `exec` and `test` agree on that, the others do not
  if (method !== 'exec' && !isLiteral) return;
  const [wanted, type] = method === 'exec' ? ([expression, 'regexp'] as const) : ([text, 'string'] as const);
  const shape = evidence.shapeOf(wanted);
  if (shape !== undefined && shape.type !== type) return;
  const isProven = evidence.is(wanted, type);
  const source = `${rewrite.operand(expression, 'call')}.test${argumentsOf(ctx, matching)}`;
  const edit = isProven
    ? rewrite.replace(node, isAbsent ? `!${source}` : source, isAbsent ? 'unary' : 'call')
    : undefined;
  const what = type === 'string' ? 'a string' : 'a regular expression';
  ctx.report({
    node,
    ...costOf(ctx, matching),
    evidence: [evidence.describe(wanted)].filter((line) => line !== undefined),
    ...(edit === undefined
      ? {
          blockedBy: isProven
            ? 'the code around it leaves no room for the rewrite'
            : `${ast.excerpt(wanted)} is not known to be ${what}: annotate it`,
        }
      : { edits: [edit] }),
  });
}

/** With the blanks that stand in the parentheses, when the argument stays one. */
function argumentsOf({ ast, rewrite }: RuleContext, { call, text, method }: Matching): string {
  const name = ast.child(ast.child(call, 'callee'), 'property');
  return method === 'exec' ? ast.text.slice(ast.end(name), ast.end(call)) : `(${rewrite.argument(text)})`;
}
