// The pool: cold start, round trip, replacing, throughput, memory and chaos, beside piscina in one run, with goals and verdicts
//
// npm run bench -- pool [--json] [--write] [--rounds N] [--files N] [--tasks N]
// --json      figures for machines
// --write     store the figures in docs/benchmarks.md
// --rounds N  rounds of the cold start (default 15) and lost instances of each kind (10 times as many)
// --files N   files of the tree for the throughput (default 2000)
// --tasks N   tasks of the chaos run, and half of those of the memory run (default 20000)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Piscina } from 'piscina';
import { interleave, spread } from './interleave.mjs';
import { bin, pickFiles, reportOf, writeTree } from './optimize-inputs.mjs';
import { machine } from './optimize-report.mjs';
import { bundleScript } from './pool-bundles.mjs';
import { withPart } from './page-part.mjs';
import { poolReport, poolSection } from './pool-report.mjs';
import { ruleIds } from './rule-folders.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// to be able to end one of the library's threads from outside
const threads = [];
const builtin = createRequire(import.meta.url)('node:worker_threads');
builtin.Worker = class extends builtin.Worker {
  constructor(...args) {
    super(...args);
    threads.push(this);
  }
};
syncBuiltinESMExports();
const library = pathToFileURL(join(root, 'dist', 'index.js'));
const { WASMInstanceManager } = await import(library.href);
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
    files: { type: 'string', default: '2000' },
    tasks: { type: 'string', default: '20000' },
  },
});
const rounds = Number(flags.rounds);
const memoryLimitBytes = 512_000_000;
const options = { maximum: 1, memoryLimitBytes, taskTimeoutMs: 30_000, idleTimeoutMs: 600_000 };
const inWorker = { where: 'worker' };
/** Keeps an instance busy for far longer than its deadline. */
const busyText = 'export const find = (xs) => xs.filter((x) => x > 1)[0];\n'.repeat(20_000);
const languages = { '.ts': 'typescript', '.tsx': 'tsx', '.jsx': 'jsx' };
const rules = await ruleIds(root);

function taskOf(text, path = 'a.js') {
  const language = languages[extname(path)] ?? 'javascript';
  return { kind: 'optimize', request: { text, language, level: 'safe', rules } };
}

function measureColdStart(folder, file) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(join(folder, 'task.json'), JSON.stringify(taskOf(text, file)));
  const program = (where) => `import { readFileSync } from 'node:fs';
    import { WASMInstanceManager } from ${JSON.stringify(library.href)};
    const pool = new WASMInstanceManager(${JSON.stringify(options)});
    await pool.executeTask(JSON.parse(readFileSync('task.json', 'utf8')), { where: '${where}' });
    await pool.shutdown();`;
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), NO_COLOR: '1' };
  const run = (args) => ({ args, cwd: folder, env });
  const commands = {
    'node -e 0': run(['-e', '0']),
    'in-process slot': run([bin, 'optimize', '--isolated', '--no-cache', '--reporter', 'summary', file]),
    'one worker': run(['--input-type=module', '-e', program('worker')]),
  };
  return interleave(commands, { rounds, base: 'node -e 0', warmUp: 2 });
}

/** The same tiny task to one instance of each, in turns, and to a thread that only sends it back: what Node itself takes. */
async function measureRoundTrip(pool, piscina) {
  const task = taskOf('export const a = 1;\n');
  const echo = new builtin.Worker(
    "const p = require('node:worker_threads').parentPort; p.on('message', (m) => p.postMessage(m));",
    {
      eval: true,
    },
  );
  const sendBack = () =>
    new Promise((resolve) => {
      echo.once('message', resolve);
      echo.postMessage(task);
    });
  const runs = { booster: () => pool.executeTask(task, inWorker), piscina: () => piscina.run(task), echo: sendBack };
  const times = { booster: [], piscina: [], echo: [] };
  for (let round = 0; round < 12; round += 1) {
    for (const [name, run] of Object.entries(runs)) {
      for (let call = 0; call < 500; call += 1) {
        const started = performance.now();
        await run();
        if (round >= 2) times[name].push(performance.now() - started);
      }
    }
  }
  await echo.terminate();
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, quantiles(list)]));
}

/** Milliseconds from the end of an idle instance, or from the deadline of a busy one, until the next result. */
async function measureReplacing(kind, tasks) {
  const times = [];
  const pool = new WASMInstanceManager(options);
  const short = () => pool.executeTask(taskOf('let a = [].filter(Boolean)[0];'), inWorker);
  // an instance that has done some work gives the code that it compiled to those after it
  for (const task of tasks.slice(0, 100)) await pool.executeTask(task, inWorker);
  for (let round = 0; round < rounds * 10; round += 1) {
    await short();
    // another content each time, or it would be refused
    const endless = taskOf(`${busyText}// ${round}`);
    if (kind === 'hung') await pool.executeTask(endless, { ...inWorker, timeoutMs: 60 }).catch(() => undefined);
    const started = performance.now();
    if (kind === 'killed') void threads.at(-1).terminate();
    await short();
    times.push(performance.now() - started);
  }
  await pool.shutdown();
  return quantiles(times);
}

