/** A call of a function that was handed to the subject: who, on what, with what, and how it ended. */
export interface RecordedCall {
  /** Which of the handed-in functions, numbered in the order in which the arguments reach them. */
  readonly callee: number;
  readonly isConstruct: boolean;
  readonly self: unknown;
  /** Copies as of the call: the callee or the subject may change them afterwards. */
  readonly args: unknown;
  readonly ended: 'returned' | 'threw';
}

/**
 * One run's own copy of the arguments. Values keep their prototypes, property attributes, holes, -0 and shared
 * references; functions become recorders that act like the originals. What callbacks give back is copied too, so that a
 * value which a callback hands out twice (to the original and to the rewritten subject) is not changed under the other.
 */
export class CloneWorld {
  readonly calls: RecordedCall[] = [];
  /** Errors that callbacks threw, to tell them from errors that the engine threw. */
  readonly thrown = new Set<unknown>();
  /** Original → copy, and each object that lives in this run → itself. */
  readonly #copies = new Map<object, object>();
  readonly #functions = new Map<object, number>();
  readonly #keepsFunctions: boolean;

  /** @param keepsFunctions functions stay what they are instead of becoming recorders */
  constructor(keepsFunctions = false) {
    this.#keepsFunctions = keepsFunctions;
  }

  /** Copy of an argument list. */
  copyArguments(args: readonly unknown[]): unknown[] {
    return args.map((value) => this.#copy(value));
  }

  /** Number of a handed-in function, or `undefined` for one that the subject made. */
  functionNumber(value: object): number | undefined {
    return this.#functions.get(value);
  }

  #copy(value: unknown): unknown {
    if (!isObject(value) || value instanceof Promise) return value;
    if (typeof value === 'function' && this.#keepsFunctions) return value;
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    if (typeof value === 'function') return this.#recorder(value as (...args: unknown[]) => unknown);
    const copy = emptyCopy(value);
    this.#own(value, copy);
    this.#fill(value, copy);
    return copy;
  }

  #own(original: object, copy: object): void {
    this.#copies.set(original, copy);
    this.#copies.set(copy, copy);
  }

  #fill(value: object, copy: object): void {
    if (value instanceof Map)
      for (const [key, item] of value) (copy as Map<unknown, unknown>).set(this.#copy(key), this.#copy(item));
    if (value instanceof Set) for (const item of value) (copy as Set<unknown>).add(this.#copy(item));
    if (isBinary(value)) return;
    for (const key of Reflect.ownKeys(value)) {
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      if (property === undefined) continue;
      if ('value' in property) property.value = this.#copy(property.value);
      Reflect.defineProperty(copy, key, property);
    }
    if (Object.isFrozen(value)) Object.freeze(copy);
    else if (Object.isSealed(value)) Object.seal(copy);
    else if (!Object.isExtensible(value)) Object.preventExtensions(copy);
  }

  #recorder(original: (...args: unknown[]) => unknown): unknown {
    const callee = this.#functions.size;
    const proxy: object = new Proxy(original, {
      apply: (target, self: unknown, args: unknown[]) =>
        this.#call(callee, false, self, args, () => Reflect.apply(target, self, args)),
      construct: (target, args: unknown[], newTarget) =>
        this.#call(callee, true, undefined, args, () =>
          Reflect.construct(target, args, newTarget === proxy ? target : newTarget),
        ) as object,
    });
    this.#functions.set(proxy, callee);
    this.#own(original, proxy);
    return proxy;
  }

  #call(callee: number, isConstruct: boolean, self: unknown, args: unknown[], invoke: () => unknown): unknown {
    // a separate world: these copies are evidence and must not be mistaken for objects of this run
    const evidence = new CloneWorld(true);
    const record = { callee, isConstruct, self: evidence.#copy(self), args: evidence.copyArguments(args) };
    const seen = new Set<object>();
    for (const value of [self, ...args]) this.#adopt(value, seen);
    const at = this.calls.push({ ...record, ended: 'returned' }) - 1;
    try {
      return this.#copy(invoke());
    } catch (error) {
      this.calls[at] = { ...record, ended: 'threw' };
      this.thrown.add(error);
      throw error;
    }
  }

  /** Marks an object that the subject made, and all below it, as living in this run: a callback may hand it back. */
  #adopt(value: unknown, seen: Set<object>): void {
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    if (!this.#copies.has(value)) this.#copies.set(value, value);
    if (value instanceof Map) for (const entry of value) for (const item of entry) this.#adopt(item, seen);
    if (value instanceof Set) for (const item of value) this.#adopt(item, seen);
    if (typeof value === 'function' || isBinary(value)) return;
    for (const key of Reflect.ownKeys(value)) this.#adopt(Reflect.getOwnPropertyDescriptor(value, key)?.value, seen);
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isBinary(value: object): boolean {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function emptyCopy(value: object): object {
  const copy = bareCopy(value);
  if (Object.getPrototypeOf(copy) !== Object.getPrototypeOf(value))
    Object.setPrototypeOf(copy, Object.getPrototypeOf(value) as object | null);
  return copy;
}

/** An object with the same internal slots; plain objects have none. */
function bareCopy(value: object): object {
  if (Array.isArray(value)) return [];
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (value instanceof Date) return new Date(value);
  if (value instanceof RegExp) return new RegExp(value);
  if (value instanceof Error) return new Error();
  if (isBinary(value)) return structuredClone(value);
  if (value instanceof Number || value instanceof String || value instanceof Boolean)
    return Object(value.valueOf()) as object;
  if (value instanceof WeakMap || value instanceof WeakSet || isIterator(value)) {
    throw new TypeError('an iterator, WeakMap or WeakSet cannot be copied: let the subject make it');
  }
  return {};
}

/** Generators and the like: their position is hidden state. */
export function isIterator(value: object): value is Iterable<unknown> {
  return 'next' in value && typeof value.next === 'function' && Symbol.iterator in value;
}
