import type { RuleBench } from '../proof.ts';

interface Input {
  readonly users: readonly { readonly id: number }[];
  readonly blockedIds: readonly number[];
}

function input(size: number): Input {
  return {
    users: Array.from({ length: size }, (_, index) => ({ id: index * 3 })),
    blockedIds: Array.from({ length: size }, (_, index) => index * 2),
  };
}

function words(size: number, step: number): string[] {
  return Array.from({ length: size }, (_, index) => `word ${String(index * step)}`);
}

export default [
  {
    name: 'filter users by a list of ids',
    source: `interface User { id: number }

export function run({ users, blockedIds }: { users: User[]; blockedIds: number[] }): number {
  return users.filter((user) => !blockedIds.includes(user.id)).length;
}
`,
    input,
    sizes: [10, 30, 100, 10_000],
  },
  {
    name: 'common words of two lists',
    source: `export function run({ left, right }: { left: string[]; right: string[] }): number {
  let common = 0;
  const known = right.slice();
  for (const word of left) {
    if (known.includes(word)) common += 1;
  }
  return common;
}
`,
    input: (size) => ({ left: words(size, 3), right: words(size, 2) }),
    sizes: [10, 30, 100, 10_000],
  },
] satisfies readonly RuleBench[];
