// The program inside a worker thread; loaded by URL (dist/worker.cjs), imported by nobody.
import { parentPort, workerData } from 'node:worker_threads';
import { serializeError } from '../shared/errors.ts';
import { protocolVersion } from './protocol.ts';
import type { HostMessage, PoolTask, TaskAnswer, TaskOutcome, WorkerMessage, WorkerSetup } from './protocol.ts';
import { createTaskRunner } from './run-task.ts';
import { runToEnd } from './task-step.ts';
import { compileOxc } from '../wasm/compile-oxc.ts';
import type { WasmModule } from '../wasm/web-assembly.ts';

const setup = workerData as WorkerSetup;
const { memoryLimitBytes, begun } = setup;
let parser: WasmModule | undefined;
const runner = createTaskRunner({ memoryLimitBytes, oxcModule: () => (parser ??= compileOxc()) });

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function isHealthy(): boolean {
  try {
    runner.check();
    return !runner.isPoisoned;
  } catch {
    return false;
  }
}

async function answer(task: PoolTask): Promise<TaskAnswer> {
  let outcome: TaskOutcome;
  try {
    outcome = { ok: true, result: await runToEnd(runner, task) };
  } catch (error) {
    outcome = { ok: false, error: serializeError(error) };
  }
  return { outcome, poisoned: runner.isPoisoned, memory: runner.memory };
}

parentPort?.on('message', (message: HostMessage) => {
  if (message.type === 'ping') {
    send({ type: 'pong', pingId: message.pingId, isHealthy: isHealthy() });
    return;
  }
  if (message.type === 'parser') {
    parser = message.oxcModule;
    return;
  }
  // answered by bin/worker.cjs, which loads the code
  if (message.type === 'give-code') return;
  Atomics.store(begun, 0, message.taskId);
  void answer(message.task).then((done) => {
    send({ type: 'answer', taskId: message.taskId, answer: done });
  });
});

send({ type: 'ready', protocolVersion });
