import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { moduleName } from '../../engine/analysis/module-names.ts';
import { requestHandler } from '../../engine/analysis/request-handler.ts';

export default defineDetector({
  meta: {
    id: 'parse-in-handler',
    group: 'blocking',
    summary: 'each request reads a file and parses all of it with `JSON.parse`',
    why:
      '`JSON.parse` holds the thread for about 10 ms per megabyte, and each request pays for it again. booster does not rewrite it: when the ' +
      'file is to be read again is for a person to say.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'O(size of the file) a request, on the thread', after: 'O(1) a request' },
    remedy: 'read and parse it once, again when it changes, or keep what is asked for in a form that can be looked up',
    example: {
      slow: [
        "import { createServer } from 'node:http';",
        "import { readFile } from 'node:fs/promises';",
        'createServer(async (req, res) => {',
        "  const pages = JSON.parse(await readFile('pages.json', 'utf8'));",
        "  res.end(pages[req.url ?? '']);",
        '}).listen(80);',
        '',
      ].join('\n'),
      better: [
        "import { createServer } from 'node:http';",
        "import { readFile } from 'node:fs/promises';",
        "const pages = JSON.parse(await readFile('pages.json', 'utf8'));",
        "createServer((req, res) => { res.end(pages[req.url ?? '']); }).listen(80);",
        '',
      ].join('\n'),
    },
    quiet: [
      'It runs elsewhere than in a request handler.',
      'What is parsed is no file by its text: a body, a message, an answer.',
    ],
  },
  triggers: ['JSON.parse'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      if (!scope.isGlobalMember(ast.child(call, 'callee'), 'JSON', 'parse')) continue;
      const handler = requestHandler(ast, call);
      const read = handler === none ? undefined : readIn(ctx, ast.child(call, 'arguments'));
      if (read === undefined) continue;
      ctx.report({
        node: call,
        message: `each request reads ${read} and parses all of it`,
        confidence: 'likely',
        confidenceReason:
          'the function takes requests by how it is registered, or by its parameters; the size of the file is not known',
        evidence: ['it runs in a request handler', `what is parsed comes from ${read}`],
      });
    }
  },
});

/** The read that an expression, or a variable in it, holds. */
function readIn(ctx: DetectorContext, argument: number): string | undefined {
  const { ast, scope } = ctx;
  const bindings = ast.ofKindWithin('Identifier', argument).map((node) => scope.bindingOf(node));
  const values = bindings.map((one) => (one === undefined || scope.isReassigned(one) ? none : scope.initializer(one)));
  for (const value of [argument, ...values]) {
    const calls = value === none ? [] : ast.ofKindWithin('CallExpression', value);
    const read = calls.find((call) => isRead(ctx, ast.child(call, 'callee')));
    if (read !== undefined) return ast.excerpt(ast.child(read, 'arguments'));
  }
  return undefined;
}

function isRead(ctx: DetectorContext, callee: number): boolean {
  const target = moduleName(ctx, callee);
  if (target?.module !== 'fs' && target?.module !== 'fs/promises') return false;
  return target.name === 'readFile' || target.name === 'readFileSync';
}
