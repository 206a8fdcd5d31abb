import { none } from '../../engine/ast.ts';
import type { RuleContext } from '../../engine/rule.ts';

/** Values that an option accepts: listed, by form, or a range of integers. */
type Accepted = readonly unknown[] | RegExp | { readonly from: number; readonly to: number };

const widths = ['long', 'short', 'narrow'];
const numbers = ['numeric', '2-digit'];
const styles = ['full', 'long', 'medium', 'short'];
const truth = [true, false];

/**
 * What every version of Node that booster supports accepts. A table, and not a trial: the first use of Intl costs booster 12 ms, and
 * the version that runs booster need not be the one that runs the code.
 */
const acceptedOptions: Readonly<Record<string, Readonly<Record<string, Accepted>>>> = {
  NumberFormat: {
    style: ['decimal', 'percent', 'currency'],
    currency: /^[A-Za-z]{3}$/,
    currencyDisplay: ['symbol', 'narrowSymbol', 'code', 'name'],
    currencySign: ['standard', 'accounting'],
    notation: ['standard', 'scientific', 'engineering', 'compact'],
    compactDisplay: ['short', 'long'],
    signDisplay: ['auto', 'never', 'always', 'exceptZero'],
    useGrouping: truth,
    minimumIntegerDigits: { from: 1, to: 21 },
    minimumFractionDigits: { from: 0, to: 20 },
    maximumFractionDigits: { from: 0, to: 20 },
    minimumSignificantDigits: { from: 1, to: 21 },
    maximumSignificantDigits: { from: 1, to: 21 },
  },
  DateTimeFormat: {
    dateStyle: styles,
    timeStyle: styles,
    weekday: widths,
    era: widths,
    year: numbers,
    month: [...numbers, ...widths],
    day: numbers,
    hour: numbers,
    minute: numbers,
    second: numbers,
    fractionalSecondDigits: { from: 1, to: 3 },
    hour12: truth,
    hourCycle: ['h11', 'h12', 'h23', 'h24'],
    timeZone: ['UTC'],
    timeZoneName: ['long', 'short'],
  },
  Collator: {
    usage: ['sort', 'search'],
    sensitivity: ['base', 'accent', 'case', 'variant'],
    caseFirst: ['upper', 'lower', 'false'],
    numeric: truth,
    ignorePunctuation: truth,
  },
  PluralRules: { type: ['cardinal', 'ordinal'] },
  RelativeTimeFormat: { numeric: ['always', 'auto'], style: widths },
  Segmenter: { granularity: ['grapheme', 'word', 'sentence'] },
  ListFormat: { type: ['conjunction', 'disjunction', 'unit'], style: widths },
};

/** A language, perhaps with script and region: all that is well-formed is accepted. */
const locale = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** Value of an expression of literals. */
type Literal = { readonly value: unknown } | undefined;

/** `true` when constructing the class from these literal arguments certainly does not throw. */
export function areValidArguments(ctx: RuleContext, className: string, args: readonly number[]): boolean {
  const [locales, options, ...others] = args.map((argument) => literalOf(ctx, argument));
  const accepted = Object.hasOwn(acceptedOptions, className) ? acceptedOptions[className] : undefined;
  if (accepted === undefined || others.length > 0) return false;
  if (args.length > 0 && !isLocale(locales)) return false;
  return args.length < 2 || areOptions(options, accepted);
}

function isLocale(literal: Literal): boolean {
  if (literal === undefined) return false;
  const { value } = literal;
  const list = value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  return list.every((item) => typeof item === 'string' && locale.test(item));
}

function areOptions(literal: Literal, accepted: Readonly<Record<string, Accepted>>): boolean {
  if (literal === undefined) return false;
  if (literal.value === undefined) return true;
  if (!(literal.value instanceof Map)) return false;
  const options = literal.value as ReadonlyMap<string, unknown>;
  return (
    [...options].every(([name, value]) => Object.hasOwn(accepted, name) && isAccepted(accepted[name] ?? [], value)) &&
    areTogether(options)
  );
}

function isAccepted(accepted: Accepted, value: unknown): boolean {
  if (accepted instanceof RegExp) return typeof value === 'string' && accepted.test(value);
  if ('from' in accepted)
    return Number.isInteger(value) && Number(value) >= accepted.from && Number(value) <= accepted.to;
  return accepted.includes(value);
}

/** Options that throw only in company. */
function areTogether(options: ReadonlyMap<string, unknown>): boolean {
  if (options.get('style') === 'currency' && !options.has('currency')) return false;
  const isReversed = ['FractionDigits', 'SignificantDigits'].some(
    (name) => Number(options.get(`minimum${name}`) ?? 0) > Number(options.get(`maximum${name}`) ?? 21),
  );
  const parts = [
    'weekday',
    'era',
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'fractionalSecondDigits',
    'timeZoneName',
  ];
  const isMixed = (options.has('dateStyle') || options.has('timeStyle')) && parts.some((part) => options.has(part));
  return !isReversed && !isMixed;
}

/** Objects become maps, so that no name in the code can reach a prototype. */
function literalOf(ctx: RuleContext, expression: number): Literal {
  const { ast, scope } = ctx;
  const node = ast.withoutTypes(expression);
  const text = ast.string(node) ?? ast.number(node);
  if (text !== undefined) return { value: text };
  if (ast.is(node, 'BooleanLiteral')) return { value: ast.source(node) === 'true' };
  if (scope.isGlobal(node, 'undefined')) return { value: undefined };
  if (ast.is(node, 'ArrayExpression')) {
    const elements = ast.list(node, 'elements').map((element) => literalOf(ctx, element));
    return elements.every((element) => element !== undefined)
      ? { value: elements.map((element) => element.value) }
      : undefined;
  }
  return ast.is(node, 'ObjectExpression') ? objectOf(ctx, node) : undefined;
}

function objectOf(ctx: RuleContext, object: number): Literal {
  const { ast } = ctx;
  const result = new Map<string, unknown>();
  for (const property of ast.list(object, 'properties')) {
    const key = ast.child(property, 'key');
    const isPlain = ast.is(property, 'Property') && !ast.has(property, 'computed') && !ast.has(property, 'method');
    const value = isPlain ? literalOf(ctx, ast.child(property, 'value')) : undefined;
    if (value === undefined || key === none) return undefined;
    result.set(ast.value(key), value.value);
  }
  return { value: result };
}
