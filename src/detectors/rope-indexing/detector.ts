import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationOf } from '../../engine/analysis/iteration.ts';
import { repeatedRegion } from '../../engine/idioms/repeated-region.ts';
import type { Binding } from '../../engine/scope/scope.ts';

/** Methods that look at single characters: each copies a text that was put together into one piece first. */
const readings = ['charAt', 'charCodeAt', 'codePointAt', 'at'];

export default defineDetector({
  meta: {
    id: 'rope-indexing',
    group: 'growth',
    summary: 'a text grows by `+=` in a loop that also looks at its characters (`s[i]`, `s.charCodeAt(i)`)',
    why:
      'V8 keeps a text that grows by `+=` as a tree of its parts, and copies all of it into one piece when a character is asked for. In a loop ' +
      'that does both, each round copies all that was gathered (measured: 8 times the time at 10 rounds, 79 times at 3,000). booster does not ' +
      'rewrite it: what the loop has to remember instead is for a person to say.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'O(n²)', after: 'O(n)' },
    remedy:
      'keep what is asked for (the last character, a flag) in a variable of its own, or ask the text that the characters come from',
    example: {
      slow: [
        'export function lines(words: string[]) {',
        "  let text = '';",
        '  for (const word of words) {',
        "    if (text[text.length - 1] !== '-') text += ' ';",
        '    text += word;',
        '  }',
        '  return text;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function lines(words: string[]) {',
        "  let text = '';",
        "  let last = '';",
        '  for (const word of words) {',
        "    if (!last.endsWith('-')) text += ' ';",
        '    text += word;',
        '    last = word;',
        '  }',
        '  return text;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The variable is not known to be a text (a literal, an annotation).',
      'It is made or set anew in the loop: it stays short.',
      'The characters are asked for in another loop than the text grows in, or where the loop is left.',
      'The loop has a handful of rounds that are written out.',
    ],
  },
  triggers: ['+=', '+'],
  find(ctx) {
    const seen = new Set<string>();
    for (const node of ctx.ast.ofKind('AssignmentExpression')) {
      const binding = ctx.scope.bindingOf(ctx.ast.child(node, 'left'));
      const region = repeatedRegion(ctx.ast, node);
      if (binding === undefined || region === none || !appends(ctx, node)) continue;
      const key = `${String(region)} ${binding.name}`;
      if (!seen.has(key)) look(ctx, node, region, binding);
      seen.add(key);
    }
  },
});

/** `s += x`, `s = s + x` */
function appends({ ast, evidence }: DetectorContext, node: number): boolean {
  const target = ast.child(node, 'left');
  if (!evidence.is(target, 'string')) return false;
  if (ast.value(node) === '+=') return true;
  let left = ast.child(node, 'right');
  if (ast.value(node) !== '=' || !ast.is(left, 'BinaryExpression')) return false;
  while (ast.is(left, 'BinaryExpression') && ast.value(left) === '+') left = ast.child(left, 'left');
  return ast.isIdentifier(left, ast.value(target));
}

function look(ctx: DetectorContext, node: number, region: number, binding: Binding): void {
  const { ast } = ctx;
  if (binding.declarations.some((one) => ast.within(one, region)) || iterationOf(ctx, region).isShort) return;
  const uses = binding.references.filter((use) => ast.within(use.node, region));
  const isSetAnew = uses.some(({ write, node: use }) => write && !appends(ctx, ast.parent(use)));
  const read = uses
    .map(({ node: use }) => readOf(ctx, use))
    .find((one) => one !== none && isEachRound(ctx, one, region));
  if (isSetAnew || read === undefined) return;
  ctx.report({
    node: read,
    message: `${binding.name} grows in the same loop: each round copies all of it before ${ast.excerpt(read)} is read`,
    confidence: 'likely',
    confidenceReason: 'the copy is certain, the number of rounds is not known',
    evidence: [
      ...[ctx.evidence.describe(ast.child(node, 'left'))].filter((line) => line !== undefined),
      `${ast.excerpt(node)} makes a tree of both parts`,
      `${binding.name} lives longer than a round and is not set anew in the loop`,
    ],
  });
}

/** `s[i]`, `s.charCodeAt(i)` around a use of `s`, or {@link none}. */
function readOf({ ast, evidence }: DetectorContext, use: number): number {
  const member = ast.parent(use);
  if (!ast.is(member, 'MemberExpression') || ast.field(use) !== 'object' || !evidence.is(use, 'string')) return none;
  if (ast.has(member, 'computed')) {
    return member;
  }
  const call = ast.parent(member);
  return ast.methodCall(call, ...readings)?.object === use ? call : none;
}

/** In the region itself, not in a loop of its own, and not in a statement that leaves the loop. */
function isEachRound({ ast }: DetectorContext, read: number, region: number): boolean {
  if (repeatedRegion(ast, read) !== region) return false;
  for (let at = read; at !== region && at >= 0; at = ast.parent(at)) {
    if (ast.is(at, 'ReturnStatement', 'ThrowStatement')) return false;
    if (ast.is(at, 'BlockStatement') && ast.parent(at) !== region && leaves(ast.list(at, 'body').at(-1) ?? none))
      return false;
  }
  return true;

  function leaves(statement: number): boolean {
    return ast.is(statement, 'ReturnStatement', 'ThrowStatement', 'BreakStatement');
  }
}
