import { beforeEach, expect, it } from 'vitest';
import type { PoolEvents } from '../../../src/pool/pool-events.ts';
import { trackRecovery } from '../../../src/pool/recovery.ts';
import { EventBus } from '../../../src/shared/events.ts';

let events: EventBus<PoolEvents>;
let told: [string, string][];

beforeEach(() => {
  events = new EventBus();
  told = [];
  trackRecovery(events);
  events.on('instance-recovered', ({ instanceId, replaces }) => told.push([instanceId, replaces]));
});

function start(instanceId: string): void {
  events.emit('instance-started', { instanceId });
}

function ready(instanceId: string): void {
  events.emit('instance-ready', { instanceId, startMs: 1 });
}

function fail(instanceId: string): void {
  events.emit('instance-failed', { instanceId, code: 'E_WASM_TRAP', message: '' });
  events.emit('instance-gone', { instanceId });
}

it('tells which new instance takes the place of a failed one', () => {
  for (const id of ['a', 'b']) start(id);
  ready('a');
  fail('a');
  ready('b');
  expect(told).toEqual([]);
  start('c');
  ready('c');
  start('d');
  ready('d');
  expect(told).toEqual([['c', 'a']]);
});

it('passes the place on when the replacement does not come up', () => {
  start('a');
  fail('a');
  start('b');
  fail('b');
  start('c');
  ready('c');
  expect(told).toEqual([['c', 'a']]);
});
