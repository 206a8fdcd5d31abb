import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FrameReader, encodeFrame } from '../../../src/resident/frames.ts';
import { ResidentLink } from '../../../src/resident/ResidentLink.ts';
import { identity, resultOf, taskOf } from './serving-fixture.ts';

const how = { timeoutMs: 5000, priority: 'normal' } as const;
const welcome = encodeFrame({ type: 'welcome', ...identity, processId: 1 });
let folder: string;
let address: string;
let server: Server | undefined;
let link: ResidentLink | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'b-'));
  address = join(folder, 's');
});

afterEach(() => {
  link?.close();
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Listens and lets the test answer. */
async function listen(serve: (socket: Socket) => void): Promise<void> {
  server = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    serve(socket);
  });
  await new Promise<void>((resolve) => server!.listen(address, resolve));
}

function open(patienceMs = 5000): ResidentLink {
  return (link = new ResidentLink({ entry: address, address, processId: 5 }, { identity, patienceMs }));
}

describe('the link fails with', () => {
  it('E_RESIDENT_ABSENT where nothing is', async () => {
    await expect(open().run(taskOf('x'), how)).rejects.toMatchObject({ code: 'E_RESIDENT_ABSENT' });
  });

  it('E_RESIDENT_LOST where something else is than a socket', async () => {
    writeFileSync(address, '');
    await expect(open().status()).rejects.toMatchObject({ code: expect.stringMatching(/^E_RESIDENT_/) });
  });

  it('E_RESIDENT_SILENT when hello is not answered in time, naming the process', async () => {
    await listen(() => undefined);
    await expect(open(20).run(taskOf('x'), how)).rejects.toMatchObject({
      code: 'E_RESIDENT_SILENT',
      message: 'resident pool (process 5) did not answer within 20 ms',
    });
  });

  it('E_RESIDENT_SILENT when a welcomed task gets no sign of life', async () => {
    await listen((socket) => socket.write(welcome));
    await expect(open().run(taskOf('x'), how)).rejects.toMatchObject({ code: 'E_RESIDENT_SILENT' });
  });

  it('E_RESIDENT_LOST when the server goes away under a task', async () => {
    await listen((socket) => socket.write(welcome, () => socket.destroy()));
    await expect(open().run(taskOf('x'), how)).rejects.toMatchObject({ code: 'E_RESIDENT_LOST' });
  });

  it.each([
    ['garbage', Buffer.from('HTTP/1.1 200 OK')],
    ['an unknown message', encodeFrame({ type: 'shell', id: 1 })],
  ])('E_RESIDENT_PROTOCOL when the server sends %s', async (_, bytes) => {
    await listen((socket) => socket.write(bytes));
    await expect(open().run(taskOf('x'), how)).rejects.toMatchObject({ code: 'E_RESIDENT_PROTOCOL' });
  });

  it('the first failure for everything that is asked later', async () => {
    await open().welcomed.catch(() => undefined);
    await expect(link!.status()).rejects.toMatchObject({ code: 'E_RESIDENT_ABSENT' });
  });
});

it('takes an answer that arrived while this thread was blocked for longer than its patience', async () => {
  await listen((socket) => {
    const reader = new FrameReader();
    socket.on('data', (piece: Buffer) => {
      for (const message of reader.read(piece)) {
        const { type, id } = message as { type: string; id: number };
        socket.write(type === 'hello' ? welcome : encodeFrame({ type: 'result', id, result: resultOf(1) }));
      }
    });
  });
  const done = open(30).run(taskOf('x'), how);
  // connecting, serving and answering take turns of the loop of this very thread
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
  expect(await done).toEqual(resultOf(1));
});

it('ignores an answer that nobody asked for', async () => {
  await listen((socket) => {
    socket.write(Buffer.concat([welcome, encodeFrame({ type: 'result', id: 99, result: resultOf(1) })]));
  });
  await expect(open().welcomed).resolves.toMatchObject({ processId: 1 });
});
