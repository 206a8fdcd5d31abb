import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'look-ups of one key',
    source: `export function run(o: Record<string, number>): number {
  let count = 0;
  for (let index = 0; index < 20; index += 1) if (Object.keys(o).includes(\`key \${String(index * 3)}\`)) count += 1;
  return count;
}
`,
    input: (size) => Object.fromEntries(Array.from({ length: size }, (_, index) => [`key ${String(index)}`, index])),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
