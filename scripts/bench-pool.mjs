// The pool: cold start, round trip, replacing, throughput and memory, beside piscina in one run
//
// npm run bench -- pool [--json] [--rounds N] [--files N] [--tasks N]
// --json      figures for machines
// --rounds N  rounds of the cold start (default 15) and lost instances of each kind (10 times as many)
// --files N   files of the tree for the throughput (default 2000)
// --tasks N   tasks of the memory run (default 20000)
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { Piscina } from 'piscina';
import { interleave, spread } from './interleave.mjs';
import { bin, pickFiles, reportOf, writeTree } from './optimize-inputs.mjs';
import { ruleIds } from './rule-folders.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const library = pathToFileURL(join(root, 'dist', 'index.js'));
const { WASMInstanceManager } = await import(library.href);
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
    files: { type: 'string', default: '2000' },
    tasks: { type: 'string', default: '20000' },
  },
});
const rounds = Number(flags.rounds);
const memoryLimitBytes = 512_000_000;
const options = { maximum: 1, memoryLimitBytes, taskTimeoutMs: 30_000, idleTimeoutMs: 600_000 };
const inWorker = { where: 'worker' };
const languages = { '.ts': 'typescript', '.tsx': 'tsx', '.jsx': 'jsx' };
const rules = await ruleIds(root);

function taskOf(text, path = 'a.js') {
  const language = languages[extname(path)] ?? 'javascript';
  return { kind: 'optimize', request: { text, language, level: 'safe', rules } };
}

async function bundle(folder, name, define) {
  const outfile = join(folder, `${name}.mjs`);
  const banner = `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(library.href)});`;
  await build({
    entryPoints: [join(root, 'scripts', `${name}.mjs`)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    define,
    banner: { js: banner },
    logLevel: 'error',
  });
  return outfile;
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
    'in-process slot': run([bin, 'optimize', '--isolated', '--reporter', 'summary', file]),
    'one worker': run(['--input-type=module', '-e', program('worker')]),
  };
  return interleave(commands, { rounds, base: 'node -e 0', warmUp: 2 });
}

/** The same tiny task to one instance of each, in turns. */
async function measureRoundTrip(pool, piscina) {
  const task = taskOf('export const a = 1;\n');
  const runs = { booster: () => pool.executeTask(task, inWorker), piscina: () => piscina.run(task) };
  const times = { booster: [], piscina: [] };
  for (let round = 0; round < 12; round += 1) {
    for (const [name, run] of Object.entries(runs)) {
      for (let call = 0; call < 500; call += 1) {
        const started = performance.now();
        await run();
        if (round >= 2) times[name].push(performance.now() - started);
      }
    }
  }
  return { booster: quantiles(times.booster), piscina: quantiles(times.piscina) };
}

/** From the moment that the caller hears of the loss until the next result. */
async function measureReplacing(workerUrl, kind, timeoutMs) {
  const times = [];
  const pool = new WASMInstanceManager({ ...options, workerUrl });
  for (let round = 0; round < rounds * 10; round += 1) {
    await pool.executeTask(taskOf('let a = [].filter(Boolean)[0];'), inWorker);
    // another content each time, or it would be refused
    const task = { ...taskOf(`// ${kind}`), round };
    await pool.executeTask(task, { ...inWorker, timeoutMs }).catch(() => undefined);
    const started = performance.now();
    await pool.executeTask(taskOf('let a = [].filter(Boolean)[0];'), inWorker);
    times.push(performance.now() - started);
  }
  await pool.shutdown();
  return quantiles(times);
}

async function timed(tasks, run) {
  const started = performance.now();
  await Promise.all(tasks.map(run));
  return tasks.length / ((performance.now() - started) / 1000);
}

/** Tasks in a second, each pool warmed up by the same tasks. */
async function measureThroughput(tasks, piscinaFile) {
  const pools = {};
  for (const threads of [1, 2]) {
    const pool = new WASMInstanceManager({ ...options, maximum: threads });
    const piscina = new Piscina({ filename: piscinaFile, minThreads: threads, maxThreads: threads });
    pools[`booster ${threads}`] = { run: (task) => pool.executeTask(task, inWorker), close: () => pool.shutdown() };
    pools[`piscina ${threads}`] = { run: (task) => piscina.run(task), close: () => piscina.destroy() };
  }
  const rates = Object.fromEntries(Object.keys(pools).map((name) => [name, []]));
  for (let round = -1; round < 3; round += 1) {
    for (const [name, { run }] of Object.entries(pools)) {
      const rate = await timed(tasks, run);
      if (round >= 0) rates[name].push(rate);
    }
  }
  for (const { close } of Object.values(pools)) await close();
  return Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, spread(values)]));
}

