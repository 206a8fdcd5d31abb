// A registry of agents under load, as a process of its own that must end by itself: bench-agents.mjs and test/slow/agents-load.test.ts
// bundle and start it. Arguments: tasks, URL of the worker program. Prints JSON.
import { readFileSync } from 'node:fs';
import { BoosterAgentRegistry } from '../src/agents/BoosterAgentRegistry.ts';
import { WASMInstanceManager } from '../src/pool/WASMInstanceManager.ts';
import { RoutingClock } from './routing-clock.mjs';

const tasks = Number(process.argv[2]);
const workerUrl = new URL(process.argv[3]);
const agents = 10;
const maximum = 6;
/** Tasks on their way at a time; the agents run 30 of them. */
const lanes = 60;
/** One in so many kills every instance that runs it. */
const poisonRarity = 500;

const code = readFileSync(new URL('../fixtures/slow/order-report.ts', import.meta.url), 'utf8');
const edit = readFileSync(new URL('../fixtures/edits/latest-day.txt', import.meta.url), 'utf8');
const small = 'export const newest = (xs: string[]) => xs.slice(-1)[0];\n';

/** By index: what is asked, and how it may end. No two are equal, so nothing comes from memory. */
function planOf(index) {
  const mark = `// task ${index}\n`;
  if (index % poisonRarity === poisonRarity - 1) {
    const input = { code: `${small}/* poison */ ${mark}`, filename: 'a.ts' };
    return { task: { type: 'code-optimization', input }, isPoisoned: true };
  }
  const kinds = [
    { type: 'code-optimization', input: { code: small + mark, filename: 'a.ts' } },
    { type: 'performance-analysis', input: { code: code + mark, filename: 'a.ts' } },
    { type: 'wasm-acceleration', input: { code: code + mark, edit, filename: 'a.ts' } },
    { type: 'refactoring', input: { code: code + mark, edit, filename: 'a.ts', level: 'balanced' } },
    { type: 'code-optimization', input: { code: `const = ; xs.slice(-1)[0] ${mark}`, filename: 'a.ts' } },
    { type: 'wasm-acceleration', input: { code: small + mark, edit, filename: 'a.ts' } },
    { type: 'code-generation', description: `a ring buffer for Jobs${index}`, input: {} },
    { type: 'code-generation', description: `colours ${index}`, input: {} },
  ];
  const expected = ['done', 'done', 'done', 'done', 'refused', 'refused', 'done', 'refused'];
  return { task: kinds[index % kinds.length], expected: expected[index % kinds.length], isPoisoned: false };
}

function watch(observed) {
  const clock = new RoutingClock();
  observed.on('task-routed', ({ routingMs }) => {
    clock.end(routingMs);
  });
  return clock;
}

/** Finding the agent for as many tasks with nothing else at work: the agents of this registry do nothing. */
async function routeAlone() {
  const idle = new BoosterAgentRegistry({ pool, projectFolder: '/nowhere' });
  await idle.initialize();
  const capabilities = [...new Set(Array.from({ length: 8 }, (_, index) => planOf(index).task.type))];
  for (let index = 0; index < agents; index += 1) {
    idle.register({
      ...{ id: `idle ${index}`, name: `idle ${index}`, capabilities },
      ...{ isClosed: false, isFull: false, health: 1, load: index / agents },
      executeTask: ({ type }) => Promise.resolve({ taskId: '', type, status: 'done', waitMs: 0 }),
      shutdown: () => Promise.resolve(),
      getMetrics: () => ({ queued: 0, running: 0 }),
    });
  }
  const alone = watch(idle);
  for (let index = 0; index < tasks; index += 1) {
    const { task } = planOf(index);
    alone.begin();
    await idle.executeTask(task);
  }
  const { routingMs } = idle.getMetrics();
  await idle.shutdown();
  return { routingMs, long: await alone.figures() };
}

const startedAt = performance.now();
const pool = new WASMInstanceManager({
  maximum,
  minimum: 5,
  memoryLimitBytes: 256 * 2 ** 20,
  taskTimeoutMs: 60_000,
  availableMemoryBytes: () => Infinity,
  workerUrl,
});
await pool.initialize();
const registry = new BoosterAgentRegistry({ pool, projectFolder: '/nowhere' });
const initializeAt = performance.now();
await registry.initialize();
const initializeMs = performance.now() - initializeAt;
for (let index = 0; index < agents; index += 1) {
  await registry.createAgent('code-booster', { name: `agent ${index}`, timeout: 60_000 });
}

let killed = 0;
pool.on('instance-failed', ({ code: failure }) => (killed += failure === 'E_POOL_WORKER_DIED' ? 1 : 0));
let ended = 0;
registry.on('task-ended', () => (ended += 1));
const clock = watch(registry);
const outcomes = { done: 0, refused: 0, failed: 0 };
const failures = {};
const wrong = [];
const memory = [];
let settled = 0;
const order = Array.from({ length: tasks }, (_, index) => index).entries();

async function lane() {
  for (const [index] of order) {
    const { task, expected, isPoisoned } = planOf(index);
    clock.begin();
    const { status, error } = await registry.executeTask(task);
    settled += 1;
    outcomes[status] += 1;
    if (status === 'failed') failures[error.code] = (failures[error.code] ?? 0) + 1;
    if (!isPoisoned && status !== expected) wrong.push({ index, type: task.type, status, code: error?.code });
    if (settled % Math.ceil(tasks / 20) === 0) memory.push(process.memoryUsage.rss());
  }
}

await Promise.all(Array.from({ length: lanes }, lane));
const elapsedMs = performance.now() - startedAt;
const { availability, queued, running } = pool.getStatus();
const metrics = registry.getMetrics();
const longRoutings = await clock.figures();
await registry.shutdown();
await pool.shutdown();
const routingAlone = await routeAlone();
await new Promise((resolve) => setImmediate(resolve));
const output = ['PipeWrap', 'TTYWrap', 'FSReqCallback'];
const left = process.getActiveResourcesInfo().filter((name) => !output.includes(name));
const poisoned = Math.floor(tasks / poisonRarity);
const byAgent = Object.values(metrics.agents).map(({ done, refused, failed }) => done + refused + failed);
console.log(
  JSON.stringify({
    ...{ tasks, settled, ended, outcomes, failures, wrong, poisoned, killed, availability, queued, running, elapsedMs },
    successRate: (tasks - poisoned - wrong.length) / (tasks - poisoned),
    retried: metrics.retried,
    routing: { busy: { routingMs: metrics.routingMs, long: longRoutings }, alone: routingAlone },
    waitMs: metrics.waitMs,
    runMs: metrics.runMs,
    initializeMs,
    byAgent,
    memory,
    left,
  }),
);
