import { type Ast, type MethodCall, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { isLeftAfter } from '../../engine/analysis/left-after.ts';

export default defineDetector({
  meta: {
    id: 'has-then-get',
    group: 'waste',
    summary: '`map.has(key)` and then `map.get(key)`: the same key is looked up twice',
    why:
      'Each of both hashes the key and searches for it (measured: 1.5 to 1.6 times the time of one `get`). booster does not rewrite it: ' +
      'where undefined may be a value, `get` alone cannot tell it from a missing key.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: '2 lookups', after: '1 lookup' },
    remedy: 'get the value once and compare it with undefined, if undefined is no value in this Map',
    example: {
      slow: [
        'export function total(sizes: Map<string, number>, names: string[]) {',
        '  let sum = 0;',
        '  for (const name of names) if (sizes.has(name)) sum += sizes.get(name)!;',
        '  return sum;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function total(sizes: Map<string, number>, names: string[]) {',
        '  let sum = 0;',
        '  for (const name of names) sum += sizes.get(name) ?? 0;',
        '  return sum;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The text does not show that it is a Map: other things have such methods.',
      'Its values may be undefined by its annotation (`Map<string, X | undefined>`, `Map<K, V>`).',
      'The key is computed anew, or the key or the Map gets another value between both.',
      'The Map is changed between both, unless by the `set` of a missing key.',
      'The `get` runs later, in another function.',
    ],
  },
  triggers: ['.has('],
  find(ctx) {
    const { ast } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const has = ast.methodCall(call, 'has');
      if (has?.args.length === 1 && isFixed(ast, has.object) && isFixed(ast, has.args[0] ?? none)) look(ctx, has);
    }
  },
});

/** Statements behind an `if` that are looked at: what comes later has little to do with it, and blocks can have thousands. */
const nearby = 8;

/** Names, properties and literals: the same text means the same value as long as nothing writes it. */
function isFixed(ast: Ast, node: number): boolean {
  const at = ast.withoutTypes(node);
  if (ast.is(at, 'MemberExpression')) {
    const property = ast.child(at, 'property');
    return isFixed(ast, ast.child(at, 'object')) && (!ast.has(at, 'computed') || isFixed(ast, property));
  }
  return ast.is(at, 'Identifier', 'ThisExpression', 'StringLiteral', 'NumericLiteral');
}

function look(ctx: DetectorContext, has: MethodCall): void {
  const { ast, evidence } = ctx;
  if (!evidence.is(has.object, 'map') || mayHoldUndefined(ctx, has.object)) return;
  const [found] = placesBehind(ctx, has).flatMap((place) => {
    const get = ast.ofKindWithin('CallExpression', place).find((call) => isSameLookup(ctx, has, call));
    return get === undefined ? [] : [{ get, place }];
  });
  if (found === undefined || isChanged(ctx, has, found.get, found.place)) return;
  const { get } = found;
  const rounds = iterationsAround(ctx, has.call).filter(
    ({ region, isShort }) => !isShort && !isLeftAfter(ast, get, region),
  );
  const isInner = rounds.length > 1;
  ctx.report({
    node: has.call,
    message: `${ast.excerpt(has.call)} and ${ast.excerpt(get)} look up the same key`,
    confidence: isInner ? 'likely' : 'possible',
    confidenceReason: isInner
      ? 'both run in the inner of two loops; whether undefined is a value is not known'
      : 'one lookup of two is all that can be gained',
    evidence: [
      ...[evidence.describe(has.object)].filter((line) => line !== undefined),
      'neither the key nor the Map gets another value between both',
    ],
  });
}

/** By the annotation of the variable: `Map<string, X | undefined>`, or of anything (`Map<K, V>`). */
function mayHoldUndefined({ ast, scope }: DetectorContext, map: number): boolean {
  const [declaration = none] = scope.bindingOf(ast.withoutTypes(map))?.declarations ?? [];
  const type = ast.source(ast.child(declaration, 'typeAnnotation'));
  const value = /^:?\s*(?:Readonly)?Map<[^,]*,([^]*)>$/.exec(type)?.[1]?.trim() ?? '';
  return /\bundefined\b|^(?:[A-Z]\d?|any|unknown)$/.test(value);
}

/** Code that runs right after the answer, where the key is there. */
function placesBehind(ctx: DetectorContext, has: MethodCall): number[] {
  const { ast } = ctx;
  const places: number[] = [];
  let isNegated = false;
  let at = has.call;
  for (; ; at = ast.parent(at)) {
    const parent = ast.parent(at);
    if (ast.is(parent, 'UnaryExpression') && ast.value(parent) === '!') {
      isNegated = !isNegated;
    } else if (ast.is(parent, 'LogicalExpression') && ast.value(parent) === (isNegated ? '||' : '&&')) {
      if (ast.field(at) === 'left') places.push(ast.child(parent, 'right'));
    } else {
      break;
    }
  }
  const branch = ast.parent(at);
  if (ast.field(at) !== 'test' || !ast.is(branch, 'IfStatement', 'ConditionalExpression')) return places;
  places.push(ast.child(branch, isNegated ? 'alternate' : 'consequent'));
  const isFilled = isNegated && ast.is(branch, 'IfStatement') && endsOrFills(ctx, has, ast.child(branch, 'consequent'));
  let sibling = isFilled && ast.isInStatementList(branch) ? branch : none;
  for (let count = 0; count < nearby && sibling !== none; count += 1) {
    sibling = ast.tree.next[sibling] ?? none;
    if (sibling !== none) places.push(sibling);
  }
  return places;
}

/** `if (!map.has(key)) map.set(key, [])`, `if (!map.has(key)) return` */
function endsOrFills(ctx: DetectorContext, has: MethodCall, consequent: number): boolean {
  const { ast } = ctx;
  const last = ast.is(consequent, 'BlockStatement') ? (ast.list(consequent, 'body').at(-1) ?? none) : consequent;
  if (ast.is(last, 'ReturnStatement', 'ContinueStatement', 'ThrowStatement', 'BreakStatement')) return true;
  const call = ast.methodCall(ast.child(last, 'expression'), 'set');
  return (
    call !== undefined && isSame(ctx, call.object, has.object) && isSame(ctx, call.args[0] ?? none, has.args[0] ?? none)
  );
}

function isSameLookup(ctx: DetectorContext, has: MethodCall, call: number): boolean {
  const { ast } = ctx;
  const get = ast.methodCall(call, 'get');
  return (
    get?.args.length === 1 &&
    ast.enclosingFunction(call) === ast.enclosingFunction(has.call) &&
    isSame(ctx, get.object, has.object) &&
    isSame(ctx, get.args[0] ?? none, has.args[0] ?? none)
  );
}

/** The same text, and the same variables in it. */
function isSame({ ast, scope }: DetectorContext, one: number, other: number): boolean {
  const [a, b] = [ast.withoutTypes(one), ast.withoutTypes(other)];
  if (a === none || b === none || ast.source(a) !== ast.source(b)) return false;
  const [names, others] = [ast.ofKindWithin('Identifier', a), ast.ofKindWithin('Identifier', b)];
  return names.every((node, index) => scope.bindingOf(node) === scope.bindingOf(others[index] ?? none));
}

/** Something between both writes the key, the Map or what is in it. */
function isChanged(ctx: DetectorContext, has: MethodCall, get: number, place: number): boolean {
  const { ast, scope } = ctx;
  const parts = [has.object, has.args[0] ?? none];
  const bindings = new Set(
    parts.flatMap((part) => ast.ofKindWithin('Identifier', part)).map((node) => scope.bindingOf(node)),
  );
  const sources = new Set(parts.map((part) => ast.source(ast.withoutTypes(part))));
  for (let node = ast.last(has.call) + 1; node < get; node += 1) {
    if (ast.is(node, 'AssignmentExpression') && sources.has(ast.source(ast.child(node, 'left')))) return true;
    const binding = scope.bindingOf(node);
    const isPart = binding !== undefined && bindings.has(binding);
    if (isPart && binding.references.some((use) => use.node === node && use.write)) return true;
    const call = ast.methodCall(node, 'delete', 'clear', 'set');
    if (call === undefined || !isSame(ctx, call.object, has.object)) continue;
    // that of `map.set(key, map.get(key))` comes after, and that of a missing key stands before the place
    if (call.name !== 'set' || (ast.within(node, place) && !ast.within(get, node))) return true;
  }
  return false;
}
