import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext, type DetectorFinding } from '../../engine/analysis/detector.ts';
import { type Iteration, iterationOf, sizeName } from '../../engine/analysis/iteration.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineDetector({
  meta: {
    id: 'await-in-loop',
    group: 'waiting',
    summary: 'a loop waits for an answer in each round, though no round needs that of another',
    why:
      'The waiting times add up: 100 answers of 20 ms take 2 s one after another and about 20 ms together. booster does not rewrite ' +
      'it: whether the other side bears many requests at once, and whether a failure must stop the rest, is for a person to say.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'n waits in a row', after: 'one wait, or one per batch' },
    remedy:
      'ask for all at once (one query with a list of keys), or start them together with Promise.all and a limit on how many run',
    example: {
      slow: [
        'export async function load(ids: string[]) {',
        '  const users = [];',
        '  for (const id of ids) {',
        '    const user = await fetchUser(id);',
        '    users.push(user);',
        '  }',
        '  return users;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export async function load(ids: string[]) {',
        '  return Promise.all(ids.map((id) => fetchUser(id)));',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The answer of one round is used in another, or a variable is carried from round to round; so is what a round fills and others read.',
      'The loop goes over chunks or batches: waiting for one after another is the remedy.',
      'The loop can end early (`break`, `return`), retries, or counts attempts: it is meant to go step by step.',
      'The answer is not used: the order of effects may be the point.',
      'It waits for a pause (`sleep`, `delay`, `setTimeout`), a lock, a dialog or a stream (`for await`).',
      'The loop goes over a handful of written-out elements.',
    ],
  },
  triggers: ['await'],
  find(ctx) {
    const { ast } = ctx;
    const seen = new Set<number>();
    for (const node of ast.ofKind('AwaitExpression')) {
      const loop = ast.enclosingLoop(node);
      if (loop === none || seen.has(loop) || !ast.is(loop, 'ForOfStatement', 'ForInStatement', 'ForStatement'))
        continue;
      if (ast.has(loop, 'await')) continue;
      seen.add(loop);
      look(ctx, loop, node);
    }
  },
});

/** Waiting is what these are for. */
const pauses =
  /sleep|delay|wait|pause|timeout|tick(?!et)|lock|acquire|mutex|semaphore|throttle|limit|prompt|confirm|question|retry|backoff|drain|flush|import|^(?:next|read|recv|receive)$/i;

/** What these do, not what they answer, is the point: one after another may be how it has to be done. */
const effects =
  /^(?:_|do|try|handle|process|apply|run|exec|execute|call|invoke|emit|add|create|insert|make|build|save|store|put|set|update|upsert|delete|remove|destroy|write|append|move|rename|copy|send|publish|post|push|import|migrate|install|register|start|stop|open|close|connect|begin|commit)(?:[A-Z_]|$)/;

function look(ctx: DetectorContext, loop: number, first: number): void {
  const { ast } = ctx;
  const iteration = iterationOf(ctx, loop);
  if (iteration.subject === none || iteration.isShort || endsEarly(ast, loop)) return;
  const waits = ast.ofKindWithin('AwaitExpression', loop).filter((node) => ast.enclosingLoop(node) === loop);
  if (waits.some((node) => ast.enclosingFunction(node) !== ast.enclosingFunction(loop))) return;
  if (waits.some((node) => !isPlainCall(ast, ast.child(node, 'argument')))) return;
  if (!waits.every((node) => isUsed(ast, node)) || !usesItem(ctx, iteration.items, waits)) return;
  if (carried(ctx, loop) || isBatch(ctx, loop, iteration)) return;
  const n = sizeName(ast, iteration.subject);
  const changing = waits.map((node) => calledName(ast, ast.child(node, 'argument'))).find((name) => effects.test(name));
  ctx.report({
    node: first,
    message: `each round over ${ast.excerpt(iteration.subject)} waits for ${ast.excerpt(ast.child(first, 'argument'))}; the rounds do not need each other`,
    complexity: { before: `${n} waits in a row`, after: 'one wait, or one per batch' },
    ...(waits.some((node) => isStatement(ctx, iteration, ast.child(node, 'argument')))
      ? {
          confidence: 'possible',
          confidenceReason: 'the elements are statements: what they do, and whether their order matters, is not known',
        }
      : sureness(changing, speakerIn(ast, loop))),
    evidence: [
      'the answer is used, and only in its own round',
      'the loop does not end early',
      'no variable declared outside is written from an answer and read in a later round',
    ],
  });
}

function sureness(
  changing: string | undefined,
  speaker: string | undefined,
): Pick<DetectorFinding, 'confidence' | 'confidenceReason'> {
  if (changing !== undefined) {
    const confidenceReason = `${changing}() seems to change something: whether its order matters is not known`;
    return { confidence: 'possible', confidenceReason };
  }
  if (speaker !== undefined)
    return { confidence: 'possible', confidenceReason: `each round speaks (${speaker}): the order may matter` };
  const confidenceReason =
    'no variable is carried from one round to the next; effects of the called code are not known';
  return { confidence: 'likely', confidenceReason };
}

