import { type Ast, none } from '../../engine/ast.ts';
import { elementRead } from '../../engine/idioms/element-read.ts';
import { isPlainRead } from '../../engine/idioms/variable-uses.ts';
import { textLength } from '../../engine/analysis/text-length.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineRule({
  meta: {
    id: 'split-limit',
    group: 'early-exit',
    summary: "`s.split(',')[0]` → `s.split(',', 1)[0]`",
    why:
      'The whole text is cut into parts although one of the first is looked at. With a limit, `split` gives exactly the first ' +
      'parts of the same list and stops there; parts beyond the end are undefined both ways. Texts of two or three parts gain ' +
      'nothing, long ones everything: a later part than the first needs level balanced, lines of a text aside.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3'],
    complexity: { before: 'O(length) parts', after: 'the parts that are read' },
    example: {
      before: [
        'export function clientAddress(forwardedFor: string): string {',
        "  const [client] = forwardedFor.split(',');",
        '  return client.trim();',
        '}',
        '',
        'export function thirdColumn(line: string): string | undefined {',
        "  return line.split('\\t')[2];",
        '}',
        '',
      ].join('\n'),
      after: [
        'export function clientAddress(forwardedFor: string): string {',
        "  const [client] = forwardedFor.split(',', 1);",
        '  return client.trim();',
        '}',
        '',
        'export function thirdColumn(line: string): string | undefined {',
        "  return line.split('\\t', 3)[2];",
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The length, the last part, or any part by a computed position is used: the number of parts is not bounded.',
      'Several parts are read (`const [year, month, day] = …`): that is mostly the whole list, and a limit saves nothing.',
      'The list is kept, passed on, iterated or returned; `const [first, ...rest]` takes all parts.',
      'A limit is given already, or the part lies behind the eighth.',
      'A later part than the first is read, and the separator is not one of lines or columns (line feed, tab, comma, semicolon, `|`, from the third word on a blank): a key or a path has no more parts than that.',
      'The separator is not known to be a string or a regular expression: an object may bring its own `Symbol.split`.',
      'The text is a literal or a property name: V8 remembers how it split those, but only without a limit.',
      'The receiver is known to be something else than a string; where nothing is known about it, level balanced is needed.',
    ],
    breakEven: 5,
  },
  triggers: ['split'],
  find(ctx) {
    for (const call of ctx.ast.ofKind('CallExpression')) {
      const split = splitCall(ctx.ast, call);
      if (split === undefined) continue;
      const part = usedPart(ctx, call);
      if (part === undefined || part.index >= largestLimit) continue;
      if (part.index > 0 && !separatesMany(ctx.ast, split.separator, part.index)) continue;
      report(ctx, split, part);
    }
  },
});

/** So far back, most of the text is cut anyway. */
const largestLimit = 8;

interface SplitCall {
  readonly call: number;
  readonly receiver: number;
  readonly separator: number;
}

/** `receiver.split(separator)`, also in an optional chain: only an argument is added to it. */
function splitCall(ast: Ast, call: number): SplitCall | undefined {
  const member = ast.child(call, 'callee');
  if (
    !ast.is(member, 'MemberExpression') ||
    ast.has(member, 'computed') ||
    !ast.isIdentifier(ast.child(member, 'property'), 'split')
  )
    return undefined;
  const [separator, ...rest] = ast.list(call, 'arguments');
  if (separator === undefined || rest.length > 0 || ast.is(separator, 'SpreadElement')) return undefined;
  return { call, receiver: ast.child(member, 'object'), separator };
}

/** The one part that the code looks at. */
interface UsedPart {
  readonly index: number;
  /** The variable that holds the parts, when there is one. */
  readonly binding?: Binding;
}

function usedPart(ctx: RuleContext, call: number): UsedPart | undefined {
  const { ast } = ctx;
  const parent = ast.parent(call);
  const direct = partOf(ast, call);
  if (direct !== undefined) return { index: direct };
  const isDeclared = ast.is(parent, 'VariableDeclarator');
  const isAssigned =
    ast.is(parent, 'AssignmentExpression') &&
    ast.value(parent) === '=' &&
    ast.field(call) === 'right' &&
    ast.is(ast.parent(parent), 'ExpressionStatement');
  if (!isDeclared && !isAssigned) return undefined;
  const target = ast.child(parent, isDeclared ? 'id' : 'left');
  if (ast.is(target, 'ArrayPattern')) return partOfPattern(ast, target);
  return isDeclared && ast.isIdentifier(target) ? partOfVariable(ctx, target) : undefined;
}

/** Position of the one part that the code around a list takes out of it. */
function partOf(ast: Ast, list: number): number | undefined {
  const parent = ast.parent(list);
  // in a chain the read may be optional as well: `s?.split(',')?.[0]`
  if (ast.is(parent, 'MemberExpression') && ast.field(list) === 'object' && ast.has(parent, 'computed'))
    return literalIndex(ast, parent);
  const read = ast.field(parent) === 'callee' ? elementRead(ast, ast.parent(parent)) : undefined;
  return read?.object === list && read.index >= 0 ? read.index : undefined;
}

function literalIndex(ast: Ast, member: number): number | undefined {
  const index = ast.number(ast.child(member, 'property'));
  return index !== undefined &&
    Number.isInteger(index) &&
    index >= 0 &&
    !Object.is(index, -0) &&
    isPlainRead(ast, member)
    ? index
    : undefined;
}

/** `[, second]`; two names are mostly all that there is, and a rest element takes all. */
function partOfPattern(ast: Ast, pattern: number): UsedPart | undefined {
  const elements = ast.list(pattern, 'elements');
  const named = elements.filter((element) => !ast.is(element, 'Hole'));
  const [only, ...others] = named;
  return only === undefined || others.length > 0 || ast.is(only, 'RestElement')
    ? undefined
    : { index: elements.length - 1 };
}

