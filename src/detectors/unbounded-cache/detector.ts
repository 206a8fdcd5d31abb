import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { requestHandler } from '../../engine/analysis/request-handler.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineDetector({
  meta: {
    id: 'unbounded-cache',
    group: 'memory',
    summary:
      'a Map, Set or object of a module that a function fills and asks by its arguments, or a list that requests fill, and that nothing ever empties',
    why:
      'Each new argument stays in memory for as long as the process lives. Where the arguments come from outside (users, files, texts), ' +
      'memory grows without an end. booster does not bound it: how much may be kept is for a person to say.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'memory of all keys ever seen', after: 'memory of a fixed number of keys' },
    remedy: 'bound it (drop the oldest key at a size), key it by objects in a WeakMap, or clear it where the work ends',
    example: {
      slow: [
        'const cache = new Map<string, Page>();',
        'export function page(url: string): Page {',
        '  let found = cache.get(url);',
        '  if (found === undefined) {',
        '    found = render(url);',
        '    cache.set(url, found);',
        '  }',
        '  return found;',
        '}',
        '',
      ].join('\n'),
      better: [
        'const cache = new Map<string, Page>();',
        'export function page(url: string): Page {',
        '  let found = cache.get(url);',
        '  if (found === undefined) {',
        '    found = render(url);',
        '    if (cache.size >= 1000) cache.clear();',
        '    cache.set(url, found);',
        '  }',
        '  return found;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'It is exported, handed to other code, or asked for its size, deleted from or cleared anywhere in the file.',
      'No function both asks it and fills it with one of its own parameters as the key: it is a registry, not a cache.',
      'It is a WeakMap, or made anew in a function.',
      'A list is filled elsewhere than in request handlers (plugins, handlers), or anything else is done with it than reading.',
    ],
  },
  triggers: ['Map', 'Set', '{}', '[]', 'null'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const declarator of ast.ofKind('VariableDeclarator')) {
      const node = ast.withoutTypes(ast.child(declarator, 'init'));
      const usesOf = readersOf(ctx, node);
      const binding = scope.bindingOf(ast.child(declarator, 'id'));
      if (usesOf === undefined || binding === undefined || ast.enclosingFunction(declarator) !== none) continue;
      if (!binding.exported && !scope.isReassigned(binding)) look(ctx, node, binding, usesOf);
    }
  },
});

/** What a use does to a container; `other` when it could bound it, or hand it to somebody who does. */
interface Use {
  readonly does: 'ask' | 'fill' | 'both' | 'other';
  readonly key: number;
}

type ReadUse = (ctx: DetectorContext, use: number) => Use;

/** How a fresh container is used, by what it is; `undefined` for anything else. */
function readersOf({ ast, scope }: DetectorContext, node: number): ReadUse | undefined {
  if (node === none) return undefined;
  if (ast.is(node, 'NewExpression') && ast.list(node, 'arguments').length === 0) {
    const callee = ast.child(node, 'callee');
    if (scope.isGlobal(callee, 'Map')) return readMethod(['get', 'has'], 'set');
    return scope.isGlobal(callee, 'Set') ? readMethod(['has'], 'add') : undefined;
  }
  const isEmptyObject = ast.is(node, 'ObjectExpression') && ast.list(node, 'properties').length === 0;
  const isBare = ast.is(node, 'CallExpression') && scope.isGlobalMember(ast.child(node, 'callee'), 'Object', 'create');
  if (isEmptyObject || isBare) return readElement;
  return ast.is(node, 'ArrayExpression') && ast.list(node, 'elements').length === 0 ? readList : undefined;
}

function readMethod(asking: readonly string[], filling: string): ReadUse {
  return ({ ast }, use) => {
    const method = ast.methodCall(ast.parent(ast.parent(use)));
    const key = method?.args[0] ?? none;
    // handed on, iterated, measured: somebody may bound it
    if (method?.object !== use) return { does: 'other', key };
    return { does: asking.includes(method.name) ? 'ask' : method.name === filling ? 'fill' : 'other', key };
  };
}

