import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepPassing } from '../../../../src/app/proof/keep-passing.ts';

/** Units are numbers; `breaks` says whether a set of them fails. Gives what was kept, and all sets that were judged. */
async function keep(groups: readonly (readonly number[])[], breaks: (set: ReadonlySet<number>) => boolean) {
  const judged: number[][] = [];
  const judge = (base: readonly number[], added: readonly number[]) => {
    judged.push([...base, ...added]);
    return Promise.resolve(breaks(new Set([...base, ...added])) ? ('fails' as const) : ('passes' as const));
  };
  const { kept, rejected } = await keepPassing({ groups, judge, confirm: (base, only) => judge(base, [only]) });
  return { kept: [...kept].sort((a, b) => a - b), rejected: rejected.map(({ unit }) => unit), judged };
}

const groupsArbitrary = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 }).map((sizes) => {
  let next = 0;
  return sizes.map((size) => Array.from({ length: size }, () => next++));
});

describe('keepPassing', () => {
  it('takes out exactly those that break something by themselves', async () => {
    await fc.assert(
      fc.asyncProperty(groupsArbitrary, fc.func(fc.boolean()), async (groups, isBad) => {
        const all = groups.flat();
        const bad = all.filter((unit) => isBad(unit));
        const { kept, rejected } = await keep(groups, (set) => bad.some((unit) => set.has(unit)));
        expect(rejected.sort((a, b) => a - b)).toEqual(bad);
        expect(kept).toEqual(all.filter((unit) => !bad.includes(unit)));
      }),
    );
  });

  it('keeps one of two that break something only together', async () => {
    const { kept, rejected } = await keep(
      [
        [0, 1],
        [2, 3],
      ],
      (set) => set.has(0) && set.has(3),
    );
    expect([kept, rejected]).toEqual([[0, 1, 2], [3]]);
  });

  it('ends with a set that passed in exactly that composition, however the command behaves', async () => {
    await fc.assert(
      fc.asyncProperty(groupsArbitrary, fc.infiniteStream(fc.boolean()), async (groups, answers) => {
        const passed: string[] = [''];
        const judge = (base: readonly number[], added: readonly number[]) => {
          const passes = answers.next().value === true;
          if (passes) passed.push([...base, ...added].sort((a, b) => a - b).join());
          return Promise.resolve(passes ? ('passes' as const) : ('fails' as const));
        };
        const { kept } = await keepPassing({ groups, judge, confirm: (base, only) => judge(base, [only]) });
        expect(passed).toContain([...kept].sort((a, b) => a - b).join());
      }),
    );
  });

  it('judges one in a thousand with little more than twenty runs', async () => {
    const groups = Array.from({ length: 100 }, (_, file) =>
      Array.from({ length: 10 }, (_each, index) => file * 10 + index),
    );
    const { judged, rejected } = await keep(groups, (set) => set.has(617));
    expect(rejected).toEqual([617]);
    expect(judged.length).toBeLessThan(25);
  });

  it('keeps one that failed and passes when it is looked at more closely, and names one that does both', async () => {
    const units = ['a', 'b', 'c'];
    const { kept, rejected } = await keepPassing({
      groups: [units],
      judge: () => Promise.resolve('fails'),
      confirm: (_, only) => Promise.resolve(only === 'a' ? 'fails' : only === 'b' ? 'unsteady' : 'passes'),
    });
    expect([kept, rejected]).toEqual([
      ['c'],
      [
        { unit: 'a', verdict: 'fails' },
        { unit: 'b', verdict: 'unsteady' },
      ],
    ]);
  });

  it('does not judge again what is said to have failed', async () => {
    const judged: number[] = [];
    const judge = (_: readonly number[], added: readonly number[]) => {
      judged.push(added.length);
      return Promise.resolve('passes' as const);
    };
    const { kept } = await keepPassing({
      groups: [[1, 2]],
      isFailing: true,
      judge,
      confirm: () => Promise.resolve('passes'),
    });
    expect([kept, judged]).toEqual([[1, 2], [1]]);
  });
});
