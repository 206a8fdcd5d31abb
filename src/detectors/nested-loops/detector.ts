import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { comparesKeyOf } from '../../engine/analysis/equality.ts';
import {
  isPath,
  isSameInAllRounds,
  type Iteration,
  iterationOf,
  iterationRegions,
  iterationsAround,
  sizeNames,
} from '../../engine/analysis/iteration.ts';
import { isConditional, isOfPositions, readsMatrix } from './pairs.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineDetector({
  meta: {
    id: 'nested-loops',
    group: 'growth',
    summary: 'a loop over a collection in a loop over the same one, or over another: each element meets each',
    why:
      'Twice as many elements in both are four times the work. What cuts it down depends on what the pairs are for: sorting both and walking ' +
      'them side by side, a grid or an interval tree for what lies near, an index by what must agree. That is for a person to judge.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'O(n·m)', after: 'O(n log n) where pairs can be ruled out' },
    remedy:
      'where most pairs come to nothing, rule them out in bulk first: sort both and walk side by side, or index one by what must agree',
    example: {
      slow: [
        'export function overlaps(spans: { from: number; to: number }[]) {',
        '  let count = 0;',
        '  for (const a of spans) {',
        '    for (const b of spans) if (a.from < b.to && b.from < a.to) count += 1;',
        '  }',
        '  return count;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function overlaps(spans: { from: number; to: number }[]) {',
        '  const starts = spans.map(({ from }) => from).sort((a, b) => a - b);',
        '  const ends = spans.map(({ to }) => to).sort((a, b) => a - b);',
        '  let count = 0;',
        '  let ended = 0;',
        '  for (const [started, from] of starts.entries()) {',
        '    while ((ends[ended] ?? Infinity) <= from) ended += 1;',
        '    count += 1 + 2 * (started - ended);',
        '  }',
        '  return count;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The inner collection is part of the element of the outer loop (`row.cells`): all together they are walked once.',
      'One of the loops counts up to a number that is no length, as over a grid, or has a handful of elements that are written out.',
      'The inner loop compares keys with `===`: nested-join and nested-search speak of those.',
      'The loops go over rows and columns of a matrix (`m[i][j]`), or the inner one stops at a `break` behind `<` or `>`, as over sorted elements.',
      'The inner collection is made or changed in the outer loop.',
      'Of two collections, nothing in the inner loop compares the elements: what is done for each pair must be done for each.',
      'Three loops over the same collection: every three elements meet on purpose (shortest paths, closures).',
    ],
  },
  triggers: ['for', 'forEach'],
  find(ctx) {
    for (const region of iterationRegions(ctx)) look(ctx, region);
  },
});

function look(ctx: DetectorContext, region: number): void {
  const { ast } = ctx;
  const [outer, third] = iterationsAround(ctx, region);
  if (outer === undefined || !ast.isLoop(outer.region) === ast.isLoop(region)) return;
  const inner = iterationOf(ctx, region);
  if (![inner, outer].every((one) => goesOverElements(ctx, one))) return;
  if (!isSameInAllRounds(ctx, inner.subject, outer.region) || isChanged(ctx, inner.subject, outer.region)) return;
  if (comparesKeys(ctx, inner)) return;
  const [n, m] = sizeNames(ast, outer.subject, inner.subject);
  const isSame = ast.source(inner.subject) === ast.source(outer.subject);
  if (isSame && (!readsBoth(ctx, outer, inner) || isSweep(ctx, region))) return;
  if (readsMatrix(ctx, outer, inner)) return;
  if (isSame && isOneOfThree(ctx, region, ast.source(inner.subject), third)) return;
  const ends = mayEnd(ast, region) || isConditional(ast, region, outer.region);
  // a search that ends: each element meets others only where the two are compared
  const compares = comparesPairs(ctx, outer, inner);
  if ((!isSame || ends) && !compares) return;
  if (isSame && !mentions(ctx, region, namesOf(ctx, outer, region))) return;
  ctx.report({
    node: region,
    end: Math.max(ast.start(region) + 1, ast.start(ast.child(region, 'body'))),
    message: isSame
      ? `each element of ${ast.excerpt(outer.subject)} meets each other one`
      : `for each element of ${ast.excerpt(outer.subject)}, all of ${ast.excerpt(inner.subject)} is gone over`,
    level: isSame ? 'warning' : 'info',
    complexity: isSame
      ? { before: `O(${n}²)`, after: `O(${n} log ${n}) where pairs can be ruled out` }
      : { before: `O(${n} · ${m})`, after: `O(${n} + ${m}) where pairs can be ruled out` },
    confidence: isSame && !ends && compares ? 'likely' : 'possible',
    confidenceReason: ends
      ? 'the inner loop can end early, or runs under a condition; how often is not known'
      : isSame
        ? compares
          ? 'both loops are certain, the size is not known'
          : 'both loops are certain, but what they do may have to be done for every pair'
        : 'both loops are certain, but one of the collections may well be short',
    evidence: [
      `the outer loop goes over ${ast.excerpt(outer.subject)}`,
      `${ast.excerpt(inner.subject)} is the same in all of its rounds`,
    ],
  });
}

