import { replacesTrim } from '../../engine/idioms/replaces-trim.ts';
import type { MethodCall } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'trim-regexp',
    group: 'string',
    summary: "`s.replace(/^\\s+|\\s+$/g, '')` → `s.trim()`; one side → `trimStart()`, `trimEnd()`",
    why:
      'At each white space of the text the expression looks whether the rest of the run reaches the end: for long runs of ' +
      'blanks in the middle that is quadratic. `trim` looks at the ends only. `\\s` and `trim` mean the same characters (ECMA-262: ' +
      'WhiteSpace and LineTerminator).',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2'],
    complexity: { before: 'O(n²) on runs of blanks', after: 'O(n)' },
    example: {
      before: [
        'export function clean(line: string): string {',
        "  return line.replace(/^\\s+|\\s+$/g, '');",
        '}',
        '',
      ].join('\n'),
      after: ['export function clean(line: string): string {', '  return line.trim();', '}', ''].join('\n'),
    },
    stays: [
      'Both sides without the flag `g`: only the first match is taken away.',
      'The flag `m`: it trims every line.',
      'Other characters than `\\s`, such as `[ \\t]`, or something else than an empty text put in their place.',
      'The receiver is known to be something else than a string; where nothing is known about it, level balanced is needed.',
    ],
  },
  triggers: ['replace'],
  find(ctx) {
    const { ast, evidence } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'replace', 'replaceAll');
      const name = method === undefined ? undefined : trimmer(ctx, method);
      if (method === undefined || name === undefined || replacesTrim(ast, call)) continue;
      const shape = evidence.shapeOf(method.object);
      if (shape !== undefined && !evidence.is(method.object, 'string')) continue;
      ctx.report({
        node: call,
        message: `a regular expression takes the white space away; ${name}() looks at the ends only`,
        // an anchored pattern is tried at the beginning only
        ...(name === 'trimStart' ? { complexity: { before: 'O(n) expression', after: 'O(n)' } } : {}),
        tier: shape === undefined ? 'balanced' : 'safe',
        evidence: [evidence.describe(method.object) ?? `assumed that ${ast.excerpt(method.object)} is a string`],
        edits: [{ start: ast.start(ast.child(method.member, 'property')), end: ast.end(call), text: `${name}()` }],
      });
    }
  },
});

const both = /^(?:\^\\s[+*]\|\\s[+*]\$|\\s[+*]\$\|\^\\s[+*])$/;

/** The method that does what `replace(/…/, '')` does, if there is one. */
function trimmer({ ast }: RuleContext, { name, args }: MethodCall): string | undefined {
  const [pattern = -1, replacement = -1, ...rest] = args;
  if (rest.length > 0 || !ast.is(pattern, 'RegExpLiteral') || ast.string(replacement) !== '') return undefined;
  const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/.exec(ast.source(pattern)) ?? [];
  // replaceAll throws without g
  if (!/^[gu]*$/.test(flags) || (name === 'replaceAll' && !flags.includes('g'))) return undefined;
  if (both.test(source)) return flags.includes('g') ? 'trim' : undefined;
  if (/^\^\\s[+*]$/.test(source)) return 'trimStart';
  return /^\\s[+*]\$$/.test(source) ? 'trimEnd' : undefined;
}
