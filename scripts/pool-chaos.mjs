// A pool under chaos, as a process of its own that must end by itself: bench-pool.mjs and test/slow/pool-chaos.test.ts bundle
// and start it. Arguments: tasks, seed. Prints JSON.
import fc from 'fast-check';
import { WASMInstanceManager } from '../src/pool/WASMInstanceManager.ts';
import { chaosEnd, chaosPlans } from '../test/fault/pool/chaos-plans.ts';
import { faultWorkerUrl } from '../test/fault/pool/deeds.ts';

const [tasks, seed] = process.argv.slice(2).map(Number);
/** One task in so many is an unruly one. */
const rarity = 15;
const lanes = 32;
const maximum = 4;

const unruly = chaosPlans(0).length;
const choices = fc.sample(fc.noBias(fc.nat(unruly * rarity - 1)), { numRuns: tasks, seed });
const pool = new WASMInstanceManager({
  maximum,
  memoryLimitBytes: 64 * 2 ** 20,
  taskTimeoutMs: 25_000,
  availableMemoryBytes: () => Infinity,
  workerUrl: faultWorkerUrl,
});
let settled = 0;
let mostInstances = 0;
const faults = {};
const wrong = [];
pool.on('task-done', () => (settled += 1));
pool.on('task-failed', () => (settled += 1));
pool.on('instance-started', () => (mostInstances = Math.max(mostInstances, pool.getStatus().instances.length)));
pool.on('instance-failed', ({ code }) => (faults[code] = (faults[code] ?? 0) + 1));
const order = choices.entries();

async function lane() {
  for (const [index, choice] of order) {
    const plan = chaosPlans(index)[choice < unruly ? choice : 0];
    const end = await chaosEnd(pool, plan, index);
    if (!plan.expected.includes(end)) wrong.push({ deed: plan.deed, end: String(end), index });
  }
}

const startedAt = performance.now();
await Promise.all(Array.from({ length: lanes }, lane));
const elapsedMs = performance.now() - startedAt;
const { queued, running, breaker, availability } = pool.getStatus();
await pool.shutdown();
const { instances } = pool.getStatus();
await new Promise((resolve) => setImmediate(resolve));
const output = ['PipeWrap', 'TTYWrap', 'FSReqCallback'];
const left = process.getActiveResourcesInfo().filter((name) => !output.includes(name));
const report = {
  tasks,
  seed,
  settled,
  wrong,
  faults,
  mostInstances,
  queued,
  running,
  breaker,
  availability,
  elapsedMs,
};
console.log(JSON.stringify({ ...report, instances: instances.length, left }));
