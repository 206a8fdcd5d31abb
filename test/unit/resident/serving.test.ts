import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BoosterError } from '../../../src/shared/errors.ts';
import { encodeFrame } from '../../../src/resident/frames.ts';
import { Serving, identity, resultOf, taskOf } from './serving-fixture.ts';

const how = { timeoutMs: 5000, priority: 'normal' } as const;
let serving: Serving;

beforeEach(async () => {
  serving = new Serving();
  await serving.server.open();
});

afterEach(async () => {
  await serving.remove();
});

function rawConnection(...bytes: (Buffer | string)[]): { socket: Socket; closed: Promise<void> } {
  const socket = connect(serving.endpoint().address);
  const closed = new Promise<void>((resolve) =>
    socket.on('close', () => {
      resolve();
    }),
  );
  socket.on('error', () => undefined).resume();
  for (const piece of bytes) socket.write(piece);
  return { socket, closed };
}

const hello = encodeFrame({ type: 'hello', ...identity });
const runFrame = (id: number) => encodeFrame({ type: 'run', id, task: taskOf('x'), ...how });

describe('a task', () => {
  it('comes back with its result', async () => {
    const link = serving.connect();
    const done = link.run(taskOf('one'), how);
    (await serving.pool.whenCalled(1)).answer(3);
    expect(await done).toEqual(resultOf(3));
  });

  it('goes to a worker with its deadline and priority', async () => {
    void serving
      .connect()
      .run(taskOf('one'), { timeoutMs: 1234, priority: 'high' })
      .catch(() => undefined);
    const { options } = await serving.pool.whenCalled(1);
    expect(options).toMatchObject({ where: 'worker', timeoutMs: 1234, priority: 'high' });
  });

  it('comes back with the code and facts of its failure', async () => {
    const done = serving.connect().run(taskOf('one'), how);
    (await serving.pool.whenCalled(1)).fail(new BoosterError('E_TASK_TIMEOUT', 'late', { timeoutMs: 5 }));
    await expect(done).rejects.toMatchObject({ code: 'E_TASK_TIMEOUT', message: 'late', data: { timeoutMs: 5 } });
  });

  it('is answered in whatever order tasks end', async () => {
    const link = serving.connect();
    const [first, second] = [link.run(taskOf('one'), how), link.run(taskOf('two'), how)];
    (await serving.pool.whenCalled(2)).answer(2);
    expect(await second).toEqual(resultOf(2));
    serving.pool.calls[0]!.answer(1);
    expect(await first).toEqual(resultOf(1));
  });

  it('belongs to another caller for each connection, so that they take turns', async () => {
    for (const text of ['one', 'two'])
      void serving
        .connect()
        .run(taskOf(text), how)
        .catch(() => undefined);
    await serving.pool.whenCalled(2);
    expect(new Set(serving.pool.calls.map(({ options }) => options.caller)).size).toBe(2);
  });

  it('is aborted when its client goes away', async () => {
    const link = serving.connect();
    void link.run(taskOf('one'), how).catch(() => undefined);
    const { options } = await serving.pool.whenCalled(1);
    const aborted = new Promise((resolve) => {
      options.signal.addEventListener('abort', resolve);
    });
    link.close();
    await aborted;
  });

  it('of another client goes on then', async () => {
    const [leaving, staying] = [serving.connect(), serving.connect()];
    void leaving.run(taskOf('one'), how).catch(() => undefined);
    await serving.pool.whenCalled(1);
    const done = staying.run(taskOf('two'), how);
    await serving.pool.whenCalled(2);
    leaving.close();
    serving.pool.calls[1]!.answer(9);
    expect(await done).toEqual(resultOf(9));
  });

  it('is refused when its client has too many under way', async () => {
    const link = serving.connect();
    const all = Array.from({ length: 1001 }, () => link.run(taskOf('x'), how));
    await expect(all[1000]).rejects.toMatchObject({ code: 'E_POOL_SATURATED' });
    all.slice(0, 1000).forEach((task) => void task.catch(() => undefined));
  });
});

