// Records: Redis and the local store by themselves, what recording adds to a run, and pool status
//
// npm run bench -- records [--json] [--write] [--rounds N] [--files N]
// --json      figures for machines
// --write     store the figures in docs/benchmarks.md
// --rounds N  rounds of the short measurements (default 20); runs over the tree take half of them
// --files N   files of the tree (default 1000)
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { ensureRedis } from './ensure-redis.mjs';
import { interleave, spread } from './interleave.mjs';
import { bin, writeTree } from './optimize-inputs.mjs';
import { withPart } from './page-part.mjs';
import { bundleScript } from './pool-bundles.mjs';
import { recordsSection, recordsText } from './records-report.mjs';
import { timeOutput } from './time-output.mjs';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '20' },
    files: { type: 'string', default: '1000' },
  },
});
const rounds = Number(flags.rounds);
const files = Number(flags.files);
const treeRounds = Math.max(3, Math.round(rounds / 2));

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'b-')));
const run = promisify(execFile);
let worker = '';

async function inProcess(...args) {
  const { stdout } = await run(process.execPath, [worker, ...args], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout);
}

/** A server on a socket's port that was free a moment ago; ends with `stop`. */
async function startRedis() {
  const port = 20_000 + (process.pid % 20_000);
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = spawn(ensureRedis(), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes('Ready to accept connections')) break;
  }
  if (child.exitCode !== null) throw new Error(`redis-server ended: ${output}`);
  return { url: `redis://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}

/** Nothing of the environment reaches a command but what it is told; each variant has a code cache and a state folder of its own. */
function environment(name, more = {}) {
  const { PATH } = process.env;
  const state = join(folder, `state-${name}`);
  mkdirSync(state, { recursive: true });
  return { PATH, HOME: folder, XDG_CACHE_HOME: join(folder, `cache-${name}`), XDG_STATE_HOME: state, ...more };
}

async function many(times, work) {
  const values = [];
  for (let round = 0; round < times; round += 1) values.push(await work(round));
  return values;
}

/** What recording adds to runs over the tree: side by side, and by itself. */
async function measureRun(tree, url) {
  const command = [bin, 'optimize', '.', '--no-cache', '--no-resident', '--reporter', 'summary'];
  const on = (name, args = [], env = {}) => ({ args: [...command, ...args], cwd: tree, env: environment(name, env) });
  const figures = interleave(
    {
      'not recorded': on('tree-none', ['--no-record']),
      recorded: on('tree-local'),
      'recorded, with Redis': on('tree-redis', [], { BOOSTER_REDIS_URL: url }),
    },
    { rounds: treeRounds, base: 'not recorded', warmUp: 1 },
  );
  const alone = spread(await many(treeRounds, (round) => inProcess('record', join(folder, `alone-${round}`), files)));
  return { files, figures, alone };
}

/** Until the last byte of the output, and until the end of the process: one file, with findings. */
async function measureOutput(url) {
  const cwd = join(folder, 'one');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), '{}');
  writeFileSync(join(cwd, 'a.ts'), 'export const hit = (xs: Set<number>) => [...xs].includes(1);\n');
  const args = [bin, 'optimize', 'a.ts', '--no-cache', '--no-resident'];
  const variants = {
    'not recorded': { args: [...args, '--no-record'], cwd, env: environment('one-none') },
    recorded: { args, cwd, env: environment('one-local') },
    'recorded, with Redis': { args, cwd, env: environment('one-redis', { BOOSTER_REDIS_URL: url }) },
  };
  const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const [name, { args: words, ...options }] of Object.entries(variants)) {
      const measured = await timeOutput(words, options);
      if (round >= 0) times[name].push(measured);
    }
  }
  const base = times['not recorded'];
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => {
      const added = (key) => spread(list.map((each, round) => each[key] - base[round][key]));
      return [
        name,
        { outMs: spread(list.map(({ outMs }) => outMs)), addedOut: added('outMs'), addedEnd: added('endMs') },
      ];
    }),
  );
}

/** Whether anything of what was acknowledged is lost or torn when processes save at once. */
async function measureCrowd(processes, each) {
  const place = join(folder, 'crowd');
  const begun = performance.now();
  const saved = await Promise.all(Array.from({ length: processes }, () => inProcess('save', place, each)));
  const ms = performance.now() - begun;
  const ids = new Set(saved.flat());
  const found = await inProcess('read', place);
  const there = new Set(found.ids);
  const lost = [...ids].filter((id) => !there.has(id)).length;
  return {
    processes,
    each,
    ms,
    acknowledged: ids.size,
    found: there.size,
    lost,
    damaged: found.troubles.length,
    readMs: found.ms,
  };
}

/** `pool status` of a machine with a store, on which no pool runs. */
async function measureStatus() {
  const env = environment('status');
  const cwd = join(folder, 'one');
  await timeOutput([bin, 'optimize', 'a.ts'], { cwd, env });
  return interleave(
    {
      'node -e 0': { args: ['-e', '0'], cwd, env },
      'booster --version': { args: [bin, '--version'], cwd, env },
      'booster pool status': { args: [bin, 'pool', 'status'], cwd, env, exitCodes: [3] },
    },
    { rounds, base: 'node -e 0', warmUp: 3 },
  );
}

const redis = await startRedis();
try {
  worker = await bundleScript('records-work', folder);
  const tree = join(folder, 'tree');
  writeTree(tree, files);
  const measured = {
    redis: await many(rounds, () => inProcess('redis', redis.url)),
    local: await many(3, (round) => inProcess('local', join(folder, `local-${round}`), 200)),
    crowd: await measureCrowd(8, 500),
    run: await measureRun(tree, redis.url),
    output: await measureOutput(redis.url),
    status: await measureStatus(),
    load: loadavg(),
  };
  measured.local = {
    cold: spread(measured.local.map(([first]) => first)),
    warm: spread(measured.local.flatMap((all) => all.slice(1))),
  };
  measured.redis = {
    loading: spread(measured.redis.map(([first]) => first)),
    loaded: spread(measured.redis.map(([, second]) => second)),
  };
  if (flags.write) {
    const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'records', recordsSection(measured)));
  }
  console.log(flags.json ? JSON.stringify(measured, null, 2) : recordsText(measured));
} finally {
  redis.stop();
  // the processes in the background that bring records to Redis may still be at work in the folder
  await setTimeout(500);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
