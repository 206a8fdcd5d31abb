import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { moduleName } from '../../engine/analysis/module-names.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineDetector({
  meta: {
    id: 'stat-per-name',
    group: 'waste',
    summary: 'a folder is read, and each of its names is asked with `stat` whether it is a file or a folder',
    why:
      'The system says what each entry is when the folder is read; asking again is one more call for each name (measured: 3.6 times the time ' +
      'of `withFileTypes: true`). booster does not rewrite it: for a symbolic link, `stat` answers for what it leads to.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'a look at each entry', after: 'one reading of the folder' },
    remedy:
      'read the folder with { withFileTypes: true } and ask the entries; look at symbolic links only, if they count',
    example: {
      slow: [
        "import { readdirSync, statSync } from 'node:fs';",
        "import { join } from 'node:path';",
        'export const folders = (path: string) =>',
        '  readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory());',
        '',
      ].join('\n'),
      better: [
        "import { readdirSync } from 'node:fs';",
        'export const folders = (path: string) =>',
        '  readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);',
        '',
      ].join('\n'),
    },
    quiet: [
      'Something else of the answer is used, such as the size or the time: the folder does not know it.',
      '`withFileTypes` is given, or options that are no literal.',
      'The names are not those of the folder that is read there, or are stored first.',
    ],
  },
  triggers: ['readdir'],
  find(ctx) {
    for (const call of ctx.ast.ofKind('CallExpression')) look(ctx, call);
  },
});

const stats = ['statSync', 'lstatSync', 'stat', 'lstat'];

function look(ctx: DetectorContext, call: number): void {
  const { ast } = ctx;
  const name = fileCall(ctx, call, stats);
  if (name === undefined || !asksKindOnly(ctx, call)) return;
  const [path = none] = ast.list(call, 'arguments');
  const loop = iterationsAround(ctx, call).find(
    ({ subject, items }) => isMadeOf(ctx, path, items) && isFolder(ctx, subject),
  );
  if (loop === undefined) return;
  const followsLinks = !name.startsWith('l');
  ctx.report({
    node: call,
    message: `${name} asks for each name what reading the folder could have told with it`,
    confidence: followsLinks ? 'possible' : 'likely',
    confidenceReason: followsLinks
      ? `for symbolic links, ${name} answers for what they lead to`
      : `${name} answers what the entry of the folder does; the number of entries is not known`,
    evidence: ['the names are those of a folder that is read', 'only the kind of the entry is asked for'],
  });
}

/** The name of a function of `fs` or `fs/promises` when it is one of `wanted`. */
function fileCall(ctx: DetectorContext, call: number, wanted: readonly string[]): string | undefined {
  if (!ctx.ast.is(call, 'CallExpression')) return undefined;
  const target = moduleName(ctx, ctx.ast.child(call, 'callee'));
  const isFiles = target?.module === 'fs' || target?.module === 'fs/promises';
  return isFiles && wanted.includes(target.name) ? target.name : undefined;
}

/** `statSync(path).isFile()`, `const stats = await stat(path)` with such questions only, `stat(path, (error, stats) => …)`. */
function asksKindOnly(ctx: DetectorContext, call: number): boolean {
  const { ast, scope } = ctx;
  let at = call;
  while (ast.is(ast.parent(at), 'AwaitExpression', 'TSNonNullExpression')) at = ast.parent(at);
  if (asksKind(ast, at)) return true;
  const callback = ast.list(call, 'arguments').at(-1) ?? none;
  const named = ast.isFunction(callback) ? ast.list(callback, 'params')[1] : ast.child(ast.parent(at), 'id');
  const binding = scope.bindingOf(named ?? none);
  const uses = binding?.references.filter((use) => !use.init) ?? [];
  return uses.length > 0 && uses.every((use) => use.read && asksKind(ast, use.node));
}

function asksKind(ast: Ast, node: number): boolean {
  const member = ast.parent(node);
  if (!ast.is(member, 'MemberExpression') || ast.field(node) !== 'object') return false;
  const isCalled = ast.is(ast.parent(member), 'CallExpression') && ast.field(member) === 'callee';
  return isCalled && /^is(?:File|Directory|SymbolicLink)$/.test(ast.value(ast.child(member, 'property')));
}

/** The path has the name of the round in it, also by way of a variable. */
function isMadeOf({ ast, scope }: DetectorContext, path: number, items: readonly Binding[]): boolean {
  return ast.ofKindWithin('Identifier', path).some((node) => {
    const binding = scope.bindingOf(node);
    if (binding === undefined) return false;
    if (items.includes(binding)) return true;
    const value = scope.initializer(binding);
    return ast.ofKindWithin('Identifier', value).some((one) => {
      const inner = scope.bindingOf(one);
      return inner !== undefined && items.includes(inner);
    });
  });
}

/** `readdirSync(path)`, `await readdir(path)`, the second parameter of its callback, sorted or filtered, or a variable with it. */
function isFolder(ctx: DetectorContext, subject: number): boolean {
  const { ast, scope } = ctx;
  const at = ast.withoutTypes(subject);
  if (ast.is(at, 'AwaitExpression')) return isFolder(ctx, ast.child(at, 'argument'));
  const binding = scope.bindingOf(at);
  if (binding !== undefined) {
    const value = scope.initializer(binding);
    return value === none ? isAnswerOfReaddir(ctx, binding) : isFolder(ctx, value);
  }
  const kept = ast.methodCall(at, 'filter', 'sort', 'reverse', 'slice', 'toSorted');
  if (kept !== undefined) return isFolder(ctx, kept.object);
  return fileCall(ctx, at, ['readdirSync', 'readdir']) !== undefined && givesNames(ast, at);
}

function isAnswerOfReaddir(ctx: DetectorContext, binding: Binding): boolean {
  const { ast } = ctx;
  const [declaration = none] = binding.declarations;
  const callback = ast.parent(declaration);
  const call = ast.parent(callback);
  return (
    ast.isFunction(callback) &&
    ast.list(callback, 'params')[1] === declaration &&
    fileCall(ctx, call, ['readdir']) !== undefined &&
    givesNames(ast, call)
  );
}

function givesNames(ast: Ast, call: number): boolean {
  const [, options = none] = ast.list(call, 'arguments');
  if (options === none || ast.isFunction(options) || ast.string(options) !== undefined) return true;
  return ast.is(options, 'ObjectExpression') && !/withFileTypes|\.\.\./.test(ast.source(options));
}
