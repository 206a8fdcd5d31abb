/** How a set of rewrites was judged. `uncertain`: judged twice, with two results. */
export type Verdict = 'passes' | 'fails' | 'uncertain';

export interface KeepPassingOptions<Unit> {
  /** What may be kept or left out; members of one group stand together (those of one file). */
  readonly groups: readonly (readonly Unit[])[];
  /** Judges the tree with exactly `kept` and `added`; `kept` alone passes. */
  readonly judge: (kept: readonly Unit[], added: readonly Unit[]) => Promise<'passes' | 'fails'>;
}

export interface KeptUnits<Unit> {
  /** Judged as a whole, and passed; with nothing in it, nothing was judged. */
  readonly kept: readonly Unit[];
  /** In the order of `groups`; each was judged twice together with what had been kept by then. */
  readonly rejected: readonly { readonly unit: Unit; readonly verdict: Exclude<Verdict, 'passes'> }[];
}

/**
 * Finds the units that break something and keeps all others. A set that fails is halved, between groups first and then within one,
 * until a unit stands alone: with k culprits among n, about 2·k·log2(n) judgements. Each half is judged on top of what is kept
 * already, so that of two units that break something only together one is kept. What is kept in the end was judged
 * in exactly that composition.
 */
export async function keepPassing<Unit>({ groups, judge }: KeepPassingOptions<Unit>): Promise<KeptUnits<Unit>> {
  const kept: Unit[] = [];
  const rejected: { unit: Unit; verdict: 'fails' | 'uncertain' }[] = [];

  const settle = async (parts: readonly (readonly Unit[])[], knownToFail: boolean): Promise<void> => {
    const units = parts.flat();
    const [only] = units;
    if (only === undefined) return;
    if (!knownToFail && (await judge([...kept], units)) === 'passes') {
      kept.push(...units);
      return;
    }
    if (units.length === 1) {
      // a command that fails now and then must not cost a rewrite without being named
      const again = await judge([...kept], [only]);
      rejected.push({ unit: only, verdict: again === 'fails' ? 'fails' : 'uncertain' });
      return;
    }
    const [left, right] = halves(parts);
    const before = kept.length;
    await settle(left, false);
    // when all of the left half was kept, the right one is what has just failed
    await settle(right, kept.length - before === left.flat().length);
  };

  await settle(
    groups.filter((group) => group.length > 0),
    false,
  );
  return { kept, rejected };
}

function halves<Unit>(
  parts: readonly (readonly Unit[])[],
): [readonly (readonly Unit[])[], readonly (readonly Unit[])[]] {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const middle = only.length >> 1;
    return [[only.slice(0, middle)], [only.slice(middle)]];
  }
  const middle = parts.length >> 1;
  return [parts.slice(0, middle), parts.slice(middle)];
}
