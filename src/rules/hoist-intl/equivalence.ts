import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const numbers = fc.array(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, -0, 0, Infinity, 1e21)), {
  maxLength: 5,
});
/** Locales that exist, that do not, and that are refused. */
const locales = fc.constantFrom('en-US', 'de', 'ar-EG', 'zh-Hans-CN', 'xx', 'not a locale', '', 'x-private');

export default [
  {
    name: 'a formatter declared in the loop',
    source:
      "export function subject(values: number[]) { const out: string[] = []; for (const value of values) {\n    const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'EUR' });\n    out.push(money.format(value));\n  } return out; }\n",
    args: fc.tuple(numbers),
    level: 'safe',
  },
  {
    name: 'a refused locale throws in the round that needs it, and not for an empty list',
    source:
      'export function subject(values: number[], locale: string, before: (value: number) => void) { return values.map((value) => { before(value); return new Intl.NumberFormat(locale).format(value); }); }\n',
    args: fc.tuple(numbers, locales, fc.func(fc.constant(undefined))),
    level: 'safe',
  },
  {
    name: 'a formatter of a branch',
    source:
      "export function subject(values: number[]) { return values.map((value) => (value > 1 ? new Intl.NumberFormat('en', { notation: 'compact' }).format(value) : value)); }\n",
    args: fc.tuple(numbers),
    level: 'safe',
  },
  {
    name: 'dates that cannot be formatted throw',
    source:
      "export function subject(values: number[], locale: any) { const out: string[] = []; for (const value of values) out.push(new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' }).format(value)); return out; }\n",
    args: fc.tuple(numbers, fc.oneof(locales, fc.constantFrom(undefined, null, ['de', 'en'], 5))),
  },
  {
    name: 'lists sorted by a collator',
    source:
      "export function subject(groups: string[][]) { for (const group of groups) group.sort(new Intl.Collator('de', { numeric: true, sensitivity: 'base' }).compare); return groups; }\n",
    args: fc.tuple(
      fc.array(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a10', 'a9', 'Ä', 'ä', '__proto__'))),
        { maxLength: 3 },
      ),
    ),
    level: 'safe',
  },
  {
    name: 'one formatter for all calls of a function',
    source:
      "import type {} from 'x';\nexport function subject(values: number[]) { return [values.map(ordinal), ordinal(2)]; }\nfunction ordinal(value: number) { return new Intl.PluralRules('en', { type: 'ordinal' }).select(value); }\n",
    args: fc.tuple(numbers),
  },
] satisfies readonly EquivalenceSubject[];
