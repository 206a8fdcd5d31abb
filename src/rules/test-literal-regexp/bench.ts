import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'paths with an extension',
    source: `export function run(paths: string[]): number {
  let count = 0;
  for (const path of paths) if (/\\.tsx$/.test(path)) count += 1;
  return count;
}
`,
    input: (size) => Array.from({ length: 100 }, (_, index) => `${'folder.d/'.repeat(size)}${String(index)}.ts`),
    sizes: [3, 1_000],
  },
] satisfies readonly RuleBench[];
