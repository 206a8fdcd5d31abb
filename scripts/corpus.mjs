// npm run corpus [-- names… --write --keep DIR]: rewrites packages that nobody here wrote, and runs the tests that they bring along.
//
// names     some of the packages of scripts/corpus-packages.mjs (default all but those that take very long)
// --write   store the tables in docs/corpus.md
// --keep DIR  keep the figures of each package there, and take those that are there: a long run can be stopped and go on
// Brings the packages of test/corpus/package.json from the npm registry once, into the folder for temporary files.
// A level without a rewrite needs no run. Each package's tests run twice as it is, then on a copy that `optimize --write` has been over at each level. A test is a new failure when
// it passed both times before and fails twice after. Exit code 0: no new failures at safe and balanced, and none without an explanation.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { explanations, packages } from './corpus-packages.mjs';
import { countPassing, newFailures } from './corpus-outcomes.mjs';
import { corpusSection } from './corpus-report.mjs';
import { runPackageTests } from './corpus-tests.mjs';
import { withPart } from './page-part.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'bin', 'booster.cjs');
const levels = ['safe', 'balanced', 'aggressive'];
const isTest = /(?:^|\/)(?:tests?|__tests__|benchmarks?)\/|\.(?:test|spec|bench)\.|\.min\.|\.d\.[cm]?ts$/;

/** The folder with the packages and their runners, made when it is not there. */
function install() {
  const wanted = ['package.json', 'package-lock.json'].map((name) => readFileSync(join(root, 'test/corpus', name)));
  const stamp = createHash('sha256').update(wanted[0]).update(wanted[1]).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `booster-corpus-${process.getuid?.() ?? 0}-${stamp}`);
  if (existsSync(join(folder, 'complete'))) return folder;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'package.json'), wanted[0]);
  writeFileSync(join(folder, 'package-lock.json'), wanted[1]);
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm ci ended with ${status}: ${stderr.slice(-2_000)}`);
  writeFileSync(join(folder, 'complete'), '');
  return folder;
}

function listSources(folder, sources) {
  return sources.flatMap((source) => {
    if (!statSync(join(folder, source)).isDirectory()) return [source];
    return readdirSync(join(folder, source), { recursive: true, encoding: 'utf8' })
      .map((path) => `${source}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !isTest.test(path))
      .sort();
  });
}

/** Rewrites sources where they lie. Gives how many files were written, rewrites by rule, and all edits as a text. */
function optimize(folder, sources, flags) {
  const args = [bin, 'optimize', '--write', '--isolated', '--no-record', '--no-cache', '--reporter', 'json'];
  const files = listSources(folder, sources);
  const { stdout, stderr, status } = spawnSync(process.execPath, [...args, ...flags, ...files], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
  });
  if (status !== 0) throw new Error(`booster ended with ${status}: ${stderr.slice(-2_000)}`);
  const report = JSON.parse(stdout);
  const rules = {};
  for (const { rule, status: state } of report.files.flatMap(({ findings }) => findings)) {
    if (state === 'applied') rules[rule] = (rules[rule] ?? 0) + 1;
  }
  const edits = JSON.stringify(report.files.map((file) => file.edits));
  return { files: files.length, written: report.summary.written, rules, edits };
}

