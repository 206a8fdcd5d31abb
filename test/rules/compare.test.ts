import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CloneWorld } from './harness/clone-world.ts';
import { findDifference } from './harness/find-difference.ts';

const anyValue = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

function differenceOf(a: unknown, b: unknown): string | undefined {
  const [worldA, worldB] = [new CloneWorld(), new CloneWorld()];
  return findDifference(worldA.copyArguments([a]), worldB.copyArguments([b]), worldA, worldB);
}

test('two copies of any value do not differ, and differ from nothing that they were copied from', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(differenceOf(value, value)).toBe(undefined);
      const world = new CloneWorld();
      expect(findDifference([value], world.copyArguments([value]), world, world)).toBe(undefined);
    }),
    { numRuns: 300 },
  );
});

test('a copy shares no object with the original', () => {
  const original = { list: [1], map: new Map([['a', { b: 1 }]]), set: new Set([{ c: 1 }]), bytes: new Uint8Array([1]) };
  const [copy] = new CloneWorld().copyArguments([original]) as [typeof original];
  copy.list.push(2);
  copy.map.get('a')!.b = 2;
  copy.bytes[0] = 9;
  expect(original.list).toEqual([1]);
  expect(original.map.get('a')).toEqual({ b: 1 });
  expect(original.bytes[0]).toBe(1);
  expect([...copy.set][0]).not.toBe([...original.set][0]);
});

test('a reference that arguments share, even in a circle, is shared in the copy', () => {
  const shared: { self?: unknown } = {};
  shared.self = shared;
  const [a, b] = new CloneWorld().copyArguments([shared, [shared]]) as [typeof shared, [typeof shared]];
  expect(a).toBe(b[0]);
  expect(a.self).toBe(a);
  expect(a).not.toBe(shared);
});

class Point {
  x = 1;
}

const frozen = Object.freeze({ a: 1 });
const withCount = /a/g;
withCount.lastIndex = 1;

describe('values that a program can tell apart differ', () => {
  const twice = {};
  test.each<[string, unknown, unknown]>([
    ['0 and -0', 0, -0],
    ['a hole and undefined', new Array(1), [undefined]],
    ['a missing property and undefined', {}, { a: undefined }],
    ['another order of properties', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['another order of a Map', new Map([['a', 1], ['b', 2]]), new Map([['b', 2], ['a', 1]])], // oxfmt-ignore
    ['another order of a Set', new Set([1, 2]), new Set([2, 1])],
    ['another prototype', { x: 1 }, new Point()],
    ['an object without prototype', {}, Object.create(null)],
    ['a number and its box', 1, Object(1)],
    ['boxes of other numbers', Object(1), Object(2)],
    ['a frozen object', { a: 1 }, frozen],
    ['a hidden property', { a: 1 }, Object.defineProperty({}, 'a', { value: 1 })],
    ['other dates', new Date(1), new Date(2)],
    ['other flags', /a/g, /a/],
    ['another lastIndex', /a/g, withCount],
    ['other bytes', new Uint8Array([1]), new Uint8Array([2])],
    ['another kind of bytes', new Uint8Array([1]), new Int8Array([1])],
    ['another message', new Error('a'), new Error('b')],
    ['another class of error', new TypeError('a'), new RangeError('a')],
    ['other symbols', Symbol('a'), Symbol('a')],
    ['a shared reference and two objects', [twice, twice], [{}, {}]],
    ['an array and an array-like', [], { length: 0 }],
    ['__proto__ as a property and as the prototype', JSON.parse('{"__proto__":{}}'), {}],
  ])('%s', (_, a, b) => {
    expect(differenceOf(a, b)).not.toBe(undefined);
    expect(differenceOf(b, a)).not.toBe(undefined);
  });
});

describe('functions that are handed in', () => {
  test('are recorded with their arguments as they were at the call', () => {
    const world = new CloneWorld();
    const [callback] = world.copyArguments([(list: number[]) => list.push(2)]) as [(list: number[]) => number];
    callback([1]);
    expect(world.calls).toEqual([{ callee: 0, isConstruct: false, self: undefined, args: [[1]], ended: 'returned' }]);
  });

  test('are recorded when they throw, and the error is known as theirs', () => {
    const world = new CloneWorld();
    const error = new Error('planted');
    const fail = (): never => {
      throw error;
    };
    const [callback] = world.copyArguments([fail]) as [() => never];
    expect(callback).toThrow(error);
    expect(world.calls).toMatchObject([{ ended: 'threw' }]);
    expect(world.thrown).toContain(error);
  });

  test('give back the very objects of this run that they were given', () => {
    const world = new CloneWorld();
    const [identity] = world.copyArguments([(value: unknown) => value]) as [(value: unknown) => unknown];
    const made = { by: 'the subject' };
    expect(identity(made)).toBe(made);
  });

  test('give back a copy of an object that both runs would otherwise share', () => {
    const constant = [1];
    const [callback] = new CloneWorld().copyArguments([() => constant]) as [() => number[]];
    callback().push(2);
    expect(constant).toEqual([1]);
  });

  test('can be classes', () => {
    const world = new CloneWorld();
    const [Class] = world.copyArguments([Point]) as [typeof Point];
    const point = new Class();
    expect(point).toBeInstanceOf(Class);
    expect(Object.getPrototypeOf(point)).toBe(Point.prototype);
    expect(world.calls).toMatchObject([{ isConstruct: true }]);
  });
});

test('what hides its state is refused, not compared as if it were empty', () => {
  const world = new CloneWorld();
  expect(() => world.copyArguments([[1].values()])).toThrow('cannot be copied');
  expect(() => world.copyArguments([new WeakMap()])).toThrow('cannot be copied');
  expect(findDifference(Promise.resolve(1), Promise.resolve(2), world, world)).toContain('let the subject await it');
});

test('iterators that a subject returns are compared by what they yield', () => {
  const world = new CloneWorld();
  expect(findDifference([1, 2].values(), [1, 2].values(), world, world)).toBe(undefined);
  expect(findDifference([1, 2].values(), [1, 3].values(), world, world)).toContain('2 became 3');
});
