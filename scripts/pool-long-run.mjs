// Many real files through two real workers, as a process of its own: bench-pool.mjs and test/slow/pool-memory.test.ts start it.
// Arguments: tasks, memory limit in bytes, a file with the tasks as JSON. Prints JSON.
import { readFileSync } from 'node:fs';
import { WASMInstanceManager } from '../dist/index.js';

const [count, memoryLimitBytes] = process.argv.slice(2, 4).map(Number);
const tasks = JSON.parse(readFileSync(process.argv[4], 'utf8'));
const pool = new WASMInstanceManager({ maximum: 2, memoryLimitBytes, taskTimeoutMs: 30_000, idleTimeoutMs: 600_000 });
const samples = [];
const sampleEvery = Math.max(1, Math.floor(count / 200));
let most = 0;
let done = 0;
let failed = 0;
const order = Array.from({ length: count }, (_, index) => tasks[index % tasks.length]).values();

async function lane() {
  for (const task of order) {
    await pool.executeTask(task, { where: 'worker' }).catch(() => (failed += 1));
    done += 1;
    const { instances } = pool.getStatus();
    for (const { memoryBytes = 0 } of instances) most = Math.max(most, memoryBytes);
    if (done % sampleEvery === 0) {
      const instanceBytes = instances.reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
      samples.push({ done, instanceBytes, processBytes: process.memoryUsage.rss() });
    }
  }
}

await Promise.all([lane(), lane()]);
const { totals, availability } = pool.getStatus();
await pool.shutdown();
const { waitMs, runMs, instancesRecycled, instancesFailed } = totals;
console.log(
  JSON.stringify({
    done,
    failed,
    mostInstanceBytes: most,
    samples,
    waitMs,
    runMs,
    instancesRecycled,
    instancesFailed,
    availability,
  }),
);
