// The program inside a worker thread; loaded by URL (dist/worker.cjs), imported by nobody.
import { parentPort, workerData } from 'node:worker_threads';
import { serializeError } from '../shared/errors.ts';
import { mustRecycle } from './instance-memory.ts';
import { takeOffer } from './offer-cell.ts';
import { PortReader } from './port-reader.ts';
import { protocolVersion } from './protocol.ts';
import type { HostMessage, PoolTask, TaskAnswer, TaskOutcome, WorkerMessage, WorkerSetup } from './protocol.ts';
import { createTaskRunner } from './run-task.ts';
import { finishSteps } from './task-step.ts';
import { compileOxc } from '../wasm/compile-oxc.ts';
import type { WasmModule } from '../wasm/web-assembly.ts';

type TaskMessage = Extract<HostMessage, { type: 'run' | 'offer' }>;

const setup = workerData as WorkerSetup;
const { memoryLimitBytes, begun, posted, offered } = setup;
let parser: WasmModule | undefined;
const runner = createTaskRunner({ memoryLimitBytes, oxcModule: () => (parser ??= compileOxc()) });

/**
 * After a task that took less, going to sleep would take a good part of the time until the next one. A tiny task takes
 * longer in a thread that was asleep, which must not keep it from staying awake.
 */
const tinyMs = 0.25;
/** So many tasks are done before the event loop has its turn. */
const tasksInARow = 64;

const inbox: TaskMessage[] = [];
let isWorking = false;
const reader = parentPort === null ? undefined : new PortReader(parentPort, posted, receive);

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

function answerWith(outcome: TaskOutcome): TaskAnswer {
  return { outcome, poisoned: runner.isPoisoned, memory: runner.memory };
}

function failed(error: unknown): TaskAnswer {
  return answerWith({ ok: false, error: serializeError(error) });
}

/** At once where nothing has to be loaded for it: a promise would only take time. */
function answer(task: PoolTask): TaskAnswer | Promise<TaskAnswer> {
  try {
    const step = runner.begin(task);
    if (step.isDone) return answerWith({ ok: true, result: step.result });
    return finishSteps(step).then((result) => answerWith({ ok: true, result }), failed);
  } catch (error) {
    return failed(error);
  }
}

/** The host replaces an instance after such an answer: what it has offered is for another one. */
let isSpent = false;

/** Does the tasks of the inbox one after the other. */
async function work(): Promise<void> {
  isWorking = true;
  let inARow = 0;
  for (let message = inbox.shift(); message !== undefined; message = inbox.shift()) {
    const { type, taskId, task } = message;
    if (type === 'offer' && (isSpent || !takeOffer(offered, taskId))) continue;
    const startedAt = performance.now();
    Atomics.store(begun, 0, taskId);
    const outcome = answer(task);
    const done = outcome instanceof Promise ? await outcome : outcome;
    isSpent = done.poisoned || mustRecycle(done.memory, memoryLimitBytes);
    send({ type: 'answer', taskId, answer: done });
    inARow += 1;
    if (inbox.length > 0 || inARow >= tasksInARow || reader?.take() === true) continue;
    if (performance.now() - startedAt < tinyMs) reader?.watch();
  }
  isWorking = false;
}

function receive(message: HostMessage): void {
  if (message.type === 'ping') send({ type: 'pong', pingId: message.pingId, isHealthy: isHealthy() });
  else if (message.type === 'parser') parser = message.oxcModule;
  else if (message.type === 'give-code') setup.giveCode?.();
  else {
    inbox.push(message);
    if (!isWorking) void work();
  }
}

parentPort?.on('message', receive);

send({ type: 'ready', protocolVersion });
