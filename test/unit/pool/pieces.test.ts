import { describe, expect, it } from 'vitest';
import { onAbort } from '../../../src/pool/abort-listeners.ts';
import { mustRecycle } from '../../../src/pool/instance-memory.ts';
import { affordableMaximum, resolvePoolOptions } from '../../../src/pool/pool-options.ts';
import { protocolVersion, readWorkerMessage } from '../../../src/pool/protocol.ts';
import { defaultWorkerUrl } from '../../../src/pool/worker-program.ts';

const mebibyte = 2 ** 20;
const valid = { maximum: 4, memoryLimitBytes: 512 * mebibyte, taskTimeoutMs: 30_000 };

describe('messages of a worker', () => {
  const memory = { usedBytes: 1, baseBytes: 1 };
  const answer = { outcome: { ok: true, result: {} }, poisoned: false, memory };

  it('are read when they have the right shape', () => {
    expect(readWorkerMessage({ type: 'ready', protocolVersion })).toEqual({ type: 'ready', protocolVersion });
    expect(readWorkerMessage({ type: 'answer', taskId: 1, answer, more: 1 })).toEqual({
      type: 'answer',
      taskId: 1,
      answer,
    });
    const failed = { ...answer, outcome: { ok: false, error: { code: 'E_SYNTAX', message: '', data: {} } } };
    expect(readWorkerMessage({ type: 'answer', taskId: 1, answer: failed })).toBeDefined();
  });

  it.each([
    null,
    undefined,
    'ready',
    {},
    { type: 'ready' },
    { type: 'ready', protocolVersion: 1 },
    { type: 'begun', taskId: 1 },
    { type: 'pong', pingId: 1 },
    { type: 'answer', taskId: '1', answer },
    { type: 'answer', taskId: 1 },
    { type: 'answer', taskId: 1, answer: { ...answer, poisoned: 'no' } },
    { type: 'answer', taskId: 1, answer: { ...answer, memory: { usedBytes: Number.NaN, baseBytes: 0 } } },
    { type: 'answer', taskId: 1, answer: { ...answer, memory: { usedBytes: -1, baseBytes: 0 } } },
    { type: 'answer', taskId: 1, answer: { ...answer, memory: null } },
    { type: 'answer', taskId: 1, answer: { ...answer, outcome: null } },
    { type: 'answer', taskId: 1, answer: { ...answer, outcome: { ok: true } } },
    { type: 'answer', taskId: 1, answer: { ...answer, outcome: { ok: false, error: 'no' } } },
    { type: 'answer', taskId: 1, answer: { ...answer, outcome: { ok: 'yes', result: 1 } } },
    { type: 'other', taskId: 1, answer },
  ])('are refused otherwise: %j', (value) => {
    expect(readWorkerMessage(value)).toBeUndefined();
  });
});

describe('the options', () => {
  it('have defaults, those of the settings among them', () => {
    expect(resolvePoolOptions({})).toMatchObject({
      maximum: 10,
      memoryLimitBytes: 512_000_000,
      taskTimeoutMs: 30_000,
      minimum: 0,
      queueLimit: 10_000,
      idleTimeoutMs: 30_000,
      startTimeoutMs: 10_000,
      healthCheckIntervalMs: 30_000,
      crashLimit: 10,
      quarantineMs: 600_000,
      interruptOnSigint: false,
      resourceLimits: { maxOldGenerationSizeMb: 489 },
    });
  });

  it.each([
    ['maximum', 0],
    ['maximum', 1.5],
    ['maximum', Number.NaN],
    ['maximum', '4'],
    ['maximum', 100_000],
    ['minimum', -1],
    ['minimum', 5],
    ['memoryLimitBytes', 1000],
    ['memoryLimitBytes', Infinity],
    ['taskTimeoutMs', 0],
    ['taskTimeoutMs', 2 ** 31],
    ['queueLimit', 0],
    ['idleTimeoutMs', Infinity],
    ['startTimeoutMs', -5],
    ['healthCheckIntervalMs', 0],
    ['crashLimit', 0],
    ['quarantineMs', Infinity],
  ])('are refused by name when they are out of range: %s %s', (name, value) => {
    const options = { ...valid, [name]: value };
    expect(() => resolvePoolOptions(options)).toThrow(
      expect.objectContaining({ code: 'E_POOL_OPTIONS', data: expect.objectContaining({ name }) }),
    );
  });

  it('keep five workers ready in a resident pool, or as many as there may be', () => {
    expect(resolvePoolOptions({ ...valid, maximum: 8, isResident: true }).minimum).toBe(5);
    expect(resolvePoolOptions({ ...valid, maximum: 2, isResident: true }).minimum).toBe(2);
    expect(resolvePoolOptions({ ...valid, isResident: true, minimum: 1 }).minimum).toBe(1);
  });

  it('count what workers already use as theirs', () => {
    expect(affordableMaximum(valid, 1024 * mebibyte, 512 * mebibyte)).toBe(2);
  });

  it.each([
    [8 * 1024, 4],
    [3 * 1024, 3],
    [1024, 1],
    [0, 1],
    [Infinity, 4],
    [Number.NaN, 4],
  ])('allow workers for half of the memory that is available: %s MiB, %s', (available, expected) => {
    expect(affordableMaximum(valid, available * mebibyte)).toBe(expected);
  });
});

describe('an instance', () => {
  it('is recycled above four fifths of its limit, unless a fresh one would need as much', () => {
    expect(mustRecycle({ usedBytes: 81, baseBytes: 50 }, 100)).toBe(true);
    expect(mustRecycle({ usedBytes: 80, baseBytes: 50 }, 100)).toBe(false);
    expect(mustRecycle({ usedBytes: 90, baseBytes: 90 }, 100)).toBe(false);
  });

  it('runs the worker beside the bundle, or the built one when started from sources', () => {
    expect(defaultWorkerUrl('file:///p/dist/index.js').href).toBe('file:///p/dist/worker.cjs');
    expect(defaultWorkerUrl('file:///p/src/pool/worker-program.ts').href).toBe('file:///p/dist/worker.cjs');
  });
});

describe('an abort signal shared by many', () => {
  it('has one listener, told to all and taken off with the last', () => {
    const controller = new AbortController();
    let added = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      added += 1;
      add(...args);
    };
    const told: number[] = [];
    const offs = Array.from({ length: 100 }, (_, index) => onAbort(signal, () => told.push(index)));
    expect(added).toBe(1);
    for (const off of offs.slice(2)) off();
    controller.abort();
    expect(told).toEqual([0, 1]);
    for (const off of offs) off();
  });

  it('can be listened to again when all had gone', () => {
    const controller = new AbortController();
    const off = onAbort(controller.signal, () => undefined);
    off();
    let told = 0;
    onAbort(controller.signal, () => (told += 1));
    off();
    controller.abort();
    expect(told).toBe(1);
  });
});
