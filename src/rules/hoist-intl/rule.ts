import { none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { hoistValue, holdLazily, moveDeclaration } from '../../engine/rewriting/hoist-edits.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { type Construction, readConstruction } from './construction.ts';

export default defineRule({
  meta: {
    id: 'hoist-intl',
    group: 'loop-invariant',
    summary: '`new Intl.NumberFormat(…)` in a loop, a callback or a function → made once',
    why:
      'Building a formatter looks up locale data and costs 10 to 100 times what formatting a value costs. Its settings are fixed when it ' +
      'is built, so one does for all rounds. Arguments that certainly do not throw go before the loop; others, and those of ' +
      'branches, are built where they are first needed (`??=`), so that an error is thrown where it was thrown before. In a function ' +
      'without a loop, one formatter for all calls needs level balanced: it keeps the time zone that was set when it was built.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2', 'A5'],
    complexity: { before: 'n formatters', after: '1 formatter' },
    example: {
      before: [
        'export function priceList(prices: number[], locale: string): string[] {',
        '  const rows: string[] = [];',
        '  for (const price of prices) {',
        "    const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'EUR' });",
        '    rows.push(`${money.format(price)} (${new Intl.NumberFormat(locale).format(price)})`);',
        '  }',
        '  return rows;',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function priceList(prices: number[], locale: string): string[] {',
        '  const rows: string[] = [];',
        "  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'EUR' });",
        '  let numberFormat: Intl.NumberFormat | undefined;',
        '  for (const price of prices) {',
        '    rows.push(`${money.format(price)} (${(numberFormat ??= new Intl.NumberFormat(locale)).format(price)})`);',
        '  }',
        '  return rows;',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The locale or an option depends on a variable of the loop, or on one that is written while the loop runs.',
      'An argument comes from a call or a property (`getLocale()`, `this.locale`): it may give something else in the next round.',
      'The formatter is stored, returned or passed on: somebody could keep it, or cache it already.',
      'It is built outside of the loop that uses it, or held with `??=`: somebody has done the work.',
      'The function around it runs once: top level of a module, a constructor, a callback of unknown use.',
      'The file sets the time zone (`process.env.TZ`), and a `DateTimeFormat` names none.',
      '`Intl.Locale`: it is data, and mostly differs from round to round.',
      'Variables at the top of a classic script would be shared with other scripts.',
    ],
    breakEven: 2,
    breakEvenOf: 'rounds',
  },
  triggers: ['Intl'],
  find(ctx) {
    const constructions = [...ctx.ast.ofKind('NewExpression'), ...ctx.ast.ofKind('CallExpression')]
      .sort((a, b) => a - b)
      .map((node) => readConstruction(ctx, node))
      .filter((construction) => construction !== undefined);
    for (const alike of groupAlike(ctx, constructions)) report(ctx, alike);
  },
});

/** The same formatter, built several times where one variable can serve all. */
function groupAlike({ patterns }: RuleContext, constructions: readonly Construction[]): Construction[][] {
  const groups: Construction[][] = [];
  for (const one of constructions) {
    const group = groups.find(
      ([first]) => first !== undefined && isAlike(first, one) && patterns.isSameCode(first.node, one.node),
    );
    if (group === undefined) groups.push([one]);
    else group.push(one);
  }
  return groups;
}

function isAlike(a: Construction, b: Construction): boolean {
  const hasRoom = a.statement !== none && a.blockedBy === undefined && b.blockedBy === undefined;
  return hasRoom && a.statement === b.statement && a.form === b.form && a.form !== 'move';
}

function report(ctx: RuleContext, alike: readonly Construction[]): void {
  const [first] = alike;
  if (first === undefined) return;
  const { className, node, span, tier, evidence, blockedBy } = first;
  const edits = blockedBy === undefined ? rewritten(ctx, alike, first) : undefined;
  ctx.report({
    node,
    message: `an Intl.${className} is built for every ${span === 'function' ? 'call of the function' : 'round'}; one does for all`,
    tier,
    evidence,
    relies: alike.flatMap(({ relies }) => relies),
    ...(edits === undefined
      ? { blockedBy: blockedBy ?? 'the code around it leaves no room for the rewrite' }
      : { edits }),
  });
}

function rewritten(
  ctx: RuleContext,
  alike: readonly Construction[],
  { className, form, statement, node }: Construction,
): Edit[] | undefined {
  const holder = { wish: className.charAt(0).toLowerCase() + className.slice(1), type: `Intl.${className}`, statement };
  const nodes = alike.map((one) => one.node);
  if (form === 'lazy') return holdLazily(ctx, nodes, holder);
  const moved = form === 'move' ? moveDeclaration(ctx, ctx.ast.statement(node), statement) : undefined;
  return moved ?? hoistValue(ctx, nodes, holder);
}
