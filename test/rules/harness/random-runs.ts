import type { RandomRuns } from './check-equivalence.ts';

/**
 * `BOOSTER_FC_RUNS` inputs for each subject (default: the usual number), from the seed `BOOSTER_FC_SEED` or a new one each
 * time; it is printed, and a failure names it as well.
 */
export function randomRuns(
  usualRuns: number,
  env: Readonly<Record<string, string | undefined>> = process.env,
): RandomRuns {
  const seed = Number(env['BOOSTER_FC_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const numRuns = Number(env['BOOSTER_FC_RUNS'] ?? usualRuns);
  console.info(`random inputs: ${numRuns} for each subject; replay with BOOSTER_FC_SEED=${seed}`);
  return { seed, numRuns };
}
