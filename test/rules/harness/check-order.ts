import type { Rule } from '../../../src/engine/rule.ts';
import { rewriteWith, type Sample } from './check-rewrite.ts';

/** Orders in which the rules come to see each sample, beside the alphabetical one. */
const shuffles = 4;

/** Why the result of all rules together is not sound, does not settle or depends on their order; `undefined` when it does not. */
export function orderProblem(rules: readonly Rule[], sample: Sample, seed: number): string | undefined {
  const usual = rewriteWith(rules, sample);
  if (usual.result.status === 'refused') return `all rules together: ${String(usual.result.reason?.message)}`;
  const [failure] = usual.result.failedRules;
  if (failure !== undefined) return `all rules together: ${failure.ruleId} failed: ${failure.message}`;
  if (rewriteWith(rules, { ...sample, input: usual.text }).text !== usual.text)
    return 'all rules together: a second run changes the result';
  const random = randomNumbers(seed);
  for (let count = 0; count < shuffles; count += 1) {
    const order = shuffle(rules, random);
    const { text } = rewriteWith(order, sample);
    if (text !== usual.text)
      return `in the order ${order.map(({ meta }) => meta.id).join()} the result is another:\n${text}`;
  }
  return undefined;
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Linear congruential generator (Numerical Recipes); good enough to mix a few rules, and the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
