// npm test: every check and every test, with one line per check and the full log of what fails. The last line on stdout
// is `N passed, N failed`, each check counting as one; the exit code is 0 only when nothing failed and tests were run.
//
// --slow   only the tests of test/package and test/slow
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './run-node.mjs';
import { countTests } from './count-tests.mjs';
import { quickProjects, slowProjects } from './test-projects.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path) => join(root, 'node_modules', path);

const checks = [
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
  { name: 'lint with types', args: [bin('oxlint/bin/oxlint')] },
  { name: 'format', args: [bin('oxfmt/bin/oxfmt'), '--check'] },
  { name: 'types', args: [bin('typescript-7/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'layers', args: ['scripts/check-layers.mjs'] },
  { name: 'planted violations', args: ['scripts/planted-violations.mjs'] },
  { name: 'generated files', args: ['scripts/generate.mjs', '--check'] },
  { name: 'unused code', args: [bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints'] },
];

// twice what they should take at most: these limits are for tests that hang
const quickLimitMs = 1_200_000;
const slowLimitMs = 1_500_000;

const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' };
let passed = 0;
let failed = 0;

function report(name, started, isGood, log) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${isGood ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (!isGood) console.log(log.trimEnd().replace(/^/gm, '     '));
}

async function runCheck({ name, args }) {
  const started = performance.now();
  const { exitCode, output } = await runNode(args, root, { env });
  report(name, started, exitCode === 0, output);
  if (exitCode === 0) passed += 1;
  else failed += 1;
}

/** Two at a time: more would only contend for the cores of a small machine. */
async function runChecks() {
  const queue = [...checks];
  const lane = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) await runCheck(check);
  };
  await Promise.all([lane(), lane()]);
}

async function runVitest(isSlow) {
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'booster-tests-'));
  const reportFile = join(folder, 'report.json');
  const projects = (isSlow ? slowProjects : quickProjects).map((name) => `--project=${name}`);
  const args = [
    bin('vitest/vitest.mjs'),
    'run',
    ...projects,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ];
  try {
    const { exitCode, output } = await runNode(args, root, { env, limitMs: isSlow ? slowLimitMs : quickLimitMs });
    const text = await readFile(reportFile, 'utf8').catch(() => '{}');
    const counts = countTests(JSON.parse(text), exitCode);
    report(`tests: ${counts.summary}`, started, counts.failed === 0, output);
    passed += counts.passed;
    failed += counts.failed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isSlow = process.argv.includes('--slow');
await runCheck({ name: 'build', args: ['scripts/build.mjs', '--if-stale'] });
await runCheck({ name: 'redis-server', args: ['scripts/ensure-redis.mjs'] });
if (!isSlow) await runChecks();
await runVitest(isSlow);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
