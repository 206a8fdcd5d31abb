import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tiers } from '../../src/engine/finding.ts';
import { judgeFiles } from './fuzz/judge-files.ts';
import type { JudgeOptions, Judgement } from './fuzz/judge-files.ts';
import { mutateFile } from './fuzz/mutate-file.ts';
import { Random } from './fuzz/random.ts';
import { readSeedFiles } from './fuzz/seed-files.ts';
import { shrink } from './fuzz/shrink.ts';
import { openPool } from './optimize-tree.ts';

const runs = Number(process.env['BOOSTER_FUZZ_RUNS'] ?? 10_000);
/** Always the same unless asked otherwise: a red run means that something changed, not that the dice fell differently. */
const seed = Number(process.env['BOOSTER_FUZZ_SEED'] ?? 1);
/** File that receives the counts and failures as JSON, for scripts/fuzz.mjs. */
const reportFile = process.env['BOOSTER_FUZZ_REPORT'];

/** Large enough that most of a batch goes to workers and the rest stays on this thread: both are to be tried. */
const batchSize = 1_000;
const mostShrunk = 5;
const longestPrint = 2_000;

/** Ends of the files (status, or the code of the reason) and how many rewrites of each rule were applied. */
function tally(counts: Record<string, number>, { result }: Judgement): void {
  const add = (key: string): void => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  add(result.reason?.code ?? result.status);
  add(`read by ${result.reader}`);
  for (const { ruleId, status } of result.findings) if (status === 'applied') add(`rewrite ${ruleId}`);
}

function describeFailure({ file, problems }: Judgement, { level }: JudgeOptions): string {
  const text = JSON.stringify(file.bytes.toString());
  const shown = text.length > longestPrint ? `${text.slice(0, longestPrint)}… (${text.length} characters)` : text;
  return [`${file.recipe} (level ${level})`, ...problems, shown].join('\n    ');
}

/** Twenty times as long: time on the clock says nothing on a machine that has other things to do. */
const patientMs = 400_000;

/** A file that ran into the time limit, named, is looked at again with time enough: only what still does not end has hung. */
async function judgeAgain(judgement: Judgement, options: JudgeOptions): Promise<Judgement> {
  if (judgement.result.reason?.code !== 'E_TASK_TIMEOUT' || judgement.problems.length === 0) return judgement;
  const pool = openPool(patientMs);
  try {
    const [again = judgement] = await judgeFiles([judgement.file], { ...options, pool, threads: 1 });
    return again;
  } finally {
    await pool.shutdown();
  }
}

test(`${runs} mutated real files neither crash nor hang booster, and no rewrite does harm`, async () => {
  console.log(`BOOSTER_FUZZ_SEED=${seed} BOOSTER_FUZZ_RUNS=${runs}`);
  const seeds = readSeedFiles();
  const random = new Random(seed);
  const pool = openPool();
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  try {
    for (let done = 0; done < runs; done += batchSize) {
      const options: JudgeOptions = { pool, threads: 2, level: random.pick(tiers) };
      const files = Array.from({ length: Math.min(batchSize, runs - done) }, () => mutateFile(seeds, random));
      const judgements = await judgeFiles(files, options);
      for (const first of judgements) {
        const judgement = await judgeAgain(first, options);
        tally(counts, judgement);
        if (judgement.problems.length === 0) continue;
        const alone = { ...options, threads: 1 };
        const least = failures.length < mostShrunk ? await shrink(judgement, alone) : judgement;
        failures.push(describeFailure(least, options));
      }
    }
  } finally {
    await pool.shutdown();
  }
  const report = { runs, seed, failures, counts: Object.fromEntries(Object.entries(counts).sort()) };
  if (reportFile !== undefined) writeFileSync(reportFile, JSON.stringify(report));
  console.log(report.counts);
  expect(failures.join('\n'), `seed ${seed}`).toBe('');
  expect(counts['written'], 'rewrites to judge').toBeGreaterThan(0);
});
