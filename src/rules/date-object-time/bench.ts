import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'time stamps of events',
    source: `export function run(names: string[]): number {
  let last = 0;
  for (const name of names) last = Math.max(last, new Date().getTime() + name.length);
  return last > 0 ? names.length : -1;
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => `event ${String(index)}`),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
