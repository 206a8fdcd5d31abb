import type { PoolTask } from '../../../src/pool/protocol.ts';
import type { TaskRunner, TaskStep } from '../../../src/pool/task-step.ts';

/** The first piece of a task after the one that loads what does tasks of its kind. */
export async function beginLoaded(runner: TaskRunner, task: PoolTask): Promise<TaskStep> {
  const loading = runner.begin(task);
  if (loading.isDone) return loading;
  await loading.prepare();
  return loading.resume();
}
