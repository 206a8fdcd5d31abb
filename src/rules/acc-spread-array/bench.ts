import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'names of the active users',
    source: `export function run(users: { name: string; active: boolean }[]) {
  return users.reduce((names: string[], user) => (user.active ? [...names, user.name] : names), []);
}`,
    input: (size) => Array.from({ length: size }, (_, i) => ({ name: `user ${String(i)}`, active: i % 10 !== 0 })),
    sizes: [10, 1000, 10_000],
  },
  {
    name: 'flatten lists of tags',
    source: `export function run(posts: { tags: string[] }[]) {
  return posts.reduce((all: string[], post) => [...all, ...post.tags], []);
}`,
    input: (size) =>
      Array.from({ length: size }, (_, i) => ({ tags: [`a${String(i % 7)}`, `b${String(i % 11)}`, 'c'] })),
    sizes: [10, 1000],
  },
] satisfies readonly RuleBench[];
