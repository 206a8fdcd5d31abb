import { expect, it, onTestFinished } from 'vitest';
import { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import type { PoolTask } from '../../../src/pool/protocol.ts';

/** Each with a rewrite at a place of its own. */
function taskWith(lines: number): PoolTask {
  const text = `${'// line\n'.repeat(lines)}const xs = [1, 2];\nexport const first = xs.filter((x) => x > 1)[0];\n`;
  return { kind: 'optimize', request: { text, language: 'typescript', level: 'safe', rules: ['filter-find'] } };
}

function pool(maximum: number): WASMInstanceManager {
  const manager = new WASMInstanceManager({ maximum, taskTimeoutMs: 60_000, availableMemoryBytes: () => Infinity });
  onTestFinished(() => manager.shutdown());
  return manager;
}

async function lineOf(manager: WASMInstanceManager, lines: number, signal?: AbortSignal): Promise<unknown> {
  const result = await manager.executeTask(taskWith(lines), { where: 'worker', ...(signal && { signal }) });
  return 'findings' in result ? result.findings[0]?.line : undefined;
}

it('each of many tasks ends once and right while instances are ended under others', async () => {
  const manager = pool(2);
  await lineOf(manager, 0);
  const aborts = new Map<number, AbortController>();
  const ends: string[] = [];
  let killed = 0;
  manager.on('task-started', ({ taskId }) => {
    // a task that runs: its instance is ended, and what that had been offered goes to another one
    if (taskId % 23 === 0) aborts.get(taskId)?.abort();
  });
  manager.on('instance-failed', () => (killed += 1));
  manager.on('task-done', ({ taskId }) => ends.push(String(taskId)));
  manager.on('task-failed', ({ taskId, code }) => ends.push(`${taskId} ${code}`));
  const lines = Array.from({ length: 230 }, (_, index) => index + 1);
  const results = lines.map((count) => {
    const abort = new AbortController();
    aborts.set(count + 1, abort);
    return lineOf(manager, count, abort.signal).catch((error: unknown) => (error as { code: string }).code);
  });
  // a waiting one: nothing is ended for it
  for (const [taskId, abort] of aborts) if (taskId % 31 === 0 && taskId > 62) abort.abort();
  const isAborted = (taskId: number): boolean => taskId % 23 === 0 || (taskId % 31 === 0 && taskId > 62);
  expect(await Promise.all(results)).toEqual(lines.map((n) => (isAborted(n + 1) ? 'E_TASK_ABORTED' : n + 2)));
  expect(ends).toHaveLength(230);
  expect(new Set(ends).size).toBe(230);
  expect(killed).toBeGreaterThan(0);
});

it('a task does not wait behind another one while an instance has nothing to do', async () => {
  const manager = pool(2);
  await Promise.all(Array.from({ length: 20 }, (_, index) => lineOf(manager, index)));
  const order: number[] = [];
  manager.on('task-done', ({ taskId }) => order.push(taskId));
  // 21 and 22 take both instances, 23 and 24 are on offer to them
  await Promise.all([lineOf(manager, 60_000), ...[1, 2, 3].map((lines) => lineOf(manager, lines))]);
  expect(order.at(-1)).toBe(21);
});
