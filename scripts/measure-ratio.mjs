import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('measure-variant.mjs', import.meta.url));
const maximumRounds = 15;
const minimumRounds = 3;
const budgetMs = 8_000;

/**
 * How many times faster `rewritten` is than `original` (files that export `run`) on bench number `index` of a bundle at
 * one size: median and quartiles of the ratios of neighbouring measurements, and the time per call of each.
 * @throws Error when the two give different results, or one fails.
 */
export async function measureRatio({ benchFile, index, original, rewritten, size }) {
  const variants = [original, rewritten].map((file) => startChild([benchFile, String(index), file, String(size)]));
  try {
    const [before, after] = variants;
    const first = await ask(before, 'prepare');
    const second = await ask(after, 'prepare');
    if (first.digest !== second.digest) throw new Error('the rewritten workload gives another result');
    return summarize(await alternate(before, after));
  } finally {
    for (const variant of variants) variant.kill();
  }
}

/** The order changes from round to round, so that a slow drift of the machine favours neither. */
async function alternate(before, after) {
  const rounds = [];
  const started = performance.now();
  while (rounds.length < maximumRounds) {
    if (rounds.length >= minimumRounds && performance.now() - started > budgetMs) break;
    const isSwapped = rounds.length % 2 === 1;
    const one = await ask(isSwapped ? after : before, 'measure');
    const two = await ask(isSwapped ? before : after, 'measure');
    const [original, rewritten] = isSwapped ? [two.ns, one.ns] : [one.ns, two.ns];
    rounds.push({ original, rewritten, ratio: original / rewritten });
  }
  return rounds;
}

function summarize(rounds) {
  const ratios = rounds.map(({ ratio }) => ratio);
  return {
    ratio: quantile(ratios, 0.5),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
    originalNs: quantile(
      rounds.map(({ original }) => original),
      0.5,
    ),
    rewrittenNs: quantile(
      rounds.map(({ rewritten }) => rewritten),
      0.5,
    ),
    rounds: rounds.length,
  };
}

/** Quantile by linear interpolation between the neighbours. */
export function quantile(values, fraction) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * fraction;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at % 1);
}

function startChild(args) {
  // reading extra certificates costs a Node 20 process 35 ms and has nothing to do with the code measured
  const env = { ...process.env };
  delete env.NODE_EXTRA_CA_CERTS;
  return fork(child, args, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

async function ask(variant, question) {
  const errors = [];
  const listen = (chunk) => errors.push(chunk);
  const abort = new AbortController();
  variant.stderr.on('data', listen);
  try {
    if (variant.exitCode === null) variant.send(question);
    const [answer] = await Promise.race([
      once(variant, 'message', { signal: abort.signal }),
      once(variant, 'close', { signal: abort.signal }).then(() => {
        throw new Error(`the measured process ended: ${Buffer.concat(errors).toString().trim().slice(0, 2_000)}`);
      }),
    ]);
    return answer;
  } finally {
    abort.abort();
    variant.stderr.off('data', listen);
  }
}
