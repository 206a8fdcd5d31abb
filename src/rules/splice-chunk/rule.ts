import { type Ast, none } from '../../engine/ast.ts';
import { type DrainedArray, readDrainedArray } from '../../engine/idioms/drained-array.ts';
import type { Edit } from '../../engine/edit.ts';
import type { Tier } from '../../engine/finding.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'splice-chunk',
    group: 'queue',
    summary: '`while (rest.length) use(rest.splice(0, size))` → a `for` loop over `rest.slice(start, start + size)`',
    why: 'splice(0, size) moves all remaining elements to the front for every chunk, so cutting n elements into chunks of k costs n²/2k moves. slice() copies each element once. The array is a local one that nobody else holds and that is not used after the loop, so no one can tell that it still has its elements.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2', 'A3'],
    complexity: { before: 'O(n²/k)', after: 'O(n)' },
    example: {
      before: `export function chunk<T>(items: readonly T[], size: number): T[][] {
  const rest = [...items];
  const chunks: T[][] = [];
  while (rest.length > 0) {
    chunks.push(rest.splice(0, size));
  }
  return chunks;
}
`,
      after: `export function chunk<T>(items: readonly T[], size: number): T[][] {
  const rest = [...items];
  const chunks: T[][] = [];
  for (let start = 0; start < rest.length; start += size) {
    chunks.push(rest.slice(start, start + size));
  }
  return chunks;
}
`,
    },
    stays: [
      'The array is a parameter, a property, exported, or not known to be an array of its own: somebody else would see that it is not emptied.',
      'It is used after the loop, or in the loop for anything but the test and the one splice().',
      'splice() is not certain to run in every round: it stands behind a condition, in an inner loop or behind another statement.',
      'splice() does not start at 0, inserts elements, or its result is not of a fixed size.',
      'The size changes in the loop, or is a number that is not a positive integer.',
      'The loop asks for more than `length`, `length > 0`, `length !== 0` or `length >= 1`.',
      'A size that is not written as a number needs the level balanced: 2.5 or "3" would cut other chunks.',
    ],
  },
  triggers: ['splice'],
  find(ctx) {
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const call = ctx.ast.methodCall(node, 'splice');
      const [from, size, ...inserted] = call?.args ?? [];
      if (
        call === undefined ||
        from === undefined ||
        size === undefined ||
        inserted.length > 0 ||
        ctx.ast.number(from) !== 0
      )
        continue;
      const rest = readDrainedArray(ctx.ast, ctx.scope, ctx.evidence, call.object);
      if (rest !== undefined && isDrainLoop(ctx.ast, ctx.ast.enclosingLoop(node), rest.binding.name))
        report(ctx, { ...rest, splice: node, size });
    }
  },
});

interface Chunking extends DrainedArray {
  readonly splice: number;
  readonly size: number;
}

function report(ctx: RuleContext, chunking: Chunking): void {
  const { ast } = ctx;
  const { binding, size, splice } = chunking;
  const tier = tierOf(ctx, chunking);
  const blockedBy =
    chunking.blockedBy ??
    obstacle(ctx, chunking) ??
    (tier === undefined ? `${ast.source(size)} is not certain to be one positive integer for all rounds` : undefined);
  const edits = blockedBy === undefined ? editsFor(ctx, chunking) : undefined;
  const assumed = tier === 'balanced' ? [`assumed: ${ast.source(size)} is a positive integer`] : [];
  ctx.report({
    node: splice,
    tier: tier ?? 'balanced',
    message: `${ast.source(splice).replace(/\s+/g, ' ').slice(0, 50)} moves all remaining elements for every chunk; slice() leaves them in place`,
    relies: [binding],
    ...(edits === undefined
      ? { blockedBy: blockedBy ?? 'the head of the loop holds more than its test' }
      : { edits, evidence: [`${binding.name} is a local array that is not used after the loop`, ...assumed] }),
  });
}

