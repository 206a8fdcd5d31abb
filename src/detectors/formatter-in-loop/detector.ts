import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';

/** Methods that look up or build a formatter of Intl for their arguments each time. */
const methods: Readonly<Record<string, string>> = {
  toLocaleDateString: 'Intl.DateTimeFormat',
  toLocaleTimeString: 'Intl.DateTimeFormat',
  toLocaleString: 'Intl.NumberFormat or Intl.DateTimeFormat',
};

export default defineDetector({
  meta: {
    id: 'formatter-in-loop',
    group: 'waste',
    summary: '`toLocaleString` and its like with options, in every round of a loop',
    why:
      'Each call with options builds a formatter, which takes many times as long as formatting. One formatter made before the loop does for ' +
      'all rounds. booster does not rewrite it: `toLocaleString` means different formatters for numbers and dates.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'n formatters', after: '1 formatter' },
    remedy:
      'make one Intl.NumberFormat or Intl.DateTimeFormat with these arguments before the loop, and call its format()',
    example: {
      slow: [
        'export const labels = (days: Date[]) =>',
        "  days.map((day) => day.toLocaleDateString('en', { weekday: 'long' }));",
        '',
      ].join('\n'),
      better: [
        'export function labels(days: Date[]) {',
        "  const format = new Intl.DateTimeFormat('en', { weekday: 'long' });",
        '  return days.map((day) => format.format(day));',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'No options are given: V8 keeps the formatter of the last locale.',
      'The options are no object literal: the method may be another one of that name.',
      'The loop has a handful of rounds that are written out.',
    ],
  },
  triggers: ['toLocale'],
  find(ctx) {
    for (const call of ctx.ast.ofKind('CallExpression')) look(ctx, call);
  },
});

function look(ctx: DetectorContext, call: number): void {
  const { ast } = ctx;
  const method = ast.methodCall(call, ...Object.keys(methods));
  const [, options = none] = method?.args ?? [];
  if (method === undefined || !ast.is(options, 'ObjectExpression') || ast.list(options, 'properties').length === 0)
    return;
  const loop = iterationsAround(ctx, call).find(({ isShort }) => !isShort);
  if (loop === undefined) return;
  ctx.report({
    node: call,
    message: `${method.name}() builds a formatter in every round; one ${methods[method.name] ?? ''} does for all`,
    confidence: 'likely',
    confidenceReason: 'the options are given each time; the number of rounds is not known',
    evidence: ['it is called with options', 'it runs in every round of a loop'],
  });
}
