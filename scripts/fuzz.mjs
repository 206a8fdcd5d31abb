// npm run fuzz [-- --runs 100000 --seed 1 --lanes 1 --write]: mutated real files through the whole of `booster optimize`.
//
// --runs N    files in all (default 100000), in portions of 5,000 with a seed each: seed, seed + 1, …
// --seed N    the first seed (default 1); what a seed makes is always the same
// --lanes N   portions that run at once (default 1)
// --keep DIR  keep the counts of each portion there, and take those that are there: a long run can be stopped and go on
// --write     store the counts in docs/corpus.md
// Exit code 0: no file failed. What failed is printed, cut down to a small file.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addCounts, fuzzSection } from './fuzz-report.mjs';
import { withPart } from './page-part.mjs';
import { runNode } from './run-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const portion = 5_000;
/** A portion takes two minutes on two quiet cores; this is for one that hangs. */
const limitMs = 3_600_000;

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '1' },
    keep: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

async function runPortion(folder, seed, runs) {
  const reportFile = join(folder, `${seed}-${runs}.json`);
  if (existsSync(reportFile)) return JSON.parse(readFileSync(reportFile, 'utf8'));
  const env = {
    ...process.env,
    BOOSTER_FUZZ_SEED: String(seed),
    BOOSTER_FUZZ_RUNS: String(runs),
    BOOSTER_FUZZ_REPORT: reportFile,
  };
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--project=slow', 'test/slow/fuzz.test.ts', '--testTimeout=3600000'];
  const { output } = await runNode(args, root, { env, limitMs });
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return { runs, seed, failures: [`seed ${seed} did not end:\n${output.slice(-2_000)}`], counts: {} };
  }
}

async function runAll(folder) {
  const [first, total, lanes] = [flags.seed, flags.runs, flags.lanes].map(Number);
  const portions = Array.from({ length: Math.ceil(total / portion) }, (_, index) => ({
    seed: first + index,
    runs: Math.min(portion, total - index * portion),
  }));
  const reports = [];
  const lane = async () => {
    for (let next = portions.shift(); next !== undefined; next = portions.shift()) {
      const report = await runPortion(folder, next.seed, next.runs);
      reports.push(report);
      console.log(`seed ${report.seed}: ${report.runs} files, ${report.failures.length} failed`);
      for (const failure of report.failures) console.log(failure.replace(/^/gm, '  '));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return reports.sort((a, b) => a.seed - b.seed);
}

const folder = flags.keep ?? mkdtempSync(join(tmpdir(), 'booster-fuzz-reports-'));
mkdirSync(folder, { recursive: true });
try {
  const sum = addCounts(await runAll(folder));
  const section = fuzzSection(sum);
  console.log(section);
  if (flags.write) {
    const page = join(root, 'docs', 'corpus.md');
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'fuzz', section));
  }
  process.exitCode = sum.failures > 0 ? 1 : 0;
} finally {
  if (flags.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
