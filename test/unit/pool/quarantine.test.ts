import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PoolTask } from '../../../src/pool/protocol.ts';
import { Quarantine } from '../../../src/pool/quarantine.ts';

function task(text: string): PoolTask {
  return { kind: 'optimize', request: { text, language: 'javascript', level: 'safe', rules: [] } };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('refuses a task that cost two instances, by what it contains', () => {
  const quarantine = new Quarantine(1000);
  quarantine.strike(task('a'));
  expect(quarantine.refusal(task('a'), 100)).toBeUndefined();
  quarantine.strike(task('a'));
  expect(quarantine.refusal(task('a'), 100)).toMatchObject({
    code: 'E_TASK_QUARANTINED',
    data: { instancesLost: 2, retryAfterMs: 1000 },
  });
  expect(quarantine.refusal(task('b'), 100)).toBeUndefined();
  expect(quarantine.size).toBe(1);
});

it('lets the task through again when the time is over, with a clean slate', () => {
  const quarantine = new Quarantine(1000);
  for (let round = 0; round < 2; round += 1) quarantine.strike(task('a'));
  vi.advanceTimersByTime(1000);
  expect(quarantine.refusal(task('a'), 100)).toBeUndefined();
  quarantine.strike(task('a'));
  expect(quarantine.refusal(task('a'), 100)).toBeUndefined();
});

it('forgets what happened before the task was answered', () => {
  const quarantine = new Quarantine(1000);
  quarantine.strike(task('a'));
  quarantine.absolve(task('a'));
  quarantine.strike(task('a'));
  expect(quarantine.refusal(task('a'), 100)).toBeUndefined();
});

it('lets a task that hung be tried by who has more than twice the patience', () => {
  const quarantine = new Quarantine(1000);
  for (let round = 0; round < 2; round += 1) quarantine.strike(task('a'), 50);
  expect(quarantine.refusal(task('a'), 100)).toMatchObject({ code: 'E_TASK_QUARANTINED' });
  expect(quarantine.refusal(task('a'), 101)).toBeUndefined();
});

it('remembers a thousand contents at most', () => {
  const quarantine = new Quarantine(1000);
  for (let index = 0; index <= 1000; index += 1) {
    quarantine.strike(task(String(index)));
    quarantine.strike(task(String(index)));
  }
  expect(quarantine.size).toBe(1000);
  expect(quarantine.refusal(task('0'), 1)).toBeUndefined();
  expect(quarantine.refusal(task('1000'), 1)).toBeDefined();
});

it('has nothing to say of what has no text form', () => {
  const quarantine = new Quarantine(1000);
  const circular: Record<string, unknown> = { kind: 'optimize' };
  circular['request'] = circular;
  const odd = circular as unknown as PoolTask;
  for (let round = 0; round < 2; round += 1) quarantine.strike(odd);
  expect(quarantine.refusal(odd, 1)).toBeUndefined();
});
