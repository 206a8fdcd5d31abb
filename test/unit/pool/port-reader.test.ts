import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { PortReader } from '../../../src/pool/port-reader.ts';
import type { HostMessage } from '../../../src/pool/protocol.ts';

function open(): { post: (pingId: number) => void; reader: PortReader; received: number[] } {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => {
    port1.close();
  });
  const posted = new Int32Array(new SharedArrayBuffer(4));
  const received: number[] = [];
  const reader = new PortReader(port2, posted, (message: HostMessage) => {
    if (message.type === 'ping') received.push(message.pingId);
  });
  const post = (pingId: number): void => {
    port1.postMessage({ type: 'ping', pingId });
    Atomics.add(posted, 0, 1);
  };
  return { post, reader, received };
}

it('takes all messages of a port in the order in which they came', () => {
  const { post, reader, received } = open();
  for (const pingId of [1, 2, 3]) post(pingId);
  expect(reader.take()).toBe(true);
  expect(received).toEqual([1, 2, 3]);
  expect(reader.take()).toBe(false);
});

it('does not watch a port for long', () => {
  expect(open().reader.watch()).toBe(false);
});

it('takes at once what was posted before it watches', () => {
  const { post, reader, received } = open();
  post(1);
  expect(reader.watch()).toBe(true);
  expect(received).toEqual([1]);
});
