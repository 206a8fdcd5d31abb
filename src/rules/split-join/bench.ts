import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'separators of paths',
    source: `export function run(paths: string[]): number {
  let length = 0;
  for (const path of paths) length += path.split('\\\\\\\\').join('/').length;
  return length;
}
`,
    input: (size) =>
      Array.from({ length: 200 }, (_, row) =>
        Array.from({ length: size }, (_, part) => `folder ${String(row)}-${String(part)}`).join('\\'),
      ),
    sizes: [3, 300],
  },
] satisfies readonly RuleBench[];
