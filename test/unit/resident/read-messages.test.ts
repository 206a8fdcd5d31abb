import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readClientMessage, readServerMessage } from '../../../src/resident/read-messages.ts';

const request = { text: 'a', language: 'typescript', level: 'safe', rules: ['one'] };
const run = { type: 'run', id: 1, task: { kind: 'optimize', request }, timeoutMs: 1000, priority: 'high' };
const identity = { version: '1.0.0', build: 'b', protocol: 1 };

it.each([
  ['hello', { type: 'hello', ...identity }],
  ['run', run],
  ['status', { type: 'status', id: 0 }],
  ['stop', { type: 'stop' }],
])('reads %s of a client', (_, message) => {
  expect(readClientMessage(message)).toEqual(message);
});

it.each([
  ['an unknown type', { type: 'eval', id: 1 }],
  ['no object', 'stop'],
  ['a list', [run]],
  ['null', null],
  ['an unknown kind', { ...run, task: { kind: 'exec', request } }],
  ['a kind that every object has', { ...run, task: { kind: 'constructor', request } }],
  ['a request that is a text', { ...run, task: { kind: 'optimize', request: 'x' } }],
  ['nested objects in a request', { ...run, task: { kind: 'optimize', request: { text: { a: 1 } } } }],
  ['objects in a list', { ...run, task: { kind: 'optimize', request: { ...request, rules: [{}] } } }],
  [
    'a request of many fields',
    {
      ...run,
      task: {
        kind: 'optimize',
        request: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`f${String(index)}`, 'x'])),
      },
    },
  ],
  ['an id that is a text', { ...run, id: '1' }],
  ['a broken id', { ...run, id: 1.5 }],
  ['no time', { ...run, timeoutMs: 0 }],
  ['too much time', { ...run, timeoutMs: 1e9 }],
  ['an unknown priority', { ...run, priority: 'top' }],
  ['a hello without a version', { type: 'hello', build: 'b', protocol: 1 }],
])('takes %s from a client for no message', (_, message) => {
  expect(readClientMessage(message)).toBeUndefined();
});

it.each([
  ['welcome', { type: 'welcome', ...identity, processId: 7 }],
  ['mismatch', { type: 'mismatch', ...identity, processId: 7 }],
  ['alive', { type: 'alive' }],
  ['result', { type: 'result', id: 1, result: { status: 'unchanged' } }],
  ['failure', { type: 'failure', id: 1, error: { code: 'E_TASK_TIMEOUT', message: 'late', data: {} } }],
  ['status', { type: 'status', id: 1, status: { version: '1' } }],
])('reads %s of a server', (_, message) => {
  expect(readServerMessage(message)).toEqual(message);
});

it.each([
  ['a result without content', { type: 'result', id: 1 }],
  ['an unknown code', { type: 'failure', id: 1, error: { code: 'toString', message: '', data: {} } }],
  ['a failure without data', { type: 'failure', id: 1, error: { code: 'E_SYNTAX', message: '' } }],
  ['a welcome without a process', { type: 'welcome', ...identity }],
  ['a status without content', { type: 'status', id: 1, status: null }],
])('takes %s from a server for no message', (_, message) => {
  expect(readServerMessage(message)).toBeUndefined();
});

it('never throws, whatever arrives', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      readClientMessage(value);
      readServerMessage(value);
    }),
  );
});
