// Runs the tests of a package of the corpus where it was copied to, and reads what came of them.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomesOf, readLines, readTap } from './corpus-outcomes.mjs';

const limitMs = 600_000;

/** A configuration of vitest: zod's tests import the package by name; here that is the copy beside them. */
export const zodConfig = (options) => `import { fileURLToPath } from 'node:url';
const source = fileURLToPath(new URL('./src/', import.meta.url));
export default {
  resolve: {
    alias: [
      { find: /^zod$/, replacement: source + 'index.ts' },
      { find: /^zod\\/(.+)$/, replacement: source + '$1/index.ts' },
    ],
  },
  test: { include: ['src/**/*.test.ts'], testTimeout: 60_000${options} },
};
`;

const jasmineReporter = `module.exports = class {
  specDone({ fullName, status }) { if (status === 'passed' || status === 'failed') console.log((status === 'passed' ? 'ok 1 - ' : 'not ok 1 - ') + fullName.replace(/\\n/g, ' ')); }
};
`;

/** How each runner is started in `folder`, with what it brings in `modules`; each gives its tests. */
const runners = {
  async mocha({ folder, modules, args, report }) {
    const reporter = ['--reporter', 'json', '--reporter-option', `output=${report}`, '--exit'];
    await run([join(modules, 'mocha/bin/mocha.js'), ...reporter, ...args], folder);
    if (!existsSync(report)) return [];
    const { tests } = JSON.parse(readFileSync(report, 'utf8'));
    return tests.map(({ fullTitle, err }) => ({ name: fullTitle, passed: Object.keys(err).length === 0 }));
  },
  async vitest({ folder, modules, report }) {
    const config = join(folder, 'vitest.config.mjs');
    writeFileSync(config, zodConfig(", pool: 'threads', maxWorkers: 2"));
    const args = ['run', '--root', folder, '--config', config, '--reporter=json', `--outputFile=${report}`];
    await run([join(modules, 'vitest/vitest.mjs'), ...args], folder);
    if (!existsSync(report)) return [];
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({
        name: `${name.slice(folder.length)} ${fullName}`,
        passed: status === 'passed',
      })),
    );
  },
  async tap({ folder, args: [tests] }) {
    const all = [];
    for (const file of filesOf(folder, tests)) all.push(...readTap(await run([file], folder), `${file}: `));
    return all;
  },
  async nodeunit({ folder, modules, args }) {
    const output = await run([join(modules, 'nodeunit/bin/nodeunit'), ...args], folder);
    return readLines(output, /^(?<mark>[✔✖]) (?<name>.+)$/u, '✔');
  },
  async less({ folder, args }) {
    return readLines(await run(args, folder), /^- (?<name>\S+): (?<mark>OK|FAIL|ERROR|No Error)/u, 'OK');
  },
  async jasmine({ folder, modules, args }) {
    const reporter = join(folder, 'tap-reporter.cjs');
    writeFileSync(reporter, jasmineReporter);
    return readTap(
      await run([join(modules, 'jasmine/bin/jasmine.js'), `--reporter=${reporter}`, '--random=false', ...args], folder),
    );
  },
};

/**
 * @param {import('./corpus-packages.mjs').CorpusPackage} corpusPackage
 * @param {string} folder the copy of it
 * @param {string} modules `node_modules` with the runners
 * @returns {Promise<import('./corpus-outcomes.mjs').Outcomes>}
 */
export async function runPackageTests({ tests: { runner, args } }, folder, modules) {
  const report = join(folder, 'corpus-report.json');
  rmSync(report, { force: true });
  return outcomesOf(await runners[runner]({ folder, modules, args, report }));
}

function filesOf(folder, tests) {
  return readdirSync(join(folder, tests))
    .filter((file) => /\.[cm]?js$/.test(file))
    .sort()
    .map((file) => join(tests, file));
}

/** What a script prints on both outputs; what it leaves behind ends with it. */
function run(args, cwd) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CI: '1', TZ: 'UTC', NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const chunks = [];
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // gone by itself
      }
    };
    const timer = setTimeout(end, limitMs);
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('exit', end);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString());
    });
  });
}