/** Milliseconds of processor time that the machine has spent since it started, on whatever. */
function busyMs() {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

/** One pass over all tasks; `othersShare` is what other processes took meanwhile of the machine's processors. */
async function measurePass(tasks, run) {
  const busyBefore = busyMs();
  const usedBefore = process.cpuUsage();
  const started = performance.now();
  await Promise.all(tasks.map(run));
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(usedBefore);
  const cpuMs = (user + system) / 1000;
  const othersShare = Math.max(0, busyMs() - busyBefore - cpuMs) / (ms * cpus().length);
  return { ms, cpuMs, othersShare };
}

/** Passes of all pools in turns; before, each instance has worked on twice as many files as there are: V8 optimises until then. */
async function measureThroughput(tasks, piscinaFile) {
  const pools = {};
  for (const threads of [1, 2]) {
    const pool = new WASMInstanceManager({ ...options, maximum: threads });
    const piscina = new Piscina({ filename: piscinaFile, minThreads: threads, maxThreads: threads });
    const warmUp = 2 * threads;
    pools[`booster ${threads}`] = {
      warmUp,
      run: (task) => pool.executeTask(task, inWorker),
      close: () => pool.shutdown(),
    };
    pools[`piscina ${threads}`] = { warmUp, run: (task) => piscina.run(task), close: () => piscina.destroy() };
  }
  const resourceLimits = { maxOldGenerationSizeMb: Math.max(256, Math.ceil(memoryLimitBytes / 2 ** 20)) };
  // V8 collects garbage more often in a thread whose heap is bounded, which threads of piscina are not by default
  const bounded = new Piscina({ filename: piscinaFile, minThreads: 2, maxThreads: 2, resourceLimits });
  pools['piscina 2, bounded'] = { warmUp: 4, run: (task) => bounded.run(task), close: () => bounded.destroy() };
  const passes = Object.fromEntries(Object.keys(pools).map((name) => [name, []]));
  for (const { warmUp, run } of Object.values(pools)) {
    for (let pass = 0; pass < warmUp; pass += 1) await measurePass(tasks, run);
  }
  for (let round = 0; round < 9; round += 1) {
    for (const [name, { run }] of Object.entries(pools)) passes[name].push(await measurePass(tasks, run));
  }
  for (const { close } of Object.values(pools)) await close();
  return compareThroughput(passes, tasks.length);
}

function compareThroughput(passes, files) {
  const ratio = (name, base) => spread(passes[base].map(({ ms }, round) => ms / passes[name][round].ms));
  return {
    filesPerSecond: Object.fromEntries(
      Object.entries(passes).map(([name, all]) => [name, spread(all.map(({ ms }) => (files / ms) * 1000))]),
    ),
    cpuMsPerPass: Object.fromEntries(
      Object.entries(passes).map(([name, all]) => [name, spread(all.map(({ cpuMs }) => cpuMs))]),
    ),
    twoToOne: ratio('booster 2', 'booster 1'),
    piscinaTwoToOne: ratio('piscina 2', 'piscina 1'),
    toPiscina: ratio('booster 2', 'piscina 2'),
    toBoundedPiscina: ratio('booster 2', 'piscina 2, bounded'),
    oneToPiscina: ratio('booster 1', 'piscina 1'),
    othersShare: spread(Object.values(passes).flatMap((all) => all.map(({ othersShare }) => othersShare))),
  };
}

/** Runs a program that nobody ends and that prints JSON. */
function runChild(file, args) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file, ...args.map(String)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`${file} ended with ${signal ?? status}: ${stderr}`);
  return JSON.parse(stdout);
}

function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p99: at(0.99), runs: sorted.length };
}

const folder = mkdtempSync(join(tmpdir(), 'booster-bench-'));
try {
  const tree = join(folder, 'tree');
  writeTree(tree, Number(flags.files));
  const report = reportOf(tree, { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') });
  const cleanFile = join(folder, 'clean.ts');
  writeFileSync(cleanFile, pickFiles(tree, report).clean);
  const tasks = readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((path) => extname(path) !== '')
    .map((path) => taskOf(readFileSync(join(tree, path), 'utf8'), path));
  const taskFile = join(folder, 'tasks.json');
  writeFileSync(taskFile, JSON.stringify(tasks));
  const piscinaFile = await bundleScript('pool-piscina-worker', folder);
  const chaosFile = await bundleScript('pool-chaos', folder, 'test/fault/pool/deeds.ts');
  const cold = measureColdStart(folder, cleanFile);
  const pool = new WASMInstanceManager(options);
  const piscina = new Piscina({ filename: piscinaFile, minThreads: 1, maxThreads: 1 });
  const roundTrip = await measureRoundTrip(pool, piscina);
  await Promise.all([pool.shutdown(), piscina.destroy()]);
  const killed = await measureReplacing('killed', tasks);
  const hung = await measureReplacing('hung', tasks);
  const throughput = await measureThroughput(tasks, piscinaFile);
  const longRun = fileURLToPath(new URL('pool-long-run.mjs', import.meta.url));
  // V8 sizes its heaps in the first half, hence as many again for the trend
  const memory = runChild(longRun, [2 * Number(flags.tasks), memoryLimitBytes, taskFile]);
  const chaos = runChild(chaosFile, [flags.tasks, Date.now() % 2 ** 31]);
  const figures = { cold, roundTrip, killed, hung, throughput, memory, chaos, memoryLimitBytes };
  console.log(flags.json ? JSON.stringify(figures, undefined, 2) : poolReport(figures));
  if (flags.write) {
    const page = join(root, 'docs', 'benchmarks.md');
    const place = `${new Date().toISOString().slice(0, 10)} on ${machine()}`;
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'pool', poolSection(figures, place)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