/** Whether a third loop over the same collection stands around both, or in the inner one. */
function isOneOfThree(ctx: DetectorContext, region: number, name: string, around: Iteration | undefined): boolean {
  const { ast } = ctx;
  if (around !== undefined && ast.source(around.subject) === name) return true;
  const within = ['ForOfStatement', 'ForStatement'].flatMap((kind) => ast.ofKindWithin(kind, region));
  return within.some((loop) => {
    if (loop === region) return false;
    const { subject } = iterationOf(ctx, loop);
    return subject !== none && ast.source(subject) === name;
  });
}

/** `for (const x of xs)`, `xs.forEach(…)`, `i < xs.length`: not what counts up to a number. */
function goesOverElements({ ast, scope }: DetectorContext, { region, subject, isShort }: Iteration): boolean {
  if (isShort || subject === none || !isPath(ast, subject) || isModule({ ast, scope }, subject)) return false;
  if (!ast.is(region, 'ForStatement')) return true;
  const head = [ast.child(region, 'test'), ast.child(region, 'init')];
  const name = ast.source(subject);
  return head.some((part) =>
    ast.ofKindWithin('Identifier', part).some((node) => {
      const binding = scope.bindingOf(node);
      const value = binding === undefined ? none : scope.initializer(binding);
      const member = ast.field(node) === 'property' ? ast.parent(node) : value;
      const owner = ast.memberObject(member, 'length');
      return owner !== none && ast.source(owner) === name;
    }),
  );
}

/** `Effect.forEach(f)` of a module is no method of a collection. */
function isModule({ ast, scope }: Pick<DetectorContext, 'ast' | 'scope'>, subject: number): boolean {
  const [declaration = none] = scope.bindingOf(subject)?.declarations ?? [];
  const parent = ast.parent(declaration);
  if (ast.is(parent, 'ImportNamespaceSpecifier')) return true;
  return ast.is(parent, 'ImportSpecifier', 'ImportDefaultSpecifier') && /^[A-Z]/.test(ast.value(subject));
}

/** A collection that grows or shrinks meanwhile is a queue or a result: other laws hold. */
function isChanged({ ast, scope }: DetectorContext, subject: number, region: number): boolean {
  const text = ast.source(subject);
  const binding = scope.bindingOf(ast.withoutTypes(subject));
  const changing = ['push', 'unshift', 'splice', 'pop', 'shift', 'sort', 'reverse', 'set', 'add', 'delete', 'clear'];
  return ast.ofKindWithin('CallExpression', region).some((call) => {
    const method = ast.methodCall(call, ...changing);
    if (method === undefined) return false;
    return binding === undefined ? ast.source(method.object) === text : scope.bindingOf(method.object) === binding;
  });
}

function comparesKeys(ctx: DetectorContext, { region, items }: Iteration): boolean {
  return ctx.ast.ofKindWithin('BinaryExpression', region).some((node) => comparesKeyOf(ctx, node, items));
}

/** Names that stand for the element of an iteration, and those that are declared in it, but not further in. */
function namesOf({ ast, scope }: DetectorContext, { region, items }: Iteration, within: number): ReadonlySet<Binding> {
  const names = new Set(items);
  for (const declarator of ast.ofKindWithin('VariableDeclarator', region)) {
    if (within !== none && ast.within(declarator, within)) continue;
    if (within === none && ast.enclosingLoop(declarator) !== region && ast.isLoop(region)) continue;
    for (const node of ast.ofKindWithin('Identifier', ast.child(declarator, 'id'))) {
      const binding = scope.bindingOf(node);
      if (binding !== undefined) names.add(binding);
    }
  }
  return names;
}

