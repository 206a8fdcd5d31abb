import { expect, it, onTestFinished } from 'vitest';
import { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import type { PoolTask } from '../../../src/pool/protocol.ts';
import { rules } from '../../../src/rules/index.ts';
import { faultPool, nextEvent, startUrl } from './fault-pool.ts';

const slow = 'const xs = [1, 2, 3];\nexport const first = xs.filter((x) => x > 1)[0];\n';

const texts = {
  'without a trigger': 'export const a = 1;\n',
  'to be rewritten': slow,
  'with a syntax error': `${slow}function (`,
  'with characters outside the BMP': `// 😀\r\n${slow}`,
};

function optimize(text: string): PoolTask {
  const ids = rules.map(({ meta }) => meta.id);
  return { kind: 'optimize', request: { text, language: 'typescript', level: 'safe', rules: ids } };
}

function pool(memoryLimitBytes = 512 * 2 ** 20): WASMInstanceManager {
  const manager = new WASMInstanceManager({ maximum: 2, memoryLimitBytes, taskTimeoutMs: 20_000 });
  onTestFinished(() => manager.shutdown());
  return manager;
}

it.each(Object.entries(texts))(
  'gives the same in a worker and on the main thread for a text %s',
  async (_title, text) => {
    const manager = pool();
    const inWorker = await manager.executeTask(optimize(text), { where: 'worker' });
    expect(await manager.executeTask(optimize(text), { where: 'in-process' })).toEqual(inWorker);
  },
);

it('takes a lone task on the main thread, and further ones in workers', async () => {
  const manager = pool();
  const places: string[] = [];
  manager.on('task-started', ({ where }) => places.push(where));
  await manager.executeTask(optimize(slow));
  expect(places).toEqual(['in-process']);
  await Promise.all([manager.executeTask(optimize(slow)), manager.executeTask(optimize(slow))]);
  expect(places.slice(1).sort()).toEqual(['in-process', 'worker']);
});

it('says what its instances measured, and nothing else', async () => {
  const manager = pool();
  expect(manager.getStatus().instances).toEqual([]);
  await manager.executeTask(optimize(slow), { where: 'worker' });
  const [instance] = manager.getStatus().instances;
  expect(instance).toMatchObject({
    id: 'worker-1',
    where: 'worker',
    state: 'idle',
    isHeld: false,
    tasks: 1,
    failures: 0,
  });
  expect(instance?.memoryBytes).toBeGreaterThan(2 ** 20);
});

it('ends an engine that wants more than a limit of 64 MB, and runs the next task on a fresh one', async () => {
  const manager = pool(64_000_000);
  const failed = nextEvent(manager, 'instance-failed');
  const greedy = optimize(`${slow}${'x = [1, 2, 3, 4];\n'.repeat(110_000)}`);
  await expect(manager.executeTask(greedy, { where: 'worker' })).rejects.toMatchObject({ code: 'E_WASM_MEMORY' });
  await expect(failed).resolves.toMatchObject({ instanceId: 'worker-1', code: 'E_WASM_MEMORY' });
  await expect(manager.executeTask(optimize(slow), { where: 'worker' })).resolves.toMatchObject({ reader: 'oxc' });
  const [instance] = manager.getStatus().instances.filter(({ state }) => state === 'idle');
  expect(instance).toMatchObject({ id: 'worker-2', tasks: 1, failures: 0 });
  expect(instance?.memoryBytes).toBeLessThan(64_000_000);
});

it('falls back to the main thread when no worker can be started', async () => {
  const manager = faultPool({ workerUrl: startUrl('fail'), memoryLimitBytes: 512 * 2 ** 20 });
  const fellBack = nextEvent(manager, 'task-fell-back');
  const results = await Promise.all([manager.executeTask(optimize(slow)), manager.executeTask(optimize(slow))]);
  expect(results).toMatchObject([{ status: 'rewritten' }, { status: 'rewritten' }]);
  await expect(fellBack).resolves.toMatchObject({ code: 'E_POOL_START' });
});
