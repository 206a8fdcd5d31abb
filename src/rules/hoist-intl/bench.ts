import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'prices of a list',
    source:
      "export function run(prices: number[]): string[] { const rows: string[] = []; for (const price of prices) { const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'EUR' }); rows.push(money.format(price)); } return rows; }\n",
    input: (size) => Array.from({ length: size }, (_, index) => index * 1.37),
    sizes: [10, 500],
    level: 'safe',
  },
  {
    name: 'dates in the language of the user',
    source:
      "export function run({ times, locale }: { times: number[]; locale: string }): string[] { return texts(times, locale); }\nfunction texts(times: number[], locale: string): string[] { return times.map((time) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time)); }\n",
    input: (size) => ({ times: Array.from({ length: size }, (_, index) => index * 86_400_000), locale: 'de-DE' }),
    sizes: [10, 500],
    level: 'safe',
  },
] satisfies readonly RuleBench[];
