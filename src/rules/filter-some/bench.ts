import type { RuleBench } from '../proof.ts';

interface Order {
  readonly id: number;
  readonly total: number;
  readonly isPaid: boolean;
}

/** Orders of which those from `firstOpen` on are not paid. */
function orders(size: number, firstOpen: number): Order[] {
  return Array.from({ length: size }, (_, id) => ({ id, total: (id * 7919) % 1000, isPaid: id < firstOpen }));
}

const source = `interface Order { id: number; total: number; isPaid: boolean }

export function run(orders: Order[]): boolean {
  return orders.filter((order) => !order.isPaid && order.total >= 0).length > 0;
}
`;

export default [
  { name: 'a match early in the list', source, input: (size) => orders(size, 1), sizes: [10, 10_000] },
  { name: 'no match', source, input: (size) => orders(size, size), sizes: [10, 10_000] },
] satisfies readonly RuleBench[];
