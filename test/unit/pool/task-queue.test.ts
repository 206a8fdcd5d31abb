import { expect, it } from 'vitest';
import { TaskQueue } from '../../../src/pool/task-queue.ts';
import type { Priority } from '../../../src/pool/task-queue.ts';

interface Item {
  readonly name: string;
  readonly priority: Priority;
  readonly caller: string;
  readonly needsFresh: boolean;
  readonly queuedAt: number;
}

function item(
  name: string,
  { priority = 'normal', caller = '', needsFresh = false, queuedAt = 0 }: Partial<Item> = {},
): Item {
  return { name, priority, caller, needsFresh, queuedAt };
}

function takeNames(queue: TaskQueue<Item>, count: number): (string | undefined)[] {
  return Array.from({ length: count }, () => queue.take(true)?.name);
}

function filled(limit: number, ...items: Item[]): TaskQueue<Item> {
  const queue = new TaskQueue<Item>(limit);
  for (const one of items) queue.push(one);
  return queue;
}

it('gives items in the order they came', () => {
  const queue = filled(3, item('a'), item('b'), item('c'));
  expect(takeNames(queue, 4)).toEqual(['a', 'b', 'c', undefined]);
});

it('is full at its limit, and has room again when one was taken or removed', () => {
  const first = item('a');
  const queue = filled(2, first, item('b'));
  expect(queue.isFull).toBe(true);
  expect(queue.remove(first)).toBe(true);
  expect(queue.remove(first)).toBe(false);
  expect(queue.isFull).toBe(false);
});

it('gives what came back before all others, and to a fresh instance only', () => {
  const queue = filled(2, item('a'));
  queue.giveBack(item('again', { needsFresh: true }));
  expect(queue.take(false)?.name).toBe('a');
  queue.push(item('b', { priority: 'high' }));
  expect(queue.take(true)?.name).toBe('again');
  expect(queue.takeAll().map(({ name }) => name)).toEqual(['b']);
  expect(queue.size).toBe(0);
});

it('has a place for what comes back even when it is full', () => {
  const queue = filled(1, item('a'));
  queue.giveBack(item('again', { needsFresh: true }));
  expect(queue.size).toBe(2);
});

it('gives the more urgent first', () => {
  const queue = filled(3, item('l', { priority: 'low' }), item('n'), item('h', { priority: 'high' }));
  expect(takeNames(queue, 3)).toEqual(['h', 'n', 'l']);
});

it('lets at most eight more urgent items pass, for ever so many of them', () => {
  const queue = filled(1000, item('normal'), item('low', { priority: 'low' }));
  const names: (string | undefined)[] = [];
  for (let round = 0; round < 20; round += 1) {
    queue.push(item('high', { priority: 'high' }));
    names.push(queue.take(true)?.name);
  }
  expect(names.indexOf('low')).toBe(8);
  expect(names.indexOf('normal')).toBe(9);
});

it('lets callers take turns, so that a long list of one does not hold up another', () => {
  const many = ['a1', 'a2', 'a3', 'a4'].map((name) => item(name, { caller: 'a' }));
  const queue = filled(9, ...many, item('b1', { caller: 'b' }), item('b2', { caller: 'b' }));
  expect(takeNames(queue, 6)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
});

it('forgets a caller whose only item was removed', () => {
  const gone = item('a1', { caller: 'a' });
  const queue = filled(9, gone, item('b1', { caller: 'b' }));
  expect(queue.remove(gone)).toBe(true);
  expect(takeNames(queue, 2)).toEqual(['b1', undefined]);
});

it('knows how long its first items have waited', () => {
  const queue = filled(9);
  expect(queue.oldestAt).toBeUndefined();
  queue.push(item('low', { priority: 'low', queuedAt: 1 }));
  queue.push(item('normal', { queuedAt: 2 }));
  expect(queue.oldestAt).toBe(1);
});
