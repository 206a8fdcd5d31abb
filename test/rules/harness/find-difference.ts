import { type CloneWorld, isIterator, isObject } from './clone-world.ts';

/** More than any subject yields; an endless generator must not hang the comparison. */
const maximumYields = 1_000;

/**
 * First difference between two values of two runs, as a path with a reason; `undefined` when a program could not tell
 * them apart: Object.is for primitives, own properties in their order with their attributes (so holes differ from
 * undefined), prototypes, internal slots, order of Map and Set, and which references are shared.
 */
export function findDifference(a: unknown, b: unknown, worldA: CloneWorld, worldB: CloneWorld): string | undefined {
  return new Comparison(worldA, worldB).compare(a, b, '');
}

class Comparison {
  readonly #worldA: CloneWorld;
  readonly #worldB: CloneWorld;
  /** Objects found to correspond, in both directions: a copy in the place of a shared reference is a difference. */
  readonly #pairs = new Map<object, object>();
  readonly #reverse = new Map<object, object>();

  constructor(worldA: CloneWorld, worldB: CloneWorld) {
    this.#worldA = worldA;
    this.#worldB = worldB;
  }

  compare(a: unknown, b: unknown, path: string): string | undefined {
    if (!isObject(a) || !isObject(b)) return Object.is(a, b) ? undefined : `${path}: ${show(a)} became ${show(b)}`;
    if (a === b) return undefined;
    if (this.#pairs.has(a) || this.#reverse.has(b)) {
      return this.#pairs.get(a) === b
        ? undefined
        : `${path}: a shared reference became a separate object, or the other way round`;
    }
    this.#pairs.set(a, b);
    this.#reverse.set(b, a);
    if (typeof a === 'function' || typeof b === 'function') return this.#compareFunctions(a, b, path);
    return this.#compareObjects(a, b, path);
  }

  /** Functions that a subject makes can't be compared by what they do; handed-in ones are known by their number. */
  #compareFunctions(a: object, b: object, path: string): string | undefined {
    const isSame = typeof a === typeof b && this.#worldA.functionNumber(a) === this.#worldB.functionNumber(b);
    return isSame ? undefined : `${path}: another function`;
  }

  #compareObjects(a: object, b: object, path: string): string | undefined {
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) || tag(a) !== tag(b))
      return `${path}: ${tag(a)} became ${tag(b)}`;
    if (a instanceof Promise) return `${path}: a Promise cannot be compared: let the subject await it`;
    if (a instanceof WeakMap || a instanceof WeakSet)
      return `${path}: a ${tag(a)} cannot be compared: let the subject read it`;
    const slots = this.compareLists(slotValues(a), slotValues(b), `${path}.[[slots]]`);
    return slots ?? this.#compareProperties(a, b, path);
  }

  compareLists(a: readonly unknown[], b: readonly unknown[], path: string): string | undefined {
    if (a.length !== b.length) return `${path}: ${a.length} items became ${b.length}`;
    for (const [index, value] of a.entries()) {
      const difference = this.compare(value, b[index], `${path}[${index}]`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }

  #compareProperties(a: object, b: object, path: string): string | undefined {
    const keys = ownKeys(a);
    const order = `${path}: own keys ${keys.map(String).join()} became ${ownKeys(b).map(String).join()}`;
    if (keys.length !== ownKeys(b).length || keys.some((key, index) => ownKeys(b)[index] !== key)) return order;
    if (Object.isExtensible(a) !== Object.isExtensible(b)) return `${path}: only one of the two is extensible`;
    for (const key of keys) {
      const { value: valueA, ...attributesA } = Reflect.getOwnPropertyDescriptor(a, key) ?? {};
      const { value: valueB, ...attributesB } = Reflect.getOwnPropertyDescriptor(b, key) ?? {};
      const place = `${path}.${String(key)}`;
      const difference = this.compare(valueA, valueB, place) ?? compareAttributes(attributesA, attributesB, place);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
}

function compareAttributes(a: PropertyDescriptor, b: PropertyDescriptor, path: string): string | undefined {
  const isSame = (['writable', 'enumerable', 'configurable', 'get', 'set'] as const).every(
    (name) => a[name] === b[name],
  );
  return isSame ? undefined : `${path}: other property attributes`;
}

/** Stack traces name places in the source, and those differ. */
function ownKeys(value: object): (string | symbol)[] {
  const keys = Reflect.ownKeys(value);
  return value instanceof Error ? keys.filter((key) => key !== 'stack') : keys;
}

/** What an object holds beside its properties. */
function slotValues(value: object): unknown[] {
  if (value instanceof Map) return [...value].flat(1);
  if (value instanceof Set) return [...value];
  if (value instanceof Date) return [value.getTime()];
  if (value instanceof RegExp) return [value.source, value.flags];
  if (value instanceof Number || value instanceof String || value instanceof Boolean) return [value.valueOf()];
  if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
  if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  if ('resolvedOptions' in value && typeof value.resolvedOptions === 'function')
    return [JSON.stringify(value.resolvedOptions())];
  return isIterator(value) ? takeAll(value) : [];
}

function takeAll(iterator: Iterable<unknown>): unknown[] {
  const values: unknown[] = [];
  for (const value of iterator) {
    values.push(value);
    if (values.length >= maximumYields) break;
  }
  return values;
}

function tag(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function show(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${String(value)}n`;
  return isObject(value) ? tag(value) : String(value);
}
