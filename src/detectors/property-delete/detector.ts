import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { isCalledOften, calledFunction } from '../../engine/idioms/repeated-region.ts';
import type { Binding } from '../../engine/scope/scope.ts';

/** Objects of the system: their properties are not what makes a program slow. */
const systemObjects = ['process', 'require', 'globalThis', 'global', 'window', 'self', 'document', 'module', 'exports'];

/** Objects that are no plain ones, or that are dictionaries wherever they come from. */
const hosts =
  /^(?:dataset|env|cache|prototype|global|window|headers|relations|changed|resources|errors|entries|registry)$/i;

/** After these the object is dropped, as a rule. */
const endings = /destroy|dispose|purge|tear_?down|clean_?up|cleanReferences|unload|unmount|release/i;

export default defineDetector({
  meta: {
    id: 'property-delete',
    group: 'waste',
    summary: '`delete o.k` on an object that lives on',
    why:
      'V8 turns an object into a dictionary when a property is deleted that was not the last one added: this and all later reads and writes ' +
      'of that object are looked up by hash (measured: 301 to 394 times the time of setting the property to undefined, 74 to 90 times where ' +
      'it was added last). booster does not rewrite it: a property that is undefined still is a key.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'object becomes a dictionary', after: 'object keeps its shape' },
    remedy:
      'set it to undefined where nobody asks for the keys, take it out in a copy (`const { k, ...rest } = o`: 3.9 times as fast), or keep ' +
      'entries that come and go in a Map',
    example: {
      slow: [
        'export function clean(users: User[]) {',
        '  for (const user of users) delete user.password;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function clean(users: User[]) {',
        '  return users.map(({ password, ...user }) => user);',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The object is a dictionary anyway: entries are put into it or taken out of it under computed keys, or its type says so (Record, an index signature).',
      'It is an array, or an object of the system (process.env, require.cache, globalThis, a prototype).',
      'It is a variable of the function itself, outside of loops, or the function ends the object (`destroy`, `dispose`): it is dropped right after.',
      'It runs once, at the top of a module or in a function without a name, or answers for a proxy (deleteProperty).',
    ],
  },
  triggers: ['delete'],
  find(ctx) {
    const seen = new Set<string>();
    const filled = filledObjects(ctx);
    for (const node of ctx.ast.ofKind('UnaryExpression')) {
      if (ctx.ast.value(node) === 'delete') look(ctx, node, filled, seen);
    }
  },
});

/**
 * @param filled objects that entries are put into under computed keys
 * @param seen objects that were reported, by the function they stand in: once is enough
 */
function look(ctx: DetectorContext, node: number, filled: Filled, seen: Set<string>): void {
  const { ast } = ctx;
  const argument = ast.withoutTypes(ast.child(node, 'argument'));
  const member = ast.is(argument, 'ChainExpression') ? ast.child(argument, 'expression') : argument;
  if (!ast.is(member, 'MemberExpression')) return;
  const object = ast.withoutTypes(ast.child(member, 'object'));
  const reason = livesOn(ctx, node, object);
  if (reason === undefined || isOfSystem(ctx, object) || isNoPlainObject(ctx, object)) return;
  if (isDictionary(ctx, object, filled) || isMeantSo(ctx, node) || !hasFixedKey(ctx, member, object)) return;
  const key = `${String(ast.enclosingFunction(node))} ${ast.source(object)}`;
  if (seen.has(key)) return;
  seen.add(key);
  const loop = iterationsAround(ctx, node).find(({ isShort }) => !isShort);
  const often = loop === undefined ? '' : ', in every round of a loop';
  ctx.report({
    node,
    message: `${ast.excerpt(node)} turns ${ast.excerpt(object)} into a dictionary, unless the property was added last${often}`,
    confidence: 'possible',
    confidenceReason: 'what the object is used for afterwards, and how often, is not known',
    evidence: [reason, 'nothing in the file puts entries into it under computed keys'],
  });
}

/** Why an object is there after the property is deleted; `undefined` when it may be dropped, or is deleted from once. */
function livesOn(ctx: DetectorContext, node: number, object: number): string | undefined {
  const { ast, scope } = ctx;
  const text = ast.excerpt(object);
  const root = rootOf(ctx, object);
  const binding = scope.bindingOf(root);
  const loop = iterationsAround(ctx, node).find(({ isShort }) => !isShort);
  if (loop !== undefined) {
    const isElement = binding !== undefined && loop.items.includes(binding);
    const isOutside = binding?.declarations.every((one) => !ast.within(one, loop.region)) === true;
    if (isElement) return `${text} is an element of what the loop goes over`;
    if (isOutside || ast.is(root, 'ThisExpression')) return `${text} lives longer than a round of the loop`;
  }
  const fn = calledFunction(ast, node);
  if (fn === none || !isCalledOften(ast, fn)) return undefined;
  if (ast.is(root, 'ThisExpression')) return `${text} is there when the method returns`;
  if (binding?.kind === 'parameter') return `${text} is given by the caller`;
  return binding?.fn === none && binding.kind !== 'import' ? `${text} lives as long as the module` : undefined;
}

/** `a` of `a.b.c`, `this` of `this.a`; {@link none} for what is made anew. */
function rootOf({ ast }: DetectorContext, object: number): number {
  let at = object;
  while (ast.is(at, 'MemberExpression')) at = ast.withoutTypes(ast.child(at, 'object'));
  return at;
}

function isOfSystem(ctx: DetectorContext, object: number): boolean {
  const { ast, scope } = ctx;
  const root = rootOf(ctx, object);
  if (ast.isIdentifier(root) && scope.isGlobal(root)) return systemObjects.includes(ast.value(root));
  return false;
}

function isNoPlainObject({ ast, evidence }: DetectorContext, object: number): boolean {
  const name = lastName(object);
  if (hosts.test(name)) return true;
  const type = evidence.shapeOf(object)?.type;
  return type !== undefined && type !== 'object';

  function lastName(at: number): string {
    return ast.value(ast.is(at, 'MemberExpression') ? ast.child(at, 'property') : at);
  }
}

interface Filled {
  readonly bindings: ReadonlySet<Binding>;
  /** Last parts of paths: `entries` of `this.entries[id] = entry`. */
  readonly names: ReadonlySet<string>;
}

/** What `object[key] = value` is done to anywhere in the file. */
function filledObjects({ ast, scope }: DetectorContext): Filled {
  const bindings = new Set<Binding>();
  const names = new Set<string>();
  for (const assignment of ast.ofKind('AssignmentExpression')) {
    const target = ast.child(assignment, 'left');
    if (!ast.is(target, 'MemberExpression') || !ast.has(target, 'computed')) continue;
    const into = ast.withoutTypes(ast.child(target, 'object'));
    const binding = scope.bindingOf(into);
    if (binding !== undefined) bindings.add(binding);
    else if (ast.is(into, 'MemberExpression')) names.add(ast.source(ast.child(into, 'property')));
  }
  return { bindings, names };
}

/** Entries are put into it under computed keys anywhere in the file, or its annotation says that they are. */
function isDictionary({ ast, scope }: DetectorContext, object: number, filled: Filled): boolean {
  const binding = scope.bindingOf(object);
  const annotations = (binding?.declarations ?? []).map((one) => ast.source(ast.child(one, 'typeAnnotation')));
  if (annotations.some((text) => /\bRecord<|\[\s*\w+\s*:|Dict|Map\b/.test(text))) return true;
  if (binding !== undefined) return filled.bindings.has(binding);
  return ast.is(object, 'MemberExpression') && filled.names.has(ast.source(ast.child(object, 'property')));
}

/** `o.k`, `o['k']`; of a copy that was just made (`{ ...o }`), any: what a key from elsewhere is taken out of is a dictionary as a rule. */
function hasFixedKey({ ast, scope }: DetectorContext, member: number, object: number): boolean {
  if (!ast.has(member, 'computed') || ast.string(ast.child(member, 'property')) !== undefined) return true;
  const binding = scope.bindingOf(object);
  const copy = binding === undefined ? none : ast.withoutTypes(scope.initializer(binding));
  if (ast.is(copy, 'ObjectExpression')) return ast.list(copy, 'properties').some((one) => ast.is(one, 'SpreadElement'));
  return ast.is(copy, 'CallExpression') && scope.isGlobalMember(ast.child(copy, 'callee'), 'Object', 'assign');
}

/** A trap of a proxy has to delete what it was asked to; in a method that ends an object it is dropped right after. */
function isMeantSo({ ast }: DetectorContext, node: number): boolean {
  for (let fn = ast.enclosingFunction(node); fn !== none; fn = ast.enclosingFunction(fn)) {
    const parent = ast.parent(fn);
    const name = [ast.child(parent, 'key'), ast.child(fn, 'id'), ast.child(parent, 'id')]
      .map((one) => ast.value(one))
      .join(' ');
    const target = ast.is(parent, 'AssignmentExpression') ? ast.child(ast.child(parent, 'left'), 'property') : none;
    if (/\bdeleteProperty\b/.test(name) || endings.test(name) || endings.test(ast.value(target))) return true;
  }
  return false;
}
