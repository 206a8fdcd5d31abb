import { type Ast, none } from '../../engine/ast.ts';
import type { RuleContext } from '../../engine/rule.ts';
import { type Comparator, isMirrored } from '../../engine/idioms/sorted-copy.ts';

/** The one value that a comparator works out of each element. */
export interface SortKey {
  /** The key of the first parameter, once. */
  readonly node: number;
  /** All places of the first parameter's key, and of the second's. */
  readonly ofA: readonly number[];
  readonly ofB: readonly number[];
  /** Receivers that are taken for texts. */
  readonly assumedTexts: readonly number[];
}

/** Methods of strings that no other common type has. */
const textMethods = new Set([
  'localeCompare',
  'normalize',
  'padStart',
  'padEnd',
  'split',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
  'toLowerCase',
  'toUpperCase',
  'trim',
]);
/** Calls that cost so much more than a read that a second array is worth it (measured). */
const slowMethods = new Set([
  ...['filter', 'flatMap', 'join', 'map', 'match', 'normalize', 'reduce', 'replace', 'replaceAll', 'split'],
  ...[
    'toLocaleLowerCase',
    'toLocaleUpperCase',
    'toLowerCase',
    'toUpperCase',
    'toISOString',
    'parse',
    'keys',
    'values',
    'entries',
  ],
]);
/** What a key may be made of, around its parameter. */
const parts = new Set([
  ...[
    'MemberExpression',
    'CallExpression',
    'NewExpression',
    'UnaryExpression',
    'BinaryExpression',
    'LogicalExpression',
    'ConditionalExpression',
  ],
  ...['TemplateLiteral', 'ChainExpression', 'TSNonNullExpression', 'TSAsExpression'],
]);
/** What makes a comparator more than a comparison. */
const effects = [
  'AssignmentExpression',
  'UpdateExpression',
  'AwaitExpression',
  'YieldExpression',
  'TaggedTemplateExpression',
  'ThisExpression',
  'ThrowStatement',
];

/** The key of a comparator whose parameters are used for nothing else, when it is slow and has no effect. */
export function readKey(ctx: RuleContext, comparator: Comparator): SortKey | undefined {
  const { ast, patterns } = ctx;
  const { fn, a, b } = comparator;
  const [ofA, ofB] = [keysOf(ctx, comparator, a), keysOf(ctx, comparator, b)];
  const [node = none] = ofA;
  const names = [ast.value(a), ast.value(b)] as const;
  const isOneKey =
    ofA.length > 0 &&
    ofB.length > 0 &&
    ofA.every((one) => patterns.isSameCode(node, one)) &&
    ofB.every((one) => isMirrored(ast, node, one, names));
  if (!isOneKey || !isSlow(ctx, node) || !onlyCompares(ctx, fn, [...ofA, ...ofB])) return undefined;
  const assumedTexts = unprovenTexts(ctx, node);
  return assumedTexts === undefined ? undefined : { node, ofA, ofB, assumedTexts };
}

/** The largest expressions around the uses of a parameter that depend on nothing else of the comparator. */
function keysOf({ ast, scope }: RuleContext, { fn }: Comparator, parameter: number): number[] {
  const binding = scope.bindingOf(parameter);
  const uses = binding?.references.filter(({ init }) => !init).map(({ node }) => node) ?? [];
  return uses.map((use) => {
    let key = use;
    for (let at = ast.parent(use); parts.has(ast.kind(at)) && isOwn(at); at = ast.parent(at)) {
      // a method without its call is no value
      if (ast.field(at) !== 'callee') key = at;
    }
    return key;
  });

  function isOwn(node: number): boolean {
    for (let at = node; at <= ast.last(node); at += 1) {
      const used = scope.bindingOf(at);
      if (
        used !== undefined &&
        used !== binding &&
        used.declarations.some((declaration) => ast.within(declaration, fn) && !ast.within(declaration, node))
      )
        return false;
    }
    return true;
  }
}

function isSlow({ ast, scope }: RuleContext, key: number): boolean {
  const isDate = ast
    .ofKindWithin('NewExpression', key)
    .some((node) => scope.isGlobal(ast.child(node, 'callee'), 'Date'));
  return (
    isDate || ast.ofKindWithin('CallExpression', key).some((node) => slowMethods.has(ast.methodCall(node)?.name ?? ''))
  );
}

/** Besides the keys, only comparisons: nothing that could change what the keys are made of, or count the calls. */
function onlyCompares({ ast, scope }: RuleContext, fn: number, keys: readonly number[]): boolean {
  const isDeleting = ast.ofKindWithin('UnaryExpression', fn).some((node) => ast.value(node) === 'delete');
  const usesArguments = ast.ofKindWithin('Identifier', fn).some((node) => ast.value(node) === 'arguments');
  if (isDeleting || usesArguments || effects.some((kind) => ast.ofKindWithin(kind, fn).length > 0)) return false;
  return [...ast.ofKindWithin('CallExpression', fn), ...ast.ofKindWithin('NewExpression', fn)]
    .filter((call) => !keys.some((key) => ast.within(call, key)))
    .every((call) => {
      const method = ast.methodCall(call);
      return (
        method !== undefined &&
        (['localeCompare', 'compare'].includes(method.name) || scope.isGlobal(method.object, 'Math'))
      );
    });
}

/** Receivers that must be strings for the key to have no effect; `undefined` when even that does not help. */
function unprovenTexts({ ast, evidence, purity }: RuleContext, key: number): number[] | undefined {
  if (purity.isPure(key)) return [];
  const calls = [...ast.ofKindWithin('CallExpression', key), ...ast.ofKindWithin('NewExpression', key)].filter(
    (call) => !purity.isPure(call),
  );
  const receivers = calls.map((call) => {
    const method = ast.methodCall(call);
    const shape = method === undefined ? undefined : evidence.shapeOf(method.object);
    const isText =
      method !== undefined &&
      textMethods.has(method.name) &&
      (shape === undefined || shape.type === 'string') &&
      method.args.every((argument) => purity.isPure(argument));
    return isText ? method.object : none;
  });
  return calls.length > 0 && !receivers.includes(none) && isPlain(ast, key)
    ? receivers.filter((receiver) => !ast.is(receiver, 'CallExpression'))
    : undefined;
}

/** Without calls, nothing in it does anything. */
function isPlain(ast: Ast, key: number): boolean {
  return ![
    ...effects,
    'ArrowFunctionExpression',
    'FunctionExpression',
    'ClassExpression',
    'ImportExpression',
    'SpreadElement',
  ].some((kind) => ast.ofKindWithin(kind, key).length > 0);
}
