import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const numbers = fc.array(fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, 1, 2)));
const words = fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('__proto__', 'constructor', '\u{1F680}')));

export default [
  {
    name: 'the first part of a text by every spelling',
    source: `export function subject(text: string, part: string) {
  return [
    text.split(',').filter((x) => x !== part)[0], text.split(',').filter((x) => x === part).at(0), text.split(part).filter((x, index) => index > 0).shift(),
  ];
}
`,
    args: fc.tuple(
      fc.string().map((text) => text.replaceAll('a', ',')),
      fc.string({ maxLength: 2 }),
    ),
    level: 'safe',
  },
  {
    name: 'holes that a spread has filled',
    source:
      'export function subject(xs: unknown[]) { return [...xs].filter((x) => x === undefined || typeof x === "number")[0]; }\n',
    // eslint-disable-next-line no-sparse-arrays
    args: fc.tuple(fc.oneof(fc.array(fc.anything()), fc.constant([, 1, , Number.NaN]))),
    level: 'safe',
  },
  {
    name: 'arrays without holes, element and absence',
    source: `export function subject(xs: number[], limit: number) {
  const [first] = xs.filter((x) => x > limit);
  let [other] = xs.filter((x) => x !== x), count = 1;
  if (xs.filter((x) => x < limit)[0]) count += 1;
  return [first, other, count, xs.filter((x) => x === limit)[0] ?? 'none'];
}
`,
    args: fc.tuple(numbers, fc.integer({ min: -2, max: 2 })),
  },
  {
    name: 'a property of the first match, also when there is none',
    source: `interface Item { name: string; on: boolean }
export function subject(items: Item[], name: string) {
  return items.filter(({ on }) => on)[0]?.name === name ? items.filter((item) => item.name === name)[0].on : items.filter((item) => item.name > name)[0].name;
}
`,
    args: fc.tuple(
      fc.array(fc.record({ name: fc.string({ maxLength: 2 }), on: fc.boolean() })),
      fc.string({ maxLength: 2 }),
    ),
  },
  {
    name: 'index and array as arguments of the predicate',
    source:
      'export function subject(xs: string[]) { return xs.filter((x, index, all) => all.indexOf(x) !== index || all.length === 1)[0]; }\n',
    args: fc.tuple(words),
  },
  {
    name: 'nested filters',
    source:
      'export function subject(rows: string[][]) { return rows.map((row) => row.filter((cell) => cell.length > 1)[0]).filter((cell) => cell !== undefined)[0]; }\n',
    args: fc.tuple(fc.array(words)),
  },
] satisfies readonly EquivalenceSubject[];
