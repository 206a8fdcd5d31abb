import { expect, it } from 'vitest';
import { AgentQueue } from '../../../src/agents/agent-queue.ts';
import { BoosterError } from '../../../src/shared/errors.ts';

const call = { priority: 'normal', caller: '', timeoutMs: 60_000, signal: undefined } as const;

/** A job that ends when told to. */
function gate(): { run: () => Promise<string>; open: (value: string) => void } {
  let open: (value: string) => void = () => undefined;
  const promise = new Promise<string>((resolve) => (open = resolve));
  return { run: () => promise, open };
}

it('runs no more at a time than it may, and the others in turn by caller', async () => {
  const queue = new AgentQueue(1, 10);
  const order: string[] = [];
  const first = gate();
  const jobs = [queue.add(call, first.run)];
  for (const name of ['a1', 'a2', 'b1']) {
    jobs.push(queue.add({ ...call, caller: name.slice(0, 1) }, () => Promise.resolve((order.push(name), name))));
  }
  expect([queue.running, queue.queued, order]).toEqual([1, 3, []]);
  first.open('first');
  expect(await Promise.all(jobs)).toEqual(['first', 'a1', 'a2', 'b1']);
  expect(order).toEqual(['a1', 'b1', 'a2']);
});

it('refuses what is beyond its limit at once', async () => {
  const queue = new AgentQueue(1, 1);
  const first = gate();
  const jobs = [queue.add(call, first.run), queue.add(call, () => Promise.resolve('second'))];
  expect(queue.isFull).toBe(true);
  expect(() => queue.add(call, first.run)).toThrow(expect.objectContaining({ code: 'E_AGENT_SATURATED' }));
  first.open('first');
  expect(await Promise.all(jobs)).toEqual(['first', 'second']);
});

it('lets a waiting job go when it is aborted, and never starts it', async () => {
  const queue = new AgentQueue(1, 10);
  const first = gate();
  const running = queue.add(call, first.run);
  const abort = new AbortController();
  let hasStarted = false;
  const waiting = queue.add({ ...call, signal: abort.signal }, () => Promise.resolve((hasStarted = true)));
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
  first.open('first');
  await running;
  await queue.whenIdle();
  expect(hasStarted).toBe(false);
});

it('tells a running job to stop at its deadline, and counts it as running until it has stopped', async () => {
  const queue = new AgentQueue(1, 10);
  const stopped = gate();
  let signal: AbortSignal | undefined;
  const late = queue.add({ ...call, timeoutMs: 1 }, (job) => ((signal = job.signal), stopped.run()));
  await expect(late).rejects.toMatchObject({ code: 'E_TASK_TIMEOUT' });
  expect([signal?.aborted, queue.running]).toEqual([true, 1]);
  stopped.open('stopped');
  await queue.whenIdle();
  expect(queue.running).toBe(0);
});

it('fails all that wait and run when it is stopped', async () => {
  const queue = new AgentQueue(1, 10);
  const first = gate();
  const jobs = [queue.add(call, first.run), queue.add(call, first.run)];
  const ends = Promise.allSettled(jobs);
  queue.stopAll(new BoosterError('E_AGENT_CLOSED', 'over'));
  for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'E_AGENT_CLOSED' } });
  first.open('first');
  await queue.whenIdle();
});
