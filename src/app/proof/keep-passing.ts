/** What a closer look at a set that failed says. `unsteady`: it makes what passed before fail now and then. */
export type Confirmed = 'passes' | 'fails' | 'unsteady';

export interface KeepPassingOptions<Unit> {
  /** What may be kept or left out; members of one group stand together (those of one file). */
  readonly groups: readonly (readonly Unit[])[];
  /** Judges the tree with exactly `kept` and `added`; `kept` alone passes. A wrong `fails` costs time alone. */
  readonly judge: (kept: readonly Unit[], added: readonly Unit[]) => Promise<'passes' | 'fails'>;
  /** The same for a single unit of which it is known, or follows, that the tree with exactly `kept` and it has failed. */
  readonly confirm: (kept: readonly Unit[], only: Unit) => Promise<Confirmed>;
  /** All together were judged already, and failed. */
  readonly isFailing?: boolean;
}

export interface KeptUnits<Unit> {
  /** Judged as a whole, and passed; with nothing in it, nothing was judged. */
  readonly kept: readonly Unit[];
  /** In the order of `groups`; each was confirmed together with what had been kept by then. */
  readonly rejected: readonly { readonly unit: Unit; readonly verdict: Exclude<Confirmed, 'passes'> }[];
}

/**
 * Finds the units that break something and keeps all others. A set that fails is halved, between groups first and then within one,
 * until a unit stands alone: with k culprits among n, about 2·k·log2(n) judgements. Each half is judged on top of what is kept
 * already, so that of two units that break something only together one is kept. What is kept in the end was judged
 * in exactly that composition.
 */
export async function keepPassing<Unit>(options: KeepPassingOptions<Unit>): Promise<KeptUnits<Unit>> {
  const { groups, judge, confirm, isFailing = false } = options;
  const kept: Unit[] = [];
  const rejected: { unit: Unit; verdict: Exclude<Confirmed, 'passes'> }[] = [];

  const settle = async (parts: readonly (readonly Unit[])[], knownToFail: boolean): Promise<void> => {
    const units = parts.flat();
    const [only] = units;
    if (only === undefined) return;
    if (!knownToFail && (await judge([...kept], units)) === 'passes') {
      kept.push(...units);
      return;
    }
    if (units.length === 1) {
      const verdict = await confirm([...kept], only);
      if (verdict === 'passes') kept.push(only);
      else rejected.push({ unit: only, verdict });
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
    isFailing,
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
