import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround, sizeName } from '../../engine/analysis/iteration.ts';
import { isLeftAfter } from '../../engine/analysis/left-after.ts';

export default defineDetector({
  meta: {
    id: 'copy-in-loop',
    group: 'growth',
    summary: 'what was gathered so far is copied in every round (`all = all.concat(x)`, `all = { ...all, x }`)',
    why:
      'Round k copies the k elements of the rounds before, so that n rounds copy n²/2. Rules rewrite the shapes in which nobody else can ' +
      'see the old value; this finds the others, where a person has to know.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'O(n²)', after: 'O(n)' },
    remedy: 'add to one array or object in place (push, assignment), if nobody holds the values of the rounds before',
    example: {
      slow: [
        'export function merge(pages: Page[]) {',
        '  let all = load();',
        '  for (const page of pages) all = all.concat(page.items);',
        '  return all;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function merge(pages: Page[]) {',
        '  const all = load().slice();',
        '  for (const page of pages) for (const item of page.items) all.push(item);',
        '  return all;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The variable is made anew in the loop: nothing adds up.',
      'The loop goes over a handful of written-out elements, or says nothing of its rounds (`while`).',
      'A rule reports the same place.',
      'The loop is left right after the copy: it is made once.',
    ],
  },
  triggers: ['concat', '...', 'assign'],
  find(ctx) {
    for (const node of ctx.ast.ofKind('AssignmentExpression')) look(ctx, node);
  },
});

function look(ctx: DetectorContext, node: number): void {
  const { ast, scope } = ctx;
  const target = ast.child(node, 'left');
  const binding = scope.bindingOf(target);
  if (binding === undefined || ast.value(node) !== '=') return;
  const copy = copyOf(ctx, ast.withoutTypes(ast.child(node, 'right')), ast.value(target));
  if (copy === undefined) return;
  const loop = iterationsAround(ctx, node).find(
    ({ region }) => !binding.declarations.some((one) => ast.within(one, region)) && !isLeftAfter(ast, node, region),
  );
  if (loop === undefined || loop.isShort || loop.subject === none) return;
  if (isReset(ctx, node, loop.region, binding)) return;
  const n = sizeName(ast, loop.subject);
  const [declaration = none] = binding.declarations;
  const first = ctx.evidence.shapeOf(ast.child(ast.parent(declaration), 'init'));
  const type = (ctx.evidence.shapeOf(target) ?? first)?.type;
  // a text is not copied: V8 keeps both halves
  if (type === 'string') return;
  const isKnown = type !== undefined || copy !== 'concat';
  ctx.report({
    node,
    message: `${binding.name} is copied as a whole in every round over ${ast.excerpt(loop.subject)}`,
    complexity: { before: `O(${n}²)`, after: `O(${n})` },
    confidence: isKnown ? 'likely' : 'possible',
    confidenceReason: isKnown
      ? 'the copy is certain, the number of rounds is not known'
      : `that ${binding.name} is an array is likely from concat, not known`,
    evidence: [`${copy} makes a copy`, `${binding.name} lives longer than a round`],
  });
}

function copyOf({ ast, scope }: DetectorContext, value: number, name: string): string | undefined {
  const method = ast.methodCall(value, 'concat');
  if (method !== undefined) return ast.isIdentifier(method.object, name) ? 'concat' : undefined;
  const parts = ast.is(value, 'ArrayExpression')
    ? ast.list(value, 'elements')
    : ast.is(value, 'ObjectExpression')
      ? ast.list(value, 'properties')
      : [];
  // the same properties in every round: it is replaced, and does not grow
  if (
    parts.length > 0 &&
    parts.every((part) => ast.isIdentifier(ast.child(part, 'argument'), name) || isFixed(ast, part))
  )
    return undefined;
  if (parts.some((part) => ast.is(part, 'SpreadElement') && ast.isIdentifier(ast.child(part, 'argument'), name))) {
    return 'spreading';
  }
  if (!scope.isGlobalMember(ast.child(value, 'callee'), 'Object', 'assign')) return undefined;
  const [into = none, ...from] = ast.list(value, 'arguments');
  return ast.is(into, 'ObjectExpression') && from.some((one) => ast.isIdentifier(one, name))
    ? 'Object.assign'
    : undefined;
}

/** `key: value`, `...{ key: value }` */
function isFixed(ast: Ast, part: number): boolean {
  const inner = ast.child(part, 'argument');
  if (ast.is(part, 'SpreadElement'))
    return ast.is(inner, 'ObjectExpression') && ast.list(inner, 'properties').every((one) => isFixed(ast, one));
  return ast.is(part, 'Property') && !ast.has(part, 'computed');
}

/** Emptied in the same loop: a batch that is sent off. */
function isReset(
  { ast }: DetectorContext,
  node: number,
  region: number,
  binding: { readonly references: readonly { readonly node: number; readonly write: boolean }[] },
): boolean {
  return binding.references.some((use) => use.write && ast.within(use.node, region) && !ast.within(use.node, node));
}
