import { describe, expect, it } from 'vitest';
import type { CommandTrials } from '../../../../src/app/proof/CommandTrials.ts';
import type { RewriteUnit } from '../../../../src/app/proof/rewrite-unit.ts';
import { Steadiness } from '../../../../src/app/proof/Steadiness.ts';
import { verifyRewrites } from '../../../../src/app/proof/verify-rewrites.ts';
import { isBoosterError } from '../../../../src/shared/errors.ts';
import { randomFrom } from '../../../slow/random-from.ts';

/** Whether a command fails in a run with exactly these rewrites. */
type Fails = (names: ReadonlySet<string>, run: number) => boolean;

/** Sixteen rewrites in four files, judged by a command that behaves as told; gives names. */
async function verify(fails: Fails) {
  const groups = [0, 1, 2, 3].map((file) => ['a', 'b', 'c', 'd'].map((key): RewriteUnit => ({ file, key })));
  const nameOf = ({ file, key }: RewriteUnit): string => `${key}${String(file)}`;
  const steadiness = new Steadiness('npm test');
  let runs = 0;
  const trials = {
    command: 'npm test',
    steadiness,
    run: (kept: readonly RewriteUnit[]) => {
      const exitCode = fails(new Set(kept.map(nameOf)), (runs += 1)) ? 1 : 0;
      return Promise.resolve({ exitCode, timedOut: false, interrupted: false, durationMs: 1, tail: '' });
    },
  };
  const { kept, rejected } = await verifyRewrites(groups, trials as unknown as CommandTrials);
  return {
    ...{ kept: kept.length, runs, flaky: steadiness.flakyRuns },
    rejected: rejected.map(({ unit, reason }) => `${nameOf(unit)} ${reason}`),
  };
}

describe('a command that is flaky by itself', () => {
  it('takes no rewrite back when it fails once and passes when run again', async () => {
    const { kept, rejected, flaky } = await verify((_, run) => run === 1);
    expect([kept, rejected]).toEqual([16, []]);
    expect(flaky).toMatchObject({ failures: 0, failuresWithKept: 1 });
  });

  it('looks at the first state, too, after it has failed and passed with the same rewrites', async () => {
    // with all, with all again, and then without any
    const { kept, rejected, flaky } = await verify((_, run) => run === 1 || run === 3);
    expect([kept, rejected]).toEqual([16, []]);
    expect(flaky).toMatchObject({ runs: 1, failures: 1, failuresWithKept: 1 });
  });

  it('confirms that the tree passes without a rewrite before that is taken back', async () => {
    // all runs fail for a while, for a reason of their own
    const { kept, rejected } = await verify((_, run) => run <= 4);
    expect([kept, rejected]).toEqual([16, []]);
  });

  it.each([0.05, 0.2, 0.4])('takes back the culprits and nothing else at a rate of failures of %d', async (rate) => {
    const random = randomFrom(7);
    let wronglyTaken = 0;
    let rounds = 0;
    for (; rounds < 200; rounds += 1) {
      const culprits = rounds % 3 === 0 ? [] : rounds % 3 === 1 ? ['b2'] : ['a0', 'd3'];
      const { rejected } = await verify((names) => culprits.some((name) => names.has(name)) || random() < rate);
      const taken = rejected.map((text) => text.slice(0, 2));
      // a culprit never passes
      expect(taken).toEqual(expect.arrayContaining(culprits));
      wronglyTaken += taken.length - culprits.length;
    }
    expect(wronglyTaken).toBeLessThanOrEqual(rounds / 50);
  });

  it('says that it cannot judge by a command that mostly fails', async () => {
    const random = randomFrom(3);
    const error: unknown = await verify((names) => names.has('a1') || random() < 0.9).catch(
      (thrown: unknown) => thrown,
    );
    expect(isBoosterError(error) && error.code).toBe('E_PROOF_FLAKY');
  });
});

describe('a rewrite that makes a command flaky', () => {
  it('is taken back and named as that', async () => {
    let count = 0;
    const { kept, rejected } = await verify((names) => names.has('c1') && (count += 1) % 2 === 1);
    expect([kept, rejected]).toEqual([15, ['c1 unsteady']]);
  });
});

describe('a steady command', () => {
  it('is run with a culprit, with it again, and without it', async () => {
    const { rejected, runs, flaky } = await verify((names) => names.has('a0'));
    expect([rejected, flaky]).toEqual([['a0 breaks'], undefined]);
    // with all twice and without; eight, four, two, one of them; that one again, and without; the other halves
    expect(runs).toBe(13);
  });
});
