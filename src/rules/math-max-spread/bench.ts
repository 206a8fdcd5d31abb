import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'greatest property of a list of objects',
    source:
      'interface Item { price: number }\nexport function run(items: Item[]): number { return highestPrice(items); }\nfunction highestPrice(items: Item[]): number { return Math.max(...items.map((item) => item.price)); }\n',
    input: (size) => Array.from({ length: size }, (_, index) => ({ price: (index * 7919) % 10_007 })),
    sizes: [10, 10_000, 100_000],
  },
] satisfies readonly RuleBench[];
