// The main job: cold start, a large tree against ESLint, time per byte, and files that need no parser
//
// npm run bench -- optimize [--json] [--write] [--rounds N] [--files N]
// --json      figures for machines
// --write     store the figures in docs/benchmarks.md and README.md
// --rounds N  rounds of the cold start (default 20); the tree takes a sixth of them
// --files N   files of the tree (default 2000)
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { interleave } from './interleave.mjs';
import { benchmarkPage, benchmarkText, withFigures } from './optimize-report.mjs';
import { bin, pickFiles, reportOf, writeQuietTree, writeTree } from './optimize-inputs.mjs';
import { partsOf } from './page-part.mjs';

const scripts = fileURLToPath(new URL('.', import.meta.url));
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '20' },
    files: { type: 'string', default: '2000' },
  },
});
const rounds = Number(flags.rounds);
const treeRounds = Math.max(3, Math.round(rounds / 6));
/** ESLint and jscodeshift take most of the time: no third round on a machine on which two take longer than this. */
const treeBudgetMs = 110_000;
const optimize = [bin, 'optimize', '--isolated', '--no-cache', '--reporter', 'summary'];

/** Node reads extra certificates at start, which costs 35 ms: no part of what is measured. */
function environment(cache) {
  const env = { ...process.env, XDG_CACHE_HOME: cache, NO_COLOR: '1' };
  delete env.NODE_EXTRA_CA_CERTS;
  return env;
}

function measureColdStart(folder, files) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.ts`), text);
  let first = 0;
  const fresh = () => environment(join(folder, `cache-${(first += 1)}`));
  // the code cache holds what the run that filled it used: each row has one of its own
  const on = (name, env = environment(join(folder, `cache-${name}`))) => ({
    args: [...optimize, `${name}.ts`],
    cwd: folder,
    env,
  });
  const commands = {
    'node -e 0': { args: ['-e', '0'], cwd: folder, env: environment(folder) },
    'no trigger text': on('quiet'),
    'no findings': on('clean'),
    'with findings': on('slow'),
    'no findings, very first run': on('clean', fresh),
  };
  const lines = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.split('\n').length - 1]));
  return { lines, figures: interleave(commands, { rounds, base: 'node -e 0', warmUp: 2 }) };
}

function runChild(script, args, options) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(scripts, script), ...args], {
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** All must have looked at every file, or the comparison says nothing. */
function checkTree(report, linted, shifted, files) {
  const seen = { booster: report.summary.files, ESLint: linted.files, jscodeshift: shifted.files };
  const wrong = Object.entries(seen).filter(([, count]) => count !== files);
  if (wrong.length > 0) throw new Error(`of ${files} files, ${wrong.map((pair) => pair.join(' saw ')).join(', ')}`);
  if (report.summary.failed > 0) throw new Error(`booster failed on ${report.summary.failed} files`);
  const { changed, unchanged, refused, applied } = report.summary;
  const skipped = report.files.filter((file) => file.skipped !== undefined).length;
  return {
    booster: { changed, unchanged, refused, skipped, applied },
    eslint: { findings: linted.findings, notParsed: linted.notParsed.length },
    jscodeshift: shifted,
  };
}

/** `Results: 3 errors, 0 unmodified, 1990 skipped, 7 ok` in words of our own. */
function readCodeshift(output) {
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1]);
  const [errors, unmodified, skipped, ok] = ['errors', 'unmodified', 'skipped', 'ok'].map(count);
  return { files: errors + unmodified + skipped + ok, notParsed: errors, changed: ok };
}

function measureTrees(folder, cache, size) {
  const env = { ...environment(cache), XDG_STATE_HOME: join(folder, 'state') };
  const tree = join(folder, 'tree');
  const quiet = join(folder, 'quiet');
  const { bytes } = writeTree(tree, size);
  const report = reportOf(tree, env);
  const quietTree = writeQuietTree(quiet, tree, report, size);
  const seen = {};
  const shift = join(scripts, '..', 'node_modules', 'jscodeshift', 'bin', 'jscodeshift.js');
  const shiftArgs = [
    '--dry',
    '--parser=ts',
    '--extensions=ts,tsx,mts,cts,js,jsx,mjs,cjs',
    '--cpus=2',
    '--ignore-pattern=**/*.d.ts',
  ];
  const again = optimize.filter((arg) => arg !== '--no-cache');
  const kept = { args: [...again, '.'], cwd: tree, env };
  // fills the results that the second run takes
  interleave({ kept }, { rounds: 1, base: 'kept' });
  const figures = interleave(
    {
      booster: { args: [...optimize, '.'], cwd: tree, env },
      'booster, nothing triggers': { args: [...optimize, '.'], cwd: quiet, env },
      'booster, a second run': kept,
      'walk, read and hash': { args: [join(scripts, 'walk-and-hash.mjs')], cwd: tree, env },
      eslint: {
        args: [join(scripts, 'lint-tree.mjs'), 'auto'],
        cwd: tree,
        env,
        read: (out) => (seen.linted = JSON.parse(out)),
      },
      jscodeshift: {
        args: [shift, ...shiftArgs, '-t', join(scripts, 'codeshift-transform.cjs'), '.'],
        cwd: tree,
        env,
        read: (out) => (seen.shifted = readCodeshift(out)),
      },
    },
    { rounds: treeRounds, base: 'booster', budgetMs: treeBudgetMs },
  );
  const checked = checkTree(report, seen.linted, seen.shifted, size);
  return { tree, report, result: { files: size, bytes, quietBytes: quietTree.bytes, checked, figures } };
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'booster-bench-')));
try {
  const { tree, report, result } = measureTrees(folder, join(folder, 'cache'), Number(flags.files));
  const single = join(folder, 'single');
  mkdirSync(single);
  const measured = {
    coldStart: measureColdStart(single, pickFiles(tree, report)),
    tree: result,
    scaling: runChild('measure-scaling.mjs', [String(rounds)], { env: environment(join(folder, 'cache')) }),
  };
  console.log(flags.json ? JSON.stringify(measured, null, 2) : benchmarkText(measured));
  if (flags.write) {
    const page = join(scripts, '..', 'docs', 'benchmarks.md');
    // the pool's part is written by its own benchmark
    writeFileSync(page, benchmarkPage(measured) + partsOf(readFileSync(page, 'utf8')));
    const readme = join(scripts, '..', 'README.md');
    writeFileSync(readme, withFigures(readFileSync(readme, 'utf8'), measured));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
