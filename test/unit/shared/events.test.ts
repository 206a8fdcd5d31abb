import { expect, it } from 'vitest';
import { EventBus } from '../../../src/shared/events.ts';

interface Events {
  readonly said: string;
  readonly counted: number;
}

function recorder(): { readonly bus: EventBus<Events>; readonly heard: string[] } {
  return { bus: new EventBus<Events>(), heard: [] };
}

it('tells each listener of a name in the order of subscription', () => {
  const { bus, heard } = recorder();
  bus.on('said', (text) => heard.push(`a ${text}`));
  bus.on('said', (text) => heard.push(`b ${text}`));
  bus.on('counted', (count) => heard.push(String(count)));
  bus.emit('said', 'x');
  expect(heard).toEqual(['a x', 'b x']);
});

it('lets a listener unsubscribe, also while it is being told', () => {
  const { bus, heard } = recorder();
  const off = bus.on('said', (text) => {
    heard.push(text);
    off();
  });
  bus.emit('said', 'once');
  bus.emit('said', 'twice');
  expect(heard).toEqual(['once']);
});

it('keeps two subscriptions of the same function apart', () => {
  const { bus, heard } = recorder();
  const listener = (text: string): void => void heard.push(text);
  const off = bus.on('said', listener);
  bus.on('said', listener);
  off();
  bus.emit('said', 'x');
  expect(heard).toEqual(['x']);
});

it('is not disturbed by a listener that throws, and does not swallow the error', async () => {
  const { bus, heard } = recorder();
  const error = new Error('of a listener');
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const caught = new Promise((resolve) => process.once('uncaughtException', resolve));
  bus.on('said', () => {
    throw error;
  });
  bus.on('said', (text) => heard.push(text));
  bus.emit('said', 'x');
  expect(heard).toEqual(['x']);
  await expect(caught).resolves.toBe(error);
  for (const other of others) process.on('uncaughtException', other);
});
