import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'cheapest of a list of objects',
    source:
      'interface Item { price: number }\nexport function run(items: Item[]): Item | undefined { return cheapest(items); }\nfunction cheapest(items: Item[]): Item | undefined { return [...items].sort((a, b) => a.price - b.price)[0]; }\n',
    input: (size) => Array.from({ length: size }, (_, index) => ({ price: (index * 7919) % 10_007 })),
    sizes: [10, 10_000],
  },
  {
    name: 'greatest of a list of numbers',
    source:
      'export function run(values: number[]): number | undefined { return greatest(values); }\nfunction greatest(values: number[]): number | undefined { return [...values].sort((a, b) => a - b).pop(); }\n',
    input: (size) => Array.from({ length: size }, (_, index) => (index * 7919) % 10_007),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
