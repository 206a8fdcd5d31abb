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
  {
    name: 'texts with a mark',
    source: `export function run(texts: string[]): number {
  let count = 0;
  for (const text of texts) if (/@deprecated/.test(text)) count += 1;
  return count;
}
`,
    input: (size) => Array.from({ length: 100 }, (_, index) => `${'lorem ipsum @dolor '.repeat(size)}${String(index)}`),
    sizes: [3, 100],
  },
] satisfies readonly RuleBench[];
