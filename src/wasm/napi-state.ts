import { BoosterError } from '../shared/errors.ts';
import type { WasmMemory } from './wasm-memory.ts';

/** Status codes of the N-API contract that this host can return. */
export const Status = {
  ok: 0,
  invalidArgument: 1,
  objectExpected: 2,
  stringExpected: 3,
  functionExpected: 5,
  numberExpected: 6,
  booleanExpected: 7,
  arrayExpected: 8,
  genericFailure: 9,
  pendingException: 10,
} as const;

/** An imported function: numbers in (addresses, handles, lengths), a status out. The first is always the environment. */
export type NapiFunction = (environment: number, ...parameters: number[]) => number;

/** Handle of `undefined`; 0 is the invalid handle. Both outlive every scope. */
export const undefinedHandle = 1;
const firstFreeHandle = 2;

/** Numbers that stand for JavaScript values while a call into the module runs. */
export class HandleTable {
  readonly #values: unknown[] = [undefined, undefined];

  /** Number of live handles, the two fixed ones included. */
  get size(): number {
    return this.#values.length;
  }

  add(value: unknown): number {
    return value === undefined ? undefinedHandle : this.#values.push(value) - 1;
  }

  get(handle: number): unknown {
    if (handle > 0 && handle < this.#values.length) return this.#values[handle];
    throw new BoosterError('E_WASM_TRAP', 'the module used a handle that does not exist', { handle });
  }

  /** Releases every handle from `mark` (an earlier {@link HandleTable.size}) on. */
  releaseFrom(mark: number): void {
    this.#values.length = Math.max(mark, firstFreeHandle);
  }
}

interface Reference {
  value: unknown;
  count: number;
}

/** Values that the module keeps across calls, with a count. A count of 0 makes an object's reference weak. */
export class ReferenceTable {
  readonly #references = new Map<number, Reference>();
  #next = 1;

  get size(): number {
    return this.#references.size;
  }

  add(value: unknown, count: number): number {
    const id = this.#next;
    this.#next += 1;
    this.#references.set(id, { value: count === 0 ? weaken(value) : value, count });
    return id;
  }

  /** The value, or `undefined` when there is no such reference or its object is gone. */
  value(id: number): unknown {
    const value = this.#references.get(id)?.value;
    return value instanceof WeakRef ? value.deref() : value;
  }

  delete(id: number): boolean {
    return this.#references.delete(id);
  }

  /** The count after taking one off; `undefined` when there was none to take. */
  decrease(id: number): number | undefined {
    const reference = this.#references.get(id);
    if (reference === undefined || reference.count === 0) return undefined;
    reference.count -= 1;
    if (reference.count === 0) reference.value = weaken(reference.value);
    return reference.count;
  }
}

function weaken(value: unknown): unknown {
  return isObject(value) ? new WeakRef(value) : value;
}

/** An object or a function. */
export function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A native object of the module that belongs to a JavaScript object, and how the module wants it freed. */
export interface Wrapped {
  readonly native: number;
  readonly finalizer: number;
  readonly hint: number;
}

/** What one call of a JavaScript function into the module carries. */
export interface CallbackInfo {
  readonly receiver: unknown;
  readonly parameters: readonly unknown[];
  readonly data: number;
}

/** What the imported functions share. One per instance. */
export interface NapiState {
  readonly memory: WasmMemory;
  readonly handles: HandleTable;
  readonly references: ReferenceTable;
  readonly wrapped: Map<object, Wrapped>;
  /** A JavaScript exception on its way through the module, boxed because any value can be thrown. */
  pending: { readonly error: unknown } | undefined;
  /** Calls function `callback` of the module as the body of a JavaScript function. */
  invoke(callback: number, info: CallbackInfo): unknown;
  /** Takes a text over where it lies, so that no string is made of it; `false` when it is to be made all the same. */
  takeText: ((address: number, length: number) => boolean) | undefined;
  /** Rethrows what must not be turned into a JavaScript exception: a trap inside a nested call. */
  rethrowFault(): void;
}

/**
 * Runs what may call JavaScript on behalf of the module. An exception becomes the pending one, as N-API demands; a trap of
 * a nested call into the module does not, because nothing of the module may run after it.
 */
export function callJavaScript(state: NapiState, body: () => void): number {
  if (state.pending !== undefined) return Status.pendingException;
  try {
    body();
    return Status.ok;
  } catch (error) {
    state.rethrowFault();
    state.pending = { error };
    return Status.pendingException;
  }
}
