// booster analyze on real files: nothing fails, speed against ESLint, peak memory of 5,000 files, twice the files
//
// npm run bench -- analyze [--json] [--write] [--rounds N] [--files N] [--distinct N]
// --json      figures for machines
// --write     store the figures in docs/benchmarks.md
// --rounds N  rounds of what is timed side by side (default 3)
// --files N   files of the large tree (default 5000)
// --distinct N  files that all differ, for the growth: a quarter, half and all of them (default 4000)
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reportSection, reportText } from './agents-report.mjs';
import { aboutAnalyze, analyzeRows } from './analyze-report.mjs';
import { measureDistinctGrowth } from './analyze-growth.mjs';
import { interleave } from './interleave.mjs';
import { bin, packages, writePackage, writeShare, writeTree } from './optimize-inputs.mjs';
import { withPart } from './page-part.mjs';

const scripts = fileURLToPath(new URL('.', import.meta.url));
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    files: { type: 'string', default: '5000' },
    distinct: { type: 'string', default: '4000' },
  },
});
const rounds = Number(flags.rounds);
const analyze = [bin, 'analyze', '.', '--isolated', '--no-resident', '--no-record', '--no-cache'];
const config = 'lint-findings-config.mjs';
/** ESLint takes minutes for all of the files: every fourth of them, from all packages alike. */
const shareOf = 4;

function environment(folder) {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), NO_COLOR: '1' };
  delete env.NODE_EXTRA_CA_CERTS;
  return env;
}

function run(args, options) {
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 29, ...options });
  if (result.status !== 0) throw new Error(`${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
  return result.stdout;
}

function fresh(folder, name) {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

/** What happened to the files of each package, and whether a second run says the same to the byte. */
function checkPackages(folder, env) {
  return packages.map((name) => {
    const cwd = fresh(folder, name.replace('/', '-'));
    const { files } = writePackage(cwd, name);
    const first = run([...analyze, '--reporter', 'json'], { cwd, env });
    const second = run([...analyze, '--reporter', 'json', '--threads', '1'], { cwd, env });
    const { summary } = JSON.parse(first);
    return { name, files, summary, isSame: findingsOf(first) === findingsOf(second) };
  });
}

/** Without what a run measures: times. */
function findingsOf(report) {
  const { files } = JSON.parse(report);
  return JSON.stringify(
    files.map(({ path, status, findings }) => [
      path,
      status,
      findings.map(({ ruleId, start, end, message, fingerprint }) => [ruleId, start, end, message, fingerprint]),
    ]),
  );
}

function compareSpeed(folder, env) {
  const cwd = fresh(folder, 'share');
  const { files, bytes } = writeShare(cwd, shareOf);
  const lint = (concurrency) => [join(scripts, 'lint-tree.mjs'), concurrency, config];
  const linted = JSON.parse(run(lint('off'), { cwd, env }));
  const { summary } = JSON.parse(run([...analyze, '--reporter', 'json'], { cwd, env }));
  // both must have looked at every file, or the comparison says nothing
  if (summary.files !== files || linted.files !== files) {
    throw new Error(`of ${files} files, booster saw ${summary.files} and ESLint ${linted.files}`);
  }
  const quiet = [...analyze, '--reporter', 'summary'];
  const figures = interleave(
    {
      booster: { args: quiet, cwd, env },
      eslint: { args: lint('off'), cwd, env },
      'eslint, concurrency auto': { args: lint('auto'), cwd, env },
    },
    { rounds, base: 'booster' },
  );
  return {
    files,
    bytes,
    notParsed: linted.notParsed.length,
    found: { booster: summary.findings, eslint: linted.findings },
    figures,
  };
}

function measureMemory(cwd, env, folder) {
  const path = join(folder, 'memory');
  const measured = { ...env, NOTE_MEMORY_PATH: path };
  const preload = ['--require', join(scripts, 'note-memory.cjs')];
  const reporters = ['summary', 'json'].map((reporter) => {
    run([...preload, ...analyze, '--reporter', reporter], { cwd, env: measured });
    return [reporter, Number(readFileSync(path, 'utf8'))];
  });
  return Object.fromEntries(reporters);
}

function measureGrowth(folder, env, size) {
  const large = fresh(folder, 'large');
  const { bytes } = writeTree(large, size);
  const args = [...analyze, '--reporter', 'summary'];
  const distinct = measureDistinctGrowth(args, { folder, env, files: Number(flags.distinct), rounds });
  return { files: size, bytes, distinct, memory: measureMemory(large, env, folder) };
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'booster-bench-')));
try {
  const env = environment(folder);
  const measured = {
    packages: checkPackages(folder, env),
    speed: compareSpeed(folder, env),
    growth: measureGrowth(folder, env, Number(flags.files)),
  };
  const rows = analyzeRows(measured);
  console.log(flags.json ? JSON.stringify(measured, null, 2) : reportText(rows));
  if (flags.write) {
    const page = join(scripts, '..', 'docs', 'benchmarks.md');
    const section = reportSection(rows, {
      title: 'Analysing',
      command: 'analyze',
      about: aboutAnalyze({ ...measured, rounds }),
    });
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'analyze', section));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
