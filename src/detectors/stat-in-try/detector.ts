import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { moduleName } from '../../engine/analysis/module-names.ts';

/** Looks at a path that throw when nothing is there, and what does not. */
const looks: Readonly<Record<string, string>> = {
  statSync: 'pass { throwIfNoEntry: false } and test for undefined; other errors are still thrown',
  lstatSync: 'pass { throwIfNoEntry: false } and test for undefined; other errors are still thrown',
  accessSync: 'call existsSync, which answers false for whatever goes wrong',
};

export default defineDetector({
  meta: {
    id: 'stat-in-try',
    group: 'waste',
    summary: '`statSync` or `accessSync` in a `try` whose `catch` takes the error for "it does not exist"',
    why:
      'For each missing file an error with its stack is built and thrown away (measured: 12.7 times the time of `throwIfNoEntry: false`). ' +
      'booster does not rewrite it: the `catch` also takes errors that have other causes.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'an error for each missing file', after: 'no error' },
    remedy: 'pass { throwIfNoEntry: false } and test for undefined',
    example: {
      slow: [
        "import { statSync } from 'node:fs';",
        'export function isFolder(path: string) {',
        '  try {',
        '    return statSync(path).isDirectory();',
        '  } catch {',
        '    return false;',
        '  }',
        '}',
        '',
      ].join('\n'),
      better: [
        "import { statSync } from 'node:fs';",
        'export function isFolder(path: string) {',
        '  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The `try` calls something else, which may throw for reasons of its own.',
      'The `catch` looks at the error (unless for `ENOENT`), reports it, gives a text or throws: the error is the point.',
      '`existsSync` was asked for the same path before.',
      '`accessSync` is asked for a right (`fs.constants.R_OK`), which `existsSync` does not answer.',
      '`throwIfNoEntry` is given, or the options are no object literal.',
    ],
  },
  triggers: ['statSync', 'accessSync'],
  find(ctx) {
    for (const statement of ctx.ast.ofKind('TryStatement')) look(ctx, statement);
  },
});

function look(ctx: DetectorContext, statement: number): void {
  const { ast } = ctx;
  const block = ast.child(statement, 'block');
  const handler = ast.child(statement, 'handler');
  if (ast.child(statement, 'finalizer') !== none || !takesForMissing(ctx, handler)) return;
  const calls = [...ast.ofKindWithin('CallExpression', block), ...ast.ofKindWithin('NewExpression', block)];
  const [found, ...more] = calls.flatMap((call) => lookOf(ctx, call) ?? []);
  if (found === undefined || more.length > 0) return;
  if (ast.enclosingFunction(found.call) !== ast.enclosingFunction(statement)) return;
  if (!calls.every((call) => call === found.call || asksStats(ast, call) || ast.within(call, found.path))) return;
  if (isKnownToExist(ctx, found)) return;
  ctx.report({
    node: found.call,
    message: `where nothing is at ${ast.excerpt(found.path)}, ${found.name} builds an error that the catch throws away`,
    confidence: 'possible',
    confidenceReason: 'how often nothing is there is not known',
    remedy: looks[found.name] ?? '',
    evidence: [`${found.name} is that of fs`, 'the catch does not use the error', 'the try calls nothing else'],
  });
}

/** A catch that leaves the error alone, and goes on or gives a fixed answer. */
function takesForMissing({ ast, scope }: DetectorContext, handler: number): boolean {
  if (handler === none) return false;
  const body = ast.child(handler, 'body');
  const asksForMissing = /['"]ENOENT['"]/.test(ast.source(body));
  const binding = scope.bindingOf(ast.child(handler, 'param'));
  if (binding?.references.some((use) => use.read) === true && !asksForMissing) return false;
  if (asksForMissing) return true;
  return ast.list(body, 'body').every((one) => isFixed(ast, one));
}

/** `if (!existsSync(path)) return` before: hardly anything is missing then. */
function isKnownToExist({ ast }: DetectorContext, { call, path }: Look): boolean {
  if (!ast.text.includes('existsSync')) return false;
  const fn = ast.enclosingFunction(call);
  return ast.ofKindWithin('CallExpression', fn === none ? ast.root : fn).some((one) => {
    const callee = ast.child(one, 'callee');
    const name = ast.value(ast.is(callee, 'MemberExpression') ? ast.child(callee, 'property') : callee);
    return one < call && name === 'existsSync' && ast.source(ast.child(one, 'arguments')) === ast.source(path);
  });
}

/** `return false;`, `continue;`, `exists = false;`, but no message: `return 'nothing there';` */
function isFixed(ast: Ast, statement: number): boolean {
  if (ast.is(statement, 'ContinueStatement', 'BreakStatement', 'EmptyStatement')) return true;
  const isReturn = ast.is(statement, 'ReturnStatement');
  if (!isReturn && !ast.is(ast.child(statement, 'expression'), 'AssignmentExpression')) return false;
  if (ast.ofKindWithin('StringLiteral', statement).some((text) => ast.value(text) !== '')) return false;
  return ['CallExpression', 'NewExpression', 'AwaitExpression', 'TemplateLiteral'].every(
    (kind) => ast.ofKindWithin(kind, statement).length === 0,
  );
}

interface Look {
  readonly call: number;
  readonly name: string;
  readonly path: number;
}

function lookOf(ctx: DetectorContext, call: number): Look | undefined {
  const { ast } = ctx;
  if (!ast.is(call, 'CallExpression')) return undefined;
  const target = moduleName(ctx, ast.child(call, 'callee'));
  if (target?.module !== 'fs' || !Object.hasOwn(looks, target.name)) return undefined;
  const [path = none, options = none] = ast.list(call, 'arguments');
  if (path === none || ast.is(path, 'SpreadElement')) return undefined;
  if (target.name === 'accessSync') {
    const isPlain = options === none || /\bF_OK$/.test(ast.source(options));
    return isPlain ? { call, name: target.name, path } : undefined;
  }
  if (options !== none && (!ast.is(options, 'ObjectExpression') || ast.source(options).includes('throwIfNoEntry')))
    return undefined;
  return { call, name: target.name, path };
}

/** `stats.isDirectory()` does not throw. */
function asksStats(ast: Ast, call: number): boolean {
  const name = ast.value(ast.child(ast.child(call, 'callee'), 'property'));
  return /^is(?:File|Directory|SymbolicLink|FIFO|Socket|BlockDevice|CharacterDevice)$/.test(name);
}
