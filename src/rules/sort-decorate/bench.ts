import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'posts by date',
    source:
      'interface Post { date: string }\nexport function run(posts: Post[]): Post[] { return newestFirst(posts); }\nfunction newestFirst(posts: Post[]): Post[] { return [...posts].sort((a, b) => new Date(b.date).getTime() - new Date(a.date).getTime()); }\n',
    input: (size) =>
      Array.from({ length: size }, (_, index) => ({
        date: new Date(((index * 7919) % 10_007) * 86_400_000).toISOString(),
      })),
    sizes: [10, 10_000],
  },
  {
    name: 'names without case',
    source:
      'export function run(names: string[]): string[] { return sorted(names); }\nfunction sorted(names: string[]): string[] { return [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)); }\n',
    input: (size) =>
      Array.from(
        { length: size },
        (_, index) => `${index % 2 === 0 ? 'User' : 'user'} ${String((index * 7919) % 10_007)}`,
      ),
    sizes: [10, 10_000],
  },
] satisfies readonly RuleBench[];
