import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'is a session known',
    source: `const sessions = new Set<number>();

export function run(ids: number[]): boolean {
  if (sessions.size === 0) for (const id of ids) sessions.add(id);
  return [...sessions].includes(-1);
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => index),
    sizes: [10, 10_000],
  },
  {
    name: 'is a key of a Map known',
    source: `const cache = new Map<string, number>();

export function run(names: string[]): boolean {
  if (cache.size === 0) for (const name of names) cache.set(name, name.length);
  return Array.from(cache.keys()).includes('name 3');
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => `name ${String(index)}`),
    sizes: [10, 10_000],
  },
  {
    name: 'count distinct values',
    source: `const seen = new Set<number>();

export function run(values: number[]): number {
  if (seen.size === 0) for (const value of values) seen.add(value);
  return [...seen].length;
}
`,
    input: (size) => Array.from({ length: size }, (_, index) => index),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
