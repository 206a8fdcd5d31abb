import type { Ast, MethodCall } from '../../engine/ast.ts';
import { type ElementRead, elementRead, nonNullMark } from '../../engine/idioms/element-read.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'slice-index',
    group: 'early-exit',
    summary: '`xs.slice(-1)[0]`, `[...xs].reverse()[0]` → `xs.at(-1)`; `xs.slice(2)[0]` → `xs[2]`',
    why:
      'A part or the whole of an array or string is copied, perhaps reversed, to take one element of the copy. The element can be read from ' +
      'where it is: the value is the same, also undefined when there is no such element and for holes. In TypeScript ' +
      '`xs[0]` has the type `T` and `at` gives `T | undefined`: a `!` keeps the type where the place needs it.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A3'],
    complexity: { before: 'O(n) copy', after: 'O(1)' },
    example: {
      before: [
        'export function extensionOf(path: string): string {',
        "  const name = path.split('/').slice(-1)[0];",
        "  return name.includes('.') ? name.split('.').reverse()[0] : '';",
        '}',
        '',
        'export function latest(versions: string[]): string | undefined {',
        '  return [...versions].reverse()[0];',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function extensionOf(path: string): string {',
        "  const name = path.split('/').at(-1)!;",
        "  return name.includes('.') ? name.split('.').reverse()[0] : '';",
        '}',
        '',
        'export function latest(versions: string[]): string | undefined {',
        '  return versions.at(-1);',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The receiver is not known to be an array or a string: typed arrays, buffers, `arguments` and own classes differ.',
      '`xs.slice(-2)[0]`: with a single element it is that one, where `xs.at(-2)` is undefined.',
      'The position is not a literal: a negative one would count from the other end of something else.',
      '`[...text].reverse()[0]`: a string spreads into code points, `at` counts UTF-16 units.',
      '`xs.reverse()[0]` without a copy: it also reverses the array itself.',
      'The element is written, deleted or called (`fns.slice(-1)[0]()` passes the copy as `this`).',
      'The copy is kept in a variable.',
    ],
  },
  triggers: ['slice', 'everse'],
  find(ctx) {
    const { ast } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'slice', 'reverse', 'toReversed');
      if (method === undefined) continue;
      const node = ast.field(ast.parent(call)) === 'callee' ? ast.parent(ast.parent(call)) : ast.parent(call);
      const read = elementRead(ast, node);
      if (read?.object !== call) continue;
      const source = method.name === 'slice' ? ofSlice(ctx, method, read) : ofReversal(ctx, method, read);
      if (source !== undefined) report(ctx, node, read, source);
    }
  },
});

/** Where the element lies in the original: `holder` as a call of `call` or by a position, counted from the end when negative. */
interface Source {
  readonly holder: number;
  readonly types: readonly ('array' | 'string')[];
  /** The method call whose receiver is `holder`; absent for `[...holder]`. */
  readonly method?: MethodCall;
  readonly position: number;
  /** Nothing else is copied. */
  readonly isLastAlone?: true;
}

/** `xs.slice(from, to)[index]` with literals that say which element of `xs` it is, whatever the length. */
function ofSlice({ ast }: RuleContext, method: MethodCall, read: ElementRead): Source | undefined {
  const bounds = method.args.map((argument) => ast.number(argument));
  const [from = 0, to = Infinity, ...rest] = bounds;
  if (
    rest.length > 0 ||
    bounds.some((bound) => bound === undefined || !Number.isInteger(bound) || Object.is(bound, -0))
  )
    return undefined;
  // strings have neither pop() nor shift(): where those are called, the code expects an array
  const types = read.form === 'pop' || read.form === 'shift' ? (['array'] as const) : (['array', 'string'] as const);
  const source = { holder: method.object, types, method };
  // the last element alone, from whichever end it is taken
  if (from === -1 && to === Infinity && (read.index === 0 || read.index === -1))
    return { ...source, position: -1, isLastAlone: true };
  // a slice from further back starts at 0 in a shorter array; an end shorter than that moves with the length
  const isInside = from >= 0 && to >= 0 && read.index >= 0 && from + read.index < to;
  return isInside ? { ...source, position: from + read.index } : undefined;
}

/** `[...xs].reverse()[index]`, `xs.slice().reverse()[index]`, `xs.toReversed()[index]`. */
function ofReversal({ ast }: RuleContext, method: MethodCall, read: ElementRead): Source | undefined {
  if (method.args.length > 0 || read.index < 0) return undefined;
  const types = ['array'] as const;
  const position = -1 - read.index;
  if (method.name === 'toReversed') return { holder: method.object, types, method, position };
  const copy = ast.methodCall(method.object, 'slice');
  if (copy?.args.length === 0) return { holder: copy.object, types, method: copy, position };
  const [element, ...others] = ast.list(method.object, 'elements');
  if (
    !ast.is(method.object, 'ArrayExpression') ||
    element === undefined ||
    others.length > 0 ||
    !ast.is(element, 'SpreadElement')
  )
    return undefined;
  return { holder: ast.child(element, 'argument'), types, position };
}

function report(ctx: RuleContext, node: number, read: ElementRead, source: Source): void {
  const { ast, evidence, rewrite } = ctx;
  const shape = evidence.shapeOf(source.holder);
  if (shape !== undefined && !source.types.some((type) => type === shape.type)) return;
  const isProven = evidence.is(source.holder, ...source.types);
  const edit = isProven ? rewrite.replace(node, rewritten(ctx, node, read, source), 'call') : undefined;
  const missing = isProven
    ? 'the code around it leaves no room for the rewrite'
    : `${ast.excerpt(source.holder)} is not known to be ${source.types.length > 1 ? 'an array or a string' : 'an array'}: annotate it or check it first`;
  ctx.report({
    node,
    message: `a copy is made to take one element of it; ${source.position < 0 ? `at(${String(source.position)})` : `[${String(source.position)}]`} reads it in place`,
    evidence: [evidence.describe(source.holder)].filter((line) => line !== undefined),
    // `slice(-1)` copies that one alone
    ...(source.isLastAlone === true ? { complexity: { before: 'an array of one element', after: 'no array' } } : {}),
    ...(edit === undefined ? { blockedBy: missing } : { edits: [edit] }),
  });
}

function rewritten(ctx: RuleContext, node: number, read: ElementRead, { holder, method, position }: Source): string {
  const { ast, rewrite } = ctx;
  const receiver = method === undefined ? rewrite.operand(holder, 'call') : receiverSource(ast, method);
  if (position >= 0) return `${receiver.replace(/\s*\.\s*$/, '')}[${String(position)}]`;
  const mark = read.form === 'index' ? nonNullMark(ctx, node) : '';
  const [argument, ...others] = method?.args ?? [];
  // `slice( -1 )` keeps its argument as it is spaced
  if (method !== undefined && others.length === 0 && argument !== undefined && ast.number(argument) === position) {
    return `${receiver}at${ast.text.slice(ast.end(ast.child(method.member, 'property')), ast.end(method.call))}${mark}`;
  }
  return `${receiver}${method === undefined ? '.' : ''}at(${String(position)})${mark}`;
}

/** The receiver as written, with its parentheses, line breaks and the dot. */
function receiverSource(ast: Ast, { call, member }: MethodCall): string {
  return ast.text.slice(ast.start(call), ast.start(ast.child(member, 'property')));
}