/** A variable whose every use reads the same part: the list itself never leaves. */
function partOfVariable({ ast, scope }: RuleContext, name: number): UsedPart | undefined {
  const binding = scope.bindingOf(name);
  if (
    binding === undefined ||
    binding.exported ||
    binding.declarations.length > 1 ||
    scope.isReassigned(binding) ||
    isVisibleElsewhere(ast, binding)
  )
    return undefined;
  const indexes = binding.references
    .filter((reference) => !reference.init)
    .map(({ node }) => {
      const member = ast.parent(node);
      return ast.is(member, 'MemberExpression') && ast.field(node) === 'object' && ast.has(member, 'computed')
        ? literalIndex(ast, member)
        : undefined;
    });
  const [index] = indexes;
  return index !== undefined && indexes.every((other) => other === index) ? { index, binding } : undefined;
}

/** A `var` at the top of a script is a property of the global object: other scripts may read it. */
function isVisibleElsewhere(ast: Ast, binding: Binding): boolean {
  return (
    binding.kind === 'var' &&
    binding.fn === none &&
    !['ImportDeclaration', 'ExportNamedDeclaration', 'ExportDefaultDeclaration', 'ExportAllDeclaration'].some(
      (kind) => ast.ofKind(kind).length > 0,
    )
  );
}

function report(ctx: RuleContext, { call, receiver, separator }: SplitCall, part: UsedPart): void {
  const { ast, evidence } = ctx;
  const shape = evidence.shapeOf(receiver);
  // in `s?.split(',')` the rest is not evaluated for null, so a string that may be absent is as good as a string
  const isString =
    shape?.type === 'string' && (shape.nullish !== true || ast.has(ast.child(call, 'callee'), 'optional'));
  if (shape !== undefined && (!isString || isRemembered(ast, receiver, shape.why))) return;
  const limit = part.index + 1;
  const isWorthwhile = part.index === 0 || separatesLines(ast, separator);
  const missing = missingEvidence(ctx, call, separator);
  const end = ast.end(separator);
  ctx.report({
    node: call,
    message: `the whole text is split, but only ${limit === 1 ? 'the first part' : `part ${String(limit)}`} is looked at; a limit of ${String(limit)} stops there`,
    tier: isString && isWorthwhile ? 'safe' : 'balanced',
    evidence: [
      evidence.describe(receiver) ?? `assumed that ${ast.excerpt(receiver)} is a string`,
      ...(isWorthwhile ? [] : ['assumed that it has many more parts than that']),
    ],
    ...(part.binding === undefined ? {} : { relies: [part.binding] }),
    ...(hasManyParts(ctx, receiver, separator) && !/^(?:args|params)$/.test(part.binding?.name ?? '')
      ? {}
      : {
          doubt:
            'a name, a path, a key or a stack trace has few parts, and cutting those costs little; nothing says that these are more',
        }),
    ...(missing === undefined ? { edits: [{ start: end, end, text: `, ${String(limit)}` }] } : { blockedBy: missing }),
  });
}

/** Lines and columns; a stack trace has ten lines. */
function hasManyParts(tools: RuleContext, receiver: number, separator: number): boolean {
  const { ast } = tools;
  const isShort = textLength(tools, receiver) === 'short';
  const isWords = /^(?: +|\/(?: |\\s)[+*]?\/[a-z]*)$/.test(ast.string(separator) ?? ast.source(separator));
  // how often a separator that is put together occurs is not known
  const isKnown = ast.is(separator, 'RegExpLiteral') || ast.string(separator) !== undefined;
  // what stands behind a comment sign is one part
  const isComment = ast.is(separator, 'RegExpLiteral') && ast.source(separator).includes('#');
  return isKnown && !isShort && !isComment && !isWords && separatesMany(ast, separator, 0);
}

/** Lines and columns are many; a key, a path or a date has just the parts that are read, and a limit then costs more than it saves. */
function separatesMany(ast: Ast, separator: number, index: number): boolean {
  const isWordSeparator = ast.is(separator, 'RegExpLiteral')
    ? /\\s| /.test(ast.source(separator))
    : /^ +$/.test(ast.string(separator) ?? '');
  if (isWordSeparator && index > 1) return true;
  if (ast.is(separator, 'RegExpLiteral')) return /\\[nt]|[,;|]/.test(ast.source(separator).replace(/\{\d*,\d*\}/g, ''));
  const text = ast.string(separator);
  return text === undefined || text === '' || /[\n\t,;|]/.test(text);
}

/** A text has many lines, where it may have just two words: whoever reads the second of those loses up to 0.3× (measured). */
function separatesLines(ast: Ast, separator: number): boolean {
  return ast.is(separator, 'RegExpLiteral')
    ? /\\n/.test(ast.source(separator))
    : /\n/.test(ast.string(separator) ?? '');
}

/**
 * V8 keeps the results of unlimited splits of internalised strings (literals, property names) in a table of 256; a limit
 * goes past it: 0.3–0.6× measured on Node 20.
 */
function isRemembered(ast: Ast, receiver: number, why: string): boolean {
  return ast.is(receiver, 'StringLiteral') || why === 'for-in key';
}

function missingEvidence({ ast, evidence }: RuleContext, call: number, separator: number): string | undefined {
  if (!evidence.is(separator, 'string', 'regexp'))
    return `the separator ${ast.excerpt(separator)} is not known to be a string or a regular expression: annotate it`;
  // the limit is put straight behind the separator, which must not stand in parentheses of its own
  const behind = ast.text.slice(ast.end(separator), ast.end(call));
  return behind.indexOf(')') === behind.length - 1 ? undefined : 'the separator stands in parentheses';
}
