import type { RuleBench } from '../proof.ts';

interface Product {
  readonly sku: string;
  readonly price: number;
}

function catalogue(size: number, wanted: number): { readonly products: Product[]; readonly sku: string } {
  const products = Array.from({ length: size }, (_, index) => ({ sku: `sku-${String(index)}`, price: index % 97 }));
  return { products, sku: `sku-${String(wanted)}` };
}

const source = `interface Product { sku: string; price: number }

export function run({ products, sku }: { products: Product[]; sku: string }): number {
  const product = products.filter((candidate) => candidate.sku === sku)[0];
  return product === undefined ? 0 : product.price;
}
`;

export default [
  { name: 'a match early in the list', source, input: (size) => catalogue(size, 2), sizes: [10, 10_000] },
  { name: 'no match', source, input: (size) => catalogue(size, -1), sizes: [10, 10_000] },
] satisfies readonly RuleBench[];
