import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'extensions of paths',
    source: `export function run(paths: string[]): number {
  let length = 0;
  for (const path of paths) length += path.replace(/\\.ts/, '.js').length;
  return length;
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => `src/module-${String(index)}/index.ts`),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
