// The task of booster's worker as a piscina worker; bundled by bench-pool.mjs.
import { createTaskRunner } from '../src/pool/run-task.ts';
import { runToEnd } from '../src/pool/task-step.ts';

const runner = createTaskRunner({ memoryLimitBytes: 512_000_000 });

export default (task) => runToEnd(runner, task);