/** The most memory of an instance in each quarter of a long run. */
async function measureMemory(tasks, count) {
  const pool = new WASMInstanceManager({ ...options, maximum: 2 });
  const quarters = [];
  for (let quarter = 0; quarter < 4; quarter += 1) {
    let most = 0;
    const order = Array.from({ length: Math.ceil(count / 4) }, (_, index) => tasks[index % tasks.length]).values();
    const lane = async () => {
      for (const task of order) {
        await pool.executeTask(task, inWorker);
        for (const { memoryBytes = 0 } of pool.getStatus().instances) most = Math.max(most, memoryBytes);
      }
    };
    await Promise.all([lane(), lane()]);
    quarters.push({ instanceMiB: most / 2 ** 20, processMiB: process.memoryUsage.rss() / 2 ** 20 });
  }
  const { totals, availability } = pool.getStatus();
  await pool.shutdown();
  return { quarters, recycled: totals.instancesRecycled, waitMs: totals.waitMs, runMs: totals.runMs, availability };
}

function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p99: at(0.99), runs: sorted.length };
}

function textOf({ cold, roundTrip, killed, hung, throughput, memory }) {
  const ms = (value) => `${value.toFixed(value < 1 ? 3 : 1)} ms`;
  const rate = (name) => throughput[name].median;
  const lines = [
    [
      'cold, in-process slot (booster optimize)',
      `${cold['in-process slot'].ratio.median.toFixed(1)} × node -e 0`,
      '≤ 4',
    ],
    ['cold, one worker (library)', `${cold['one worker'].ratio.median.toFixed(1)} × node -e 0`, '≤ 6'],
    ['round trip p50', `${ms(roundTrip.booster.p50)}, piscina ${ms(roundTrip.piscina.p50)}`, '≤ 0.05 ms, ≤ 1.5 ×'],
    ['replace a killed instance p50 / p99', `${ms(killed.p50)} / ${ms(killed.p99)}`, 'p99 ≤ 100 ms'],
    ['replace a hung instance p50 / p99', `${ms(hung.p50)} / ${ms(hung.p99)}`, 'p99 ≤ 100 ms'],
    ['throughput, 2 to 1 instances', `${(rate('booster 2') / rate('booster 1')).toFixed(2)} ×`, '≥ 1.7'],
    ['throughput, 2 instances to piscina', `${(rate('booster 2') / rate('piscina 2')).toFixed(2)} ×`, '≥ 1'],
    ...memory.quarters.map(({ instanceMiB, processMiB }, index) => [
      `memory, quarter ${index + 1}: instance, process`,
      `${instanceMiB.toFixed(0)} MiB, ${processMiB.toFixed(0)} MiB`,
      '≤ 513 MiB, flat',
    ]),
    ['availability in the memory run', String(memory.availability), '≥ 0.999'],
  ];
  return lines.map(([what, value, goal]) => `${what.padEnd(44)}${value.padEnd(36)}${goal}`).join('\n');
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
  const define = {
    'import.meta.url': JSON.stringify(library.href),
    'import.meta.dirname': JSON.stringify(join(root, 'dist')),
  };
  const piscinaFile = await bundle(folder, 'pool-piscina-worker', define);
  const workerUrl = pathToFileURL(await bundle(folder, 'pool-bench-worker', define));
  const cold = measureColdStart(folder, cleanFile);
  const pool = new WASMInstanceManager(options);
  const piscina = new Piscina({ filename: piscinaFile, minThreads: 1, maxThreads: 1 });
  const roundTrip = await measureRoundTrip(pool, piscina);
  await Promise.all([pool.shutdown(), piscina.destroy()]);
  const killed = await measureReplacing(workerUrl, 'exit');
  const hung = await measureReplacing(workerUrl, 'hang', 60);
  const throughput = await measureThroughput(tasks, piscinaFile);
  const memory = await measureMemory(tasks, Number(flags.tasks));
  const figures = { cold, roundTrip, killed, hung, throughput, memory };
  console.log(flags.json ? JSON.stringify(figures, undefined, 2) : textOf(figures));
} finally {
  rmSync(folder, { recursive: true });
}