/** `query(sql)` of the element itself, also as `query([sql])`: a list of statements, not one statement with many keys. */
function isStatement({ ast, scope }: DetectorContext, { items }: Iteration, call: number): boolean {
  if (!/quer(?:y|ies)|sql|statement|command|raw/i.test(calledName(ast, call))) return false;
  return ast.list(call, 'arguments').some((argument) => {
    const [only = none, ...others] = ast.is(argument, 'ArrayExpression') ? ast.list(argument, 'elements') : [argument];
    const binding = others.length > 0 ? undefined : scope.bindingOf(only);
    return (
      binding !== undefined && items.includes(binding) && /quer(?:y|ies)|sql|statement|command/i.test(binding.name)
    );
  });
}

/** `console.log(…)`, `output.standard(…)`: what people read comes in an order. */
function speakerIn(ast: Ast, loop: number): string | undefined {
  const speakers = /^(?:console|output|stdout|stderr|print\w*|spinner|progress|ui|cli)$/;
  const statement = ast.ofKindWithin('ExpressionStatement', loop).find((one) => {
    const callee = ast.child(ast.child(one, 'expression'), 'callee');
    const root = ast.is(callee, 'MemberExpression') ? ast.child(callee, 'object') : callee;
    return speakers.test(ast.value(ast.is(root, 'MemberExpression') ? ast.child(root, 'property') : root));
  });
  return statement === undefined ? undefined : ast.excerpt(statement);
}

function endsEarly(ast: Ast, loop: number): boolean {
  const kinds = ['BreakStatement', 'ReturnStatement', 'YieldExpression'];
  // in a counted loop, what catches an error may count attempts
  if (ast.is(loop, 'ForStatement')) kinds.push('TryStatement');
  const leaves = kinds.flatMap((kind) => ast.ofKindWithin(kind, loop));
  return leaves.some((node) => ast.enclosingFunction(node) === ast.enclosingFunction(loop));
}

function isPlainCall(ast: Ast, node: number): boolean {
  const name = calledName(ast, node);
  return name !== '' && !pauses.test(name);
}

/** Name of the function or method that is called; empty for anything else. */
function calledName(ast: Ast, node: number): string {
  if (!ast.is(node, 'CallExpression')) return '';
  const callee = ast.child(node, 'callee');
  return ast.value(ast.is(callee, 'MemberExpression') ? ast.child(callee, 'property') : callee);
}

/** An answer that is kept or passed on; `await save(x);` alone may be there for its order. */
function isUsed(ast: Ast, node: number): boolean {
  return !ast.is(ast.parent(node), 'ExpressionStatement');
}

function usesItem({ ast, scope }: DetectorContext, items: readonly object[], waits: readonly number[]): boolean {
  return waits.some((wait) =>
    ast.ofKindWithin('Identifier', wait).some((node) => {
      const binding = scope.bindingOf(node);
      return binding !== undefined && items.includes(binding);
    }),
  );
}

/** Something from outside of the body that a round leaves behind for later ones: a cursor, a running total, what was seen. */
function carried({ ast, scope }: DetectorContext, loop: number): boolean {
  const body = ast.child(loop, 'body');
  const filled = new Set<Binding>();
  const asked = new Set<Binding>();
  for (const node of ast.ofKindWithin('Identifier', body)) {
    const binding = scope.bindingOf(node);
    if (binding === undefined || binding.declarations.some((one) => ast.within(one, loop))) continue;
    if (binding.references.some((use) => use.node === node && use.write)) return true;
    (fills(ast, node) ? filled : asked).add(binding);
  }
  return [...filled].some((binding) => asked.has(binding));
}

/** `seen[key] = …`, `state.last = …`, `list.push(…)` */
function fills(ast: Ast, node: number): boolean {
  const member = ast.parent(node);
  if (!ast.is(member, 'MemberExpression') || ast.field(node) !== 'object') return false;
  const parent = ast.parent(member);
  if (ast.is(parent, 'AssignmentExpression') && ast.field(member) === 'left') return true;
  const method = ast.methodCall(parent, 'push', 'unshift', 'add', 'set', 'delete', 'splice');
  return method?.object === node;
}

/** What is gone over are batches already: waiting for each of them is the remedy. */
function isBatch({ ast, scope }: DetectorContext, loop: number, { subject, items }: Iteration): boolean {
  const binding = scope.bindingOf(subject);
  const made = ast.withoutTypes(binding === undefined ? subject : scope.initializer(binding));
  const callee = ast.is(made, 'CallExpression') ? ast.child(made, 'callee') : none;
  const maker = ast.value(ast.is(callee, 'MemberExpression') ? ast.child(callee, 'property') : callee);
  const names = [maker, ast.source(subject), ...items.map(({ name }) => name)];
  return ast.is(loop, 'ForOfStatement') && names.some((name) => /chunk|batch|slices|pages$/i.test(name));
}
