import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'index rows by their number',
    source: `export function run(rows: { id: number; label: string }[]) {
  return rows.reduce<Record<number, string>>((byId, row) => ({ ...byId, [row.id]: row.label }), {});
}`,
    input: (size) =>
      Array.from({ length: size }, (_, i) => ({ id: (i * 7919) % (size * 2 + 1), label: `row ${String(i)}` })),
    sizes: [10, 100, 1000],
  },
  {
    name: 'index users by login, through entries',
    source: `export function run(users: { login: string }[]) {
  return users.reduce<Record<string, { login: string }>>((byLogin, user) => ({ ...byLogin, [user.login]: user }), {});
}`,
    input: (size) => Array.from({ length: size }, (_, i) => ({ login: `user-${String(i)}` })),
    sizes: [10, 100, 1000],
  },
  {
    name: 'count words in a loop',
    source: `export function run(words: string[]) {
  let counts: Record<string, number> = {};
  for (const word of words) counts = { ...counts, [\`w:\${word}\`]: (counts[\`w:\${word}\`] ?? 0) + 1 };
  return counts;
}`,
    input: (size) => Array.from({ length: size }, (_, i) => `word${String((i * 31) % size)}`),
    sizes: [10, 100, 1000],
  },
] satisfies readonly RuleBench[];
