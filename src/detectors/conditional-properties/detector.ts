import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { calledFunction, isCalledOften } from '../../engine/idioms/repeated-region.ts';
import type { Binding } from '../../engine/scope/scope.ts';

/** Of this many conditions 16 shapes can come, which is what was measured; V8 keeps up to four at a place. */
const fewestConditions = 4;

export default defineDetector({
  meta: {
    id: 'conditional-properties',
    group: 'waste',
    summary: 'properties are added to a new object under four conditions or more: it comes in 16 shapes',
    why:
      'Code that reads objects of more than four shapes looks each property up instead of knowing its place (measured with 16 shapes: 4.3 times ' +
      'the time of one shape, making and reading). booster does not rewrite it: a property that is undefined still is a key.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'up to 2ⁿ shapes', after: '1 shape' },
    remedy:
      'write all properties into the literal, undefined where the condition does not hold, if nobody asks for the keys',
    example: {
      slow: [
        'export function node(from: Source) {',
        '  const node: Node = { id: from.id };',
        '  if (from.name) node.name = from.name;',
        '  if (from.kind) node.kind = from.kind;',
        '  if (from.size) node.size = from.size;',
        '  if (from.tags) node.tags = from.tags;',
        '  return node;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function node(from: Source): Node {',
        '  return { id: from.id, name: from.name, kind: from.kind, size: from.size, tags: from.tags };',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'There are less than four conditions, or the literal has the properties already.',
      'Both branches of a condition add the same property.',
      'The object is filled under computed keys: it is a dictionary.',
      'It runs once, at the top of a module or in a function without a name.',
    ],
  },
  triggers: ['if', '&&'],
  find(ctx) {
    for (const declarator of ctx.ast.ofKind('VariableDeclarator')) look(ctx, declarator);
  },
});

function look(ctx: DetectorContext, declarator: number): void {
  const { ast, scope } = ctx;
  const literal = ast.withoutTypes(ast.child(declarator, 'init'));
  const binding = scope.bindingOf(ast.child(declarator, 'id'));
  if (binding === undefined || !ast.is(literal, 'ObjectExpression') || scope.isReassigned(binding)) return;
  const loop = iterationsAround(ctx, declarator).find(({ isShort }) => !isShort);
  const fn = calledFunction(ast, declarator);
  if (loop === undefined && !(fn !== none && isCalledOften(ast, fn))) return;
  const properties = ast.list(literal, 'properties');
  if (properties.some((one) => ast.is(one, 'SpreadElement')) || isDictionary(ast, binding)) return;
  const known = new Set(properties.map((one) => ast.value(ast.child(one, 'key'))));
  const added = conditionsThatAdd(ctx, declarator, binding, known);
  if (added.length < fewestConditions) return;
  const shapes = added.length > 10 ? 'more than 1,000' : `up to ${String(2 ** added.length)}`;
  ctx.report({
    node: declarator,
    message: `${binding.name} may come in ${shapes} shapes: ${String(added.length)} conditions add properties one after the other`,
    confidence: 'possible',
    confidenceReason: 'how many such objects are made and meet the same code is not known',
    evidence: [
      `under conditions are added: ${added.slice(0, 6).join(', ')}${added.length > 6 ? ', …' : ''}`,
      'the literal has none of them',
    ],
  });
}

/** For each condition behind a declaration, in the same block, the first property that it alone adds. */
function conditionsThatAdd(ctx: DetectorContext, declarator: number, binding: Binding, known: Set<string>): string[] {
  const { ast } = ctx;
  const declaration = ast.parent(declarator);
  const block = ast.parent(declaration);
  if (ast.field(declaration) !== 'body' || !ast.is(block, 'BlockStatement')) return [];
  const added: string[] = [];
  for (const statement of ast.list(block, 'body').filter((one) => one > declaration)) {
    const always = addedBy(ctx, statement, binding);
    const [first] =
      ast.is(statement, 'ExpressionStatement') && always.length > 0
        ? []
        : onlySometimes(ctx, statement, binding, known);
    if (first !== undefined) added.push(first);
    for (const name of [...always, ...(first === undefined ? [] : [first])]) known.add(name);
  }
  return added;
}

function onlySometimes(
  ctx: DetectorContext,
  statement: number,
  binding: Binding,
  known: ReadonlySet<string>,
): string[] {
  const { ast } = ctx;
  const expression = ast.child(statement, 'expression');
  if (ast.is(expression, 'LogicalExpression') && ast.value(expression) === '&&')
    return assigned(ctx, ast.child(expression, 'right'), binding).filter((name) => !known.has(name));
  if (!ast.is(statement, 'IfStatement')) return [];
  const otherwise = new Set(addedBy(ctx, ast.child(statement, 'alternate'), binding));
  const names = addedBy(ctx, ast.child(statement, 'consequent'), binding);
  return names.filter((name) => !known.has(name) && !otherwise.has(name));
}

/** Names that a statement, or the statements of a block, assign to the object whatever happens. */
function addedBy(ctx: DetectorContext, statement: number, binding: Binding): string[] {
  const { ast } = ctx;
  if (ast.is(statement, 'BlockStatement'))
    return ast.list(statement, 'body').flatMap((one) => addedBy(ctx, one, binding));
  return ast.is(statement, 'ExpressionStatement') ? assigned(ctx, ast.child(statement, 'expression'), binding) : [];
}

/** `o.name = value` */
function assigned({ ast, scope }: DetectorContext, expression: number, binding: Binding): string[] {
  const target = ast.child(expression, 'left');
  if (!ast.is(expression, 'AssignmentExpression') || ast.value(expression) !== '=') return [];
  if (!ast.is(target, 'MemberExpression') || ast.has(target, 'computed')) return [];
  const isOf = scope.bindingOf(ast.withoutTypes(ast.child(target, 'object'))) === binding;
  return isOf ? [ast.value(ast.child(target, 'property'))] : [];
}

function isDictionary(ast: Ast, binding: Binding): boolean {
  return binding.references.some(({ node }) => {
    const member = ast.parent(node);
    const isElement = ast.is(member, 'MemberExpression') && ast.has(member, 'computed') && ast.field(node) === 'object';
    return isElement && ast.field(member) === 'left' && ast.string(ast.child(member, 'property')) === undefined;
  });
}
