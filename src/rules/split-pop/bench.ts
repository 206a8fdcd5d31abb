import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'names of files',
    source: `export function run(paths: string[]): number {
  let length = 0;
  for (const path of paths) length += path.split('/').pop()!.length;
  return length;
}
`,
    input: (size) =>
      Array.from({ length: 200 }, (_, row) =>
        Array.from({ length: size }, (_, part) => `folder ${String(row)}-${String(part)}`).join('/'),
      ),
    sizes: [3, 1_000],
  },
] satisfies readonly RuleBench[];