/** Everything that happens with one package. */
async function judgePackage(place, corpusPackage) {
  const { name, sources } = corpusPackage;
  const modules = join(place, 'node_modules');
  const folder = join(place, 'copies', name);
  const renew = () => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(modules, name), folder, { recursive: true });
  };
  const test = () => runPackageTests(corpusPackage, folder, modules);
  const before = [];
  const seen = new Map();
  const freshly = async (flags, again = false) => {
    renew();
    const rewritten = optimize(folder, sources, flags);
    // a level that adds no rewrite makes the very same files, which need no further run
    if (rewritten.written === 0) return { ...rewritten, outcomes: before[0] };
    const outcomes = (!again && seen.get(rewritten.edits)) || (await test());
    seen.set(rewritten.edits, outcomes);
    return { ...rewritten, outcomes };
  };
  for (let run = 0; run < 2; run += 1) {
    renew();
    before.push(await test());
  }
  const failuresOf = async (flags, outcomes) => {
    if (newFailures(before, [outcomes]).length === 0) return [];
    return newFailures(before, [outcomes, (await freshly(flags, true)).outcomes]);
  };
  const byLevel = {};
  for (const level of levels) {
    const flags = ['--level', level];
    const { files, written, rules, outcomes } = await freshly(flags);
    const failures = await failuresOf(flags, outcomes);
    const culprits = [];
    for (const rule of failures.length === 0 ? [] : Object.keys(rules)) {
      const alone = [...flags, '--rule', rule];
      const found = await failuresOf(alone, (await freshly(alone)).outcomes);
      if (found.length > 0) culprits.push({ rule, failures: found });
    }
    byLevel[level] = { files, written, rules, failures, culprits };
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  return { name, version, files: byLevel.safe.files, passing: countPassing(before), levels: byLevel };
}

async function judgeAll(chosen) {
  const place = install();
  const reports = [];
  for (const corpusPackage of chosen) {
    const kept = flags.keep === undefined ? undefined : join(flags.keep, `${corpusPackage.name}.json`);
    if (kept !== undefined && existsSync(kept)) {
      reports.push(JSON.parse(readFileSync(kept, 'utf8')));
      continue;
    }
    const started = performance.now();
    const report = await judgePackage(place, corpusPackage);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const cells = levels.map(
      (level) =>
        `${level} ${JSON.stringify(report.levels[level].rules)}, ${report.levels[level].failures.length} new failures`,
    );
    console.log(`${report.name} ${report.version} (${seconds} s): ${report.passing} tests; ${cells.join('; ')}`);
    if (kept !== undefined) {
      mkdirSync(flags.keep, { recursive: true });
      writeFileSync(kept, JSON.stringify(report));
    }
    reports.push(report);
  }
  return reports;
}

/** What keeps the exit code from being 0. */
function objections(reports) {
  return reports.flatMap(({ name, passing, levels: byLevel }) => [
    ...(passing === 0 ? [`${name}: no test passes before`] : []),
    ...['safe', 'balanced']
      .filter((level) => byLevel[level].failures.length > 0)
      .map((level) => `${name}: new failures at ${level}: ${byLevel[level].failures.slice(0, 5).join(' | ')}`),
    ...(byLevel.aggressive.failures.length > 0 && byLevel.aggressive.culprits.length === 0
      ? [`${name}: new failures at aggressive that no rule makes alone`]
      : []),
    ...byLevel.aggressive.culprits
      .filter(({ rule }) => explanations[`${name} ${rule}`] === undefined)
      .map(
        ({ rule, failures }) => `${name}: ${rule} at aggressive is not explained: ${failures.slice(0, 5).join(' | ')}`,
      ),
  ]);
}

const { values: flags, positionals: names } = parseArgs({
  options: { write: { type: 'boolean', default: false }, keep: { type: 'string' } },
  allowPositionals: true,
});
const unknown = names.filter((name) => !packages.some((known) => known.name === name));
if (unknown.length > 0) {
  console.error(
    `corpus: no such package: ${unknown.join(', ')}; there are ${packages.map(({ name }) => name).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  const reports = await judgeAll(
    packages.filter(({ name, onlyNamed }) => (names.length === 0 ? !onlyNamed : names.includes(name))),
  );
  console.log(corpusSection(reports));
  if (flags.write) {
    const page = join(root, 'docs', 'corpus.md');
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'packages', corpusSection(reports)));
  }
  for (const objection of objections(reports)) console.error(`corpus: ${objection}`);
  process.exitCode = objections(reports).length > 0 ? 1 : 0;
}
