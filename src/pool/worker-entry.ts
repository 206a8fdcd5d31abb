// The program inside a worker thread; loaded by URL (dist/worker.cjs), imported by nobody.
import { parentPort, workerData } from 'node:worker_threads';
import { serializeError } from '../shared/errors.ts';
import { protocolVersion } from './protocol.ts';
import type { HostMessage, TaskAnswer, TaskOutcome, WorkerMessage, WorkerSetup } from './protocol.ts';
import { createTaskRunner } from './run-task.ts';
import { runToEnd } from './task-step.ts';

const setup = workerData as WorkerSetup;
const { oxcModule, memoryLimitBytes } = setup;
const runner = createTaskRunner({
  memoryLimitBytes,
  ...(oxcModule !== undefined && { oxcModule: () => oxcModule }),
});

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

async function answer({ task }: HostMessage): Promise<TaskAnswer> {
  let outcome: TaskOutcome;
  try {
    outcome = { ok: true, result: await runToEnd(runner, task) };
  } catch (error) {
    outcome = { ok: false, error: serializeError(error) };
  }
  return { outcome, poisoned: runner.isPoisoned, memory: runner.memory };
}

parentPort?.on('message', (message: HostMessage) => {
  void answer(message).then((done) => {
    send({ type: 'answer', taskId: message.taskId, answer: done });
  });
});

send({ type: 'ready', protocolVersion });
