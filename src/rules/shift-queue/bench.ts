import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'drain a queue',
    source: `export function run(jobs: number[]) {
  const queue = [...jobs];
  let sum = 0;
  while (queue.length > 0) {
    const job = queue.shift()!;
    sum += job;
  }
  return sum;
}`,
    input: (size) => Array.from({ length: size }, (_, i) => i % 97),
    sizes: [10, 1000, 100_000],
  },
  {
    name: 'breadth-first search',
    source: `export function run(children: number[][]) {
  const queue = [0];
  let visited = 0;
  while (queue.length) {
    const node = queue.shift()!;
    visited++;
    for (const child of children[node]!) queue.push(child);
  }
  return visited;
}`,
    // the root has all other nodes as grandchildren, so that the queue gets long
    input: (size) => {
      const width = Math.ceil(Math.sqrt(size));
      return Array.from({ length: size }, (_, i) =>
        Array.from({ length: width }, (__, j) => i * width + j + 1).filter((child) => child < size),
      );
    },
    sizes: [10, 1000, 100_000],
  },
] satisfies readonly RuleBench[];
