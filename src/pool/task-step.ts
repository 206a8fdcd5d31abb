import type { InstanceMemory } from './instance-memory.ts';
import type { PoolTask, TaskResult } from './protocol.ts';

/**
 * A task in synchronous pieces. The work on a text is synchronous, so that the main thread can put a time limit on it;
 * only loading a further engine is not, and lies between two pieces.
 */
export type TaskStep =
  | { readonly isDone: true; readonly result: TaskResult }
  | { readonly isDone: false; readonly prepare: () => Promise<void>; readonly resume: () => TaskStep };

/** One set of engines that runs tasks, one at a time; the same in a worker and on the main thread. */
export interface TaskRunner {
  /** Whether what does such tasks is loaded: if not, `begin` does no work but says so, and needs no time limit. */
  isLoaded(task: PoolTask): boolean;
  /** Does the first piece. Throws what the engines throw. */
  begin(task: PoolTask): TaskStep;
  /** Parses a tiny text, loading the parser when it is not there yet. Throws what the engine throws. */
  check(): void;
  /** An engine trapped: nothing may run here any more. */
  readonly isPoisoned: boolean;
  readonly memory: InstanceMemory;
}

/** Does all pieces of a task, without any time limit. */
export async function runToEnd<Task extends PoolTask>(
  runner: TaskRunner,
  task: Task,
): Promise<TaskResult<Task['kind']>> {
  return finishSteps(runner.begin(task));
}

/** Does the pieces from this one on. */
export async function finishSteps(step: TaskStep): Promise<TaskResult> {
  let last = step;
  while (!last.isDone) {
    await last.prepare();
    last = last.resume();
  }
  return last.result;
}