/** `cache[key]` and `cache[key] = value` */
function readElement({ ast, scope }: DetectorContext, use: number): Use {
  const member = ast.parent(use);
  const key = ast.child(member, 'property');
  const isElement = ast.is(member, 'MemberExpression') && ast.has(member, 'computed') && ast.field(use) === 'object';
  const parent = ast.parent(member);
  if (!isElement) {
    const call = ast.is(parent, 'CallExpression') ? parent : none;
    const isAsked = call !== none && scope.isGlobalMember(ast.child(call, 'callee'), 'Object', 'hasOwn');
    const isIn = ast.is(member, 'BinaryExpression') && ast.value(member) === 'in' && ast.field(use) === 'right';
    return { does: isAsked || isIn ? 'ask' : 'other', key };
  }
  if (ast.is(parent, 'AssignmentExpression') && ast.field(member) === 'left')
    return { does: ast.value(parent) === '=' ? 'fill' : 'both', key };
  return { does: ast.is(parent, 'UnaryExpression', 'UpdateExpression') ? 'other' : 'ask', key };
}

/** A list that requests are put into: asked is what only reads it. */
function readList({ ast }: DetectorContext, use: number): Use {
  const method = ast.methodCall(ast.parent(ast.parent(use)));
  const key = method?.args[0] ?? none;
  if (method?.object === use) {
    const reading = ['map', 'filter', 'find', 'some', 'every', 'includes', 'join', 'forEach', 'at', 'slice'];
    return { does: method.name === 'push' ? 'fill' : reading.includes(method.name) ? 'ask' : 'other', key };
  }
  return { does: 'other', key };
}

function look(ctx: DetectorContext, node: number, binding: Binding, readUse: ReadUse): void {
  const { ast } = ctx;
  const asks = new Set<number>();
  const fills: { readonly fn: number; readonly key: number; readonly node: number }[] = [];
  for (const use of binding.references) {
    if (use.init) continue;
    const { does, key } = readUse(ctx, use.node);
    if (does === 'other') return;
    if (does !== 'fill') asks.add(use.fn);
    if (does !== 'ask') fills.push({ fn: use.fn, key, node: use.node });
  }
  if (readUse === readList) {
    const fill = fills.find((one) => requestHandler(ast, one.node) !== none);
    if (fill !== undefined) report(ctx, node, `${binding.name} grows with each request`, binding, fill.key);
    return;
  }
  const fill = fills.find(({ fn, key }) => asks.has(fn) && fn !== none && isOwnArgument(ctx, key, fn));
  if (fill === undefined) return;
  const message = `${binding.name} keeps an entry for every ${ast.excerpt(fill.key)} that was ever asked for`;
  report(ctx, node, message, binding, fill.key);
}

function report(ctx: DetectorContext, node: number, message: string, { name }: Binding, key: number): void {
  const isList = ctx.ast.is(node, 'ArrayExpression');
  ctx.report({
    node,
    message,
    confidence: 'likely',
    confidenceReason: isList
      ? 'nothing in the file takes anything out; the function takes requests by how it is registered, or by its parameters'
      : 'nothing in the file bounds it; how many different keys there are is not known',
    evidence: [
      `${name} lives as long as the module`,
      isList
        ? `${ctx.ast.excerpt(key)} is put into it in a request handler`
        : `it is filled under ${ctx.ast.excerpt(key)}, an argument`,
      'nothing deletes, clears or measures it',
    ],
  });
}

/** Made of the parameters of the function. A key of objects (classes, nodes) is bounded by those more often than not. */
function isOwnArgument({ ast, scope, evidence }: DetectorContext, key: number, fn: number): boolean {
  if (ast.is(key, 'TemplateLiteral')) return ast.ofKindWithin('Identifier', key).some((one) => isParameter(one));
  return isParameter(key) && evidence.is(key, 'string', 'number');

  function isParameter(node: number): boolean {
    const binding = scope.bindingOf(node);
    return binding?.kind === 'parameter' && binding.fn === fn && !isOneOfSome(node);
  }

  /** `'flac' | 'opus'`, `boolean`: as many keys as there are names. */
  function isOneOfSome(node: number): boolean {
    const [declaration = none] = scope.bindingOf(node)?.declarations ?? [];
    const annotation = ast.source(ast.child(declaration, 'typeAnnotation')).replace(/^:\s*/, '');
    const alias = ast.ofKind('TSTypeAliasDeclaration').find((one) => ast.value(ast.child(one, 'id')) === annotation);
    const type = alias === undefined ? annotation : ast.source(ast.child(alias, 'typeAnnotation'));
    return oneOfSome.test(type);
  }
}

const oneOfSome = /^(?:boolean|['"][^'"]*['"](?:\s*\|\s*['"][^'"]*['"])*)$/;