describe('a connection', () => {
  it.each([
    ['garbage', ['GET / HTTP/1.1\r\n\r\n']],
    ['an oversized announcement', [Buffer.from([0xff, 0xff, 0xff, 0xff])]],
    ['a frame that is not JSON', [Buffer.from([0, 0, 0, 1, 0x7b])]],
    ['an unknown message', [hello, encodeFrame({ type: 'eval', id: 1, code: '1' })]],
    ['a task before hello', [runFrame(1)]],
    ['a second hello', [hello, hello]],
    ['one id twice', [hello, runFrame(1), runFrame(1)]],
    [
      'a task of an unknown kind',
      [hello, encodeFrame({ type: 'run', id: 1, task: { kind: 'x', request: {} }, ...how })],
    ],
  ])('is closed for %s, and no other one is', async (_, bytes) => {
    const other = serving.connect();
    await other.welcomed;
    await rawConnection(...bytes).closed;
    expect((await other.status()).clients).toBe(1);
  });

  it('that ends in the middle of a message harms nobody', async () => {
    const { socket, closed } = rawConnection(hello, runFrame(1).subarray(0, 20));
    socket.end();
    await closed;
    expect((await serving.connect().status()).pool.totals.tasksDone).toBe(0);
  });

  it('tells what it is connected to', async () => {
    serving.server.noteMinimum(2);
    const status = await serving.connect().status();
    expect(status).toMatchObject({ version: '1.2.3', processId: 77, minimum: 2, maximum: 2, clients: 1 });
  });
});

describe('a client of another version', () => {
  const other = { ...identity, version: '2.0.0' };

  it('is told so, and its task does not run', async () => {
    const link = serving.connect(5000, other);
    const done = link.run(taskOf('one'), how);
    await expect(done).rejects.toMatchObject({ code: 'E_RESIDENT_VERSION' });
    expect(serving.pool.calls).toEqual([]);
  });

  it('is one of another build, too', async () => {
    const link = serving.connect(5000, { ...identity, build: 'def' });
    await expect(link.welcomed).rejects.toMatchObject({ code: 'E_RESIDENT_VERSION' });
  });

  it('can end the server', async () => {
    const link = serving.connect(5000, other);
    await link.welcomed.catch(() => undefined);
    link.stop();
    expect(await serving.server.ending).toBe('asked to stop');
  });
});

describe('the end', () => {
  it('comes when nobody wanted anything for long enough', async () => {
    const idle = new Serving(1);
    await idle.server.open();
    idle.server.countIdleTime();
    expect(await idle.server.ending).toBe('idle');
    await idle.remove();
  });

  it('does not come from idleness while a task runs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const idle = new Serving(200);
    await idle.server.open();
    idle.server.countIdleTime();
    const link = idle.connect();
    const done = link.run(taskOf('one'), how);
    const call = await idle.pool.whenCalled(1);
    let isEnding = false;
    void idle.server.ending.then(() => (isEnding = true));
    await vi.advanceTimersByTimeAsync(1000);
    expect(isEnding).toBe(false);
    call.answer(1);
    await done;
    await vi.advanceTimersByTimeAsync(200);
    vi.useRealTimers();
    expect(await idle.server.ending).toBe('idle');
    await idle.remove();
  });

  it('lets accepted tasks end and delivers their results', async () => {
    const done = serving.connect().run(taskOf('one'), how);
    const call = await serving.pool.whenCalled(1);
    const closed = serving.server.close();
    call.answer(4);
    expect(await done).toEqual(resultOf(4));
    await closed;
  });

  it('frees the place before the last tasks have ended', async () => {
    const done = serving.connect().run(taskOf('one'), how);
    const call = await serving.pool.whenCalled(1);
    const closed = serving.server.close();
    expect(serving.endpoint()).toBeUndefined();
    call.answer(1);
    await Promise.all([done, closed]);
  });
});