/** `while (rest.length)`, `while (rest.length > 0)`: nothing else ends it, and it ends when nothing is left. */
function isDrainLoop(ast: Ast, loop: number, name: string): boolean {
  if (!ast.is(loop, 'WhileStatement')) return false;
  const test = ast.child(loop, 'test');
  const isLength = (node: number): boolean => ast.isIdentifier(ast.memberObject(node, 'length'), name);
  if (isLength(test)) return true;
  if (!ast.is(test, 'BinaryExpression') || !isLength(ast.child(test, 'left'))) return false;
  return ['> 0', '!== 0', '!= 0', '>= 1'].includes(
    `${ast.value(test)} ${String(ast.number(ast.child(test, 'right')))}`,
  );
}

function obstacle({ ast }: RuleContext, { binding, region, splice, uses }: Chunking): string | undefined {
  const loop = ast.enclosingLoop(splice);
  if (loop !== region) return `an outer loop goes on with the same ${binding.name}`;
  // what a closure pushed behind the last, short chunk would lie before the next start
  if (binding.references.some(({ fn }) => fn !== binding.fn)) return `a closure uses ${binding.name}`;
  // one in the test, one in the call
  if (uses.length !== 2) return `${binding.name} is used for more than the test and one splice()`;
  return runsFirst(ast, splice, loop) ? undefined : 'splice() is not certain to run in every round';
}

/** In the first statement of the loop's body, and not in a part of it that may be skipped. */
function runsFirst(ast: Ast, splice: number, loop: number): boolean {
  const body = ast.child(loop, 'body');
  const statement = ast.is(body, 'BlockStatement') ? (ast.list(body, 'body')[0] ?? none) : body;
  if (!ast.is(statement, 'ExpressionStatement', 'VariableDeclaration') || !ast.within(splice, statement)) return false;
  for (let at = splice; at !== statement; at = ast.parent(at)) {
    const [parent, field] = [ast.parent(at), ast.field(at)];
    const isSkippable =
      (ast.is(parent, 'LogicalExpression') && field === 'right') ||
      (ast.is(parent, 'ConditionalExpression') && field !== 'test') ||
      ast.is(parent, 'ChainExpression', 'AssignmentPattern');
    if (isSkippable || ast.isFunction(parent) || ast.is(parent, 'ClassBody')) return false;
    if (ast.is(parent, 'AssignmentExpression') && ['??=', '||=', '&&='].includes(ast.value(parent))) return false;
  }
  return true;
}

function tierOf({ ast, purity, scope }: RuleContext, { region, size }: Chunking): Tier | undefined {
  const binding = scope.bindingOf(size);
  // the head of the new loop can't see a name of its body
  if (binding?.declarations.some((declaration) => ast.within(declaration, region)) === true) return undefined;
  const known = ast.number(binding === undefined ? size : scope.initializer(binding));
  if (known !== undefined) return Number.isInteger(known) && known > 0 ? 'safe' : undefined;
  return ast.isIdentifier(size) && purity.isInvariant(size, region) ? 'balanced' : undefined;
}

function editsFor({ ast, rewrite }: RuleContext, { binding, region, splice, size }: Chunking): Edit[] | undefined {
  const { text } = ast;
  const [test, body] = [ast.child(region, 'test'), ast.child(region, 'body')];
  const isPlainHead =
    /^while\s*\($/.test(text.slice(ast.start(region), ast.start(test))) &&
    /^\)\s*$/.test(text.slice(ast.end(test), ast.start(body)));
  if (!isPlainHead) return undefined;
  const start = rewrite.freshName('start', region);
  const step = ast.source(size);
  return [
    {
      start: ast.start(region),
      end: ast.end(test),
      text: `for (let ${start} = 0; ${start} < ${binding.name}.length; ${start} += ${step}`,
    },
    { start: ast.start(splice), end: ast.end(splice), text: `${binding.name}.slice(${start}, ${start} + ${step})` },
  ];
}