/**
 * The inner loop asks of the two elements whether they agree (`a.from < b.to`, `isEqual(a, b)`, `path.startsWith(prefix)`): only then are
 * there pairs to be ruled out. What is done for each pair whatever it is must be done for each.
 */
function comparesPairs(ctx: DetectorContext, outer: Iteration, inner: Iteration): boolean {
  const { ast } = ctx;
  const names = [namesOf(ctx, outer, inner.region), namesOf(ctx, inner, none)] as const;
  const mentionBoth = (nodes: readonly number[]): boolean =>
    names.every((set) => nodes.some((node) => mentions(ctx, node, set)));
  const isComparison = (node: number): boolean => {
    if (isOfPositions(ctx, node, inner)) return false;
    if (ast.is(node, 'BinaryExpression'))
      return comparisons.has(ast.value(node)) && !isLookUp(ast, ast.child(node, 'left')) && mentionBoth([node]);
    const method = ast.methodCall(node, 'startsWith', 'endsWith', 'includes');
    if (method !== undefined) return mentionBoth([method.object, ...method.args]);
    // a method of an element, or an element that is called, may ask anything
    return ast.isIdentifier(ast.child(node, 'callee')) && mentionBoth(ast.list(node, 'arguments'));
  };
  return [
    ...ast.ofKindWithin('BinaryExpression', inner.region),
    ...ast.ofKindWithin('CallExpression', inner.region),
  ].some((node) => isComparison(node) && isAsked(ast, node, inner.region));
}

function mentions({ ast, scope }: DetectorContext, node: number, names: ReadonlySet<Binding>): boolean {
  return ast.ofKindWithin('Identifier', node).some((one) => {
    const binding = scope.bindingOf(one);
    return binding !== undefined && names.has(binding);
  });
}

/** Both loops read elements of the collection: `m[i][j]` is one of a matrix, which is gone over once. */
function readsBoth({ ast, scope }: DetectorContext, outer: Iteration, inner: Iteration): boolean {
  return [outer, inner].every(({ region, subject, items }) => {
    if (!ast.is(region, 'ForStatement')) return true;
    return ast.ofKindWithin('MemberExpression', region).some((member) => {
      const index = scope.bindingOf(ast.child(member, 'property'));
      const isElement = ast.has(member, 'computed') && index !== undefined && items.includes(index);
      return isElement && ast.source(ast.child(member, 'object')) === ast.source(subject);
    });
  });
}

/** `if (b.min > a.max) break;`: the elements are sorted, and pairs ruled out already. */
function isSweep({ ast }: DetectorContext, region: number): boolean {
  return ast.ofKindWithin('BreakStatement', region).some((node) => {
    if (ast.enclosingLoop(node) !== region) return false;
    const block = ast.parent(node);
    const test = ast.child(ast.is(block, 'BlockStatement') ? ast.parent(block) : block, 'test');
    return ast.is(test, 'BinaryExpression') && /^[<>]=?$/.test(ast.value(test));
  });
}

/** Of what is made of both, in something else. */
function isLookUp(ast: Ast, node: number): boolean {
  return ast.methodCall(node, 'indexOf', 'lastIndexOf', 'get', 'has') !== undefined;
}

const comparisons = new Set(['<', '>', '<=', '>=', '==', '===', '!=', '!==']);

/** It stands in a condition, or is what a function of the loop gives back. */
function isAsked(ast: Ast, node: number, region: number): boolean {
  for (let at = node; at !== region && at >= 0; at = ast.parent(at)) {
    if (ast.field(at) === 'test' && ast.parent(at) !== region) return true;
    if (ast.is(ast.parent(at), 'LogicalExpression') && ast.field(at) === 'left') return true;
    if (ast.is(at, 'ExpressionStatement', 'VariableDeclaration')) return false;
  }
  return false;
}

/** A `break` or `return` of the loop itself, whatever it leaves. */
function mayEnd(ast: Ast, region: number): boolean {
  return ['BreakStatement', 'ReturnStatement'].some((kind) =>
    ast.ofKindWithin(kind, region).some((node) => ast.enclosingFunction(node) === ast.enclosingFunction(region)),
  );
}
