import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'a call with five arguments',
    source: `function joined() {
  const args = Array.prototype.slice.call(arguments);
  return args.length;
}
export function run(rounds: number): number {
  let sum = 0;
  for (let i = 0; i < rounds; i++) sum += (joined as (...all: unknown[]) => number)(i, 2, 3, 4, 5);
  return sum;
}
`,
    input: (size) => size,
    sizes: [10, 1000],
  },
] satisfies readonly RuleBench[];
