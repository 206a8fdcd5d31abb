// A hook call on one file with a resident pool, and without, beside `node -e 0` in one run
//
// npm run bench -- resident [--json] [--rounds N]
// --json      figures for machines
// --rounds N  rounds (default 25)
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { interleave } from './interleave.mjs';
import { bin, pickFiles, reportOf, writeTree } from './optimize-inputs.mjs';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '25' } },
});

function environment(folder, cache) {
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(folder, cache),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_STATE_HOME: join(folder, 'state'),
    NO_COLOR: '1',
  };
  delete env.NODE_EXTRA_CA_CERTS;
  return env;
}

function pool(args, cwd, env) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, 'pool', ...args], {
    cwd,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`pool ${args.join(' ')} ended with ${status}: ${stderr}${stdout}`);
  return stdout;
}

/** The three are told apart by nothing but the pool: same file, same command, a code cache each, as after a first call. */
function measure(project, empty, env, rounds) {
  const optimize = (name, args = []) => [
    bin,
    'optimize',
    '--isolated',
    '--no-cache',
    '--reporter',
    'summary',
    ...args,
    name,
  ];
  const commands = (name) => ({
    'node -e 0': { args: ['-e', '0'], cwd: project, env: env('cache') },
    [`${name}, --no-resident`]: { args: optimize(`${name}.ts`, ['--no-resident']), cwd: project, env: env('never') },
    [`${name}, no pool there`]: { args: optimize(`${name}.ts`), cwd: empty, env: env('absent') },
    [`${name}, resident pool`]: { args: optimize(`${name}.ts`), cwd: project, env: env('resident') },
  });
  return ['clean', 'slow'].map((name) => interleave(commands(name), { rounds, base: 'node -e 0', warmUp: 2 }));
}

/** The tasks that the pool did, as it says: a benchmark in which nothing went to it would measure nothing. */
function tasksDone(project, env) {
  return JSON.parse(pool(['status', '--json'], project, env)).status.pool.totals.tasksDone;
}

function text(figures) {
  const rows = figures.flatMap((group) => Object.entries(group));
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, { ms, ratio }]) => {
      const middle = `${ms.median.toFixed(1)} ms (${ms.low.toFixed(1)} to ${ms.high.toFixed(1)})`;
      return `${name.padEnd(width)}  ${middle.padStart(26)}  ${ratio.median.toFixed(2)} × node -e 0`;
    })
    .join('\n');
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'b-')));
const env = (cache) => environment(folder, cache);
const project = join(folder, 'project');
const empty = join(folder, 'empty');
try {
  for (const path of [project, empty, join(folder, 'run')]) mkdirSync(path, { mode: 0o700 });
  const tree = join(folder, 'tree');
  writeTree(tree, 600);
  const files = pickFiles(tree, reportOf(tree, env('cache')));
  for (const place of [project, empty]) {
    writeFileSync(join(place, 'package.json'), '{}');
    for (const name of ['clean', 'slow']) writeFileSync(join(place, `${name}.ts`), files[name]);
  }
  pool(['run', '--detach'], project, env('cache'));
  const before = tasksDone(project, env('cache'));
  const rounds = Number(flags.rounds);
  const figures = measure(project, empty, env, rounds);
  const done = tasksDone(project, env('cache')) - before;
  const calls = 2 * (rounds + 2);
  // on a busy machine, one or another call does not get its answer within 20 ms
  if (done < 0.9 * calls) throw new Error(`${done} of ${calls} calls went to the pool`);
  const load = loadavg().map((value) => value.toFixed(1));
  const facts = `${done} of ${calls} calls with a pool went to it; load ${load.join(' ')}`;
  console.log(flags.json ? JSON.stringify({ done, calls, load, figures }, null, 2) : `${text(figures)}\n${facts}`);
} finally {
  pool(['stop'], project, env('cache'));
  rmSync(folder, { recursive: true, force: true });
}
