// Records: Redis and the local store by themselves, what recording adds to a run, and pool status
//
// npm run bench -- records [--json] [--write] [--rounds N] [--files N]
// --json      figures for machines
// --write     store the figures in docs/benchmarks.md
// --rounds N  rounds of the short measurements (default 20); runs over the tree take half of them, and at least 3
// --files N   files of the tree (default 1000)
import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

/**
 * Whether nobody brings records away any more: what one run leaves to the background must not be at work during the next one, which is
 * of another variant.
 */
function isSettled(state) {
  const spools = join(state, 'booster', 'spool');
  if (!existsSync(spools)) return true;
  return readdirSync(spools).every((spool) => readdirSync(join(spools, spool)).length === 0);
}

async function settle({ XDG_STATE_HOME: state }) {
  const until = performance.now() + 10_000;
  while (!isSettled(state) && performance.now() < until) await setTimeout(20);
}

/** Not recorded, recorded, and recorded with Redis, in turns, and in the other order every second time. */
async function compareRecording(prefix, { args, cwd, url, turns, warmUp }) {
  const variants = Object.entries({
    'not recorded': { args: [...args, '--no-record'], cwd, env: environment(`${prefix}-none`) },
    recorded: { args, cwd, env: environment(`${prefix}-local`) },
    'recorded, with Redis': { args, cwd, env: environment(`${prefix}-redis`, { BOOSTER_REDIS_URL: url }) },
  });
  const times = Object.fromEntries(variants.map(([name]) => [name, []]));
  for (let turn = -warmUp; turn < turns; turn += 1) {
    for (const [name, { args: words, ...options }] of turn % 2 === 0 ? variants : variants.toReversed()) {
      const measured = await timeOutput(words, options);
      await settle(options.env);
      if (turn >= 0) times[name].push({ ...measured, afterMs: measured.endMs - measured.outMs });
    }
  }
  const base = times['not recorded'];
  const spreadOf = (list, figure) => spread(list.map((each, turn) => figure(each, base[turn])));
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => [
      name,
      {
        endMs: spreadOf(list, ({ endMs }) => endMs),
        processorRatio: spreadOf(list, (each, other) => each.processorMs / other.processorMs),
        wallRatio: spreadOf(list, (each, other) => each.endMs / other.endMs),
        addedOut: spreadOf(list, (each, other) => each.outMs - other.outMs),
        addedEnd: spreadOf(list, (each, other) => each.endMs - other.endMs),
        addedAfter: spreadOf(list, (each, other) => each.afterMs - other.afterMs),
      },
    ]),
  );
}

/** What recording adds to runs over the tree: side by side, and by itself. */
async function measureRun(tree, url) {
  const args = [bin, 'optimize', '.', '--no-cache', '--no-resident', '--reporter', 'summary'];
  const figures = await compareRecording('tree', { args, cwd: tree, url, turns: treeRounds, warmUp: 1 });
  const alone = spread(await many(treeRounds, (round) => inProcess('record', join(folder, `alone-${round}`), files)));
  return { files, figures, alone };
}

/** The process that brings the records of a run over the tree to Redis, beside one that does nothing. */
async function measureFlusher(url) {
  const place = join(folder, 'flush');
  const flusher = fileURLToPath(new URL('../bin/flush-records.cjs', import.meta.url));
  const env = () => {
    const request = execFileSync(process.execPath, [worker, 'spool', place, files, url], { encoding: 'utf8' });
    return environment('flush', { BOOSTER_FLUSH: JSON.parse(request) });
  };
  return interleave(
    { 'node -e 0': { args: ['-e', '0'], env: environment('flush') }, flusher: { args: [flusher], env } },
    { rounds: treeRounds, base: 'node -e 0', warmUp: 1, clock: 'processor' },
  );
}

/** Until the last byte of the output, and until the end of the process: one file, with findings. */
function measureOutput(url) {
  const cwd = join(folder, 'one');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), '{}');
  writeFileSync(join(cwd, 'a.ts'), 'export const hit = (xs: Set<number>) => [...xs].includes(1);\n');
  const args = [bin, 'optimize', 'a.ts', '--no-cache', '--no-resident'];
  return compareRecording('one', { args, cwd, url, turns: rounds, warmUp: 2 });
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
    flusher: await measureFlusher(redis.url),
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
