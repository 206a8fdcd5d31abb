import { BoosterError, isBoosterError } from '../shared/errors.ts';
import { isStackOverflow } from '../shared/stack-overflow.ts';
import { callFunctions, exceptionFunctions, lifetimeFunctions } from './napi-calls.ts';
import { HandleTable, ReferenceTable } from './napi-state.ts';
import { definitionFunctions, propertyFunctions } from './napi-properties.ts';
import { creationFunctions, inspectionFunctions } from './napi-values.ts';
import { wasiFunctions } from './wasi-imports.ts';
import { WasmMemory } from './wasm-memory.ts';
import { pageBytes, webAssembly } from './web-assembly.ts';
import type { CallbackInfo, NapiState, Wrapped } from './napi-state.ts';
import type { Diagnostics } from './wasi-imports.ts';
import type { WasmMemoryObject, WasmModule, WasmTable } from './web-assembly.ts';

/** `emnapi_create_env` returns the address of a header; the environment that functions are given lies behind it. */
const environmentHeaderBytes = 8;
/** A failed growth asks for at least this much more. */
const memoryReserveBytes = 16 * pageBytes;

type Entry = (...parameters: number[]) => unknown;

/**
 * Runs a napi-rs module built for `wasm32-wasip1-threads`, on one thread, without the emnapi runtime. Only what a
 * synchronous call needs is there; every other import throws `E_WASM_TRAP` with its name when it is called.
 *
 * After a trap the memory may be inconsistent: the host is `poisoned` and refuses every further call.
 */
export class NapiHost {
  /** What the module registered, e.g. its functions. Call them only inside {@link NapiHost.run}. */
  readonly registered: Record<string, unknown> = {};
  readonly #memory: WasmMemory;
  readonly #limitBytes: number;
  readonly #unreachableBytes: number;
  readonly #state: NapiState;
  readonly #diagnostics: Diagnostics = { text: '' };
  readonly #table: WasmTable;
  readonly #environment: number;
  #isRunning = false;
  #fault: BoosterError | undefined;

  /**
   * @param limitBytes maximum of `memory` without the unreachable bytes, to tell a full memory from other traps
   * @param unreachableBytes of `memory` that no code can come to use
   * @throws BoosterError `E_WASM_LOAD` when the module does not fit this host
   */
  constructor(module: WasmModule, memory: WasmMemoryObject, limitBytes: number, unreachableBytes = 0) {
    this.#memory = new WasmMemory(memory);
    this.#limitBytes = limitBytes;
    this.#unreachableBytes = unreachableBytes;
    this.#state = this.#createState();
    const exports = this.#instantiate(module, memory);
    this.#table = exports['__indirect_function_table'] as WasmTable;
    let environment = 0;
    this.#guarded(() => {
      entry(exports, '_initialize')();
      for (const name of Object.keys(exports)) if (name.startsWith('__napi_register__')) entry(exports, name)();
      environment = Number(entry(exports, 'emnapi_create_env')()) + environmentHeaderBytes;
    });
    this.#environment = environment;
    this.run(() => {
      this.#guarded(() =>
        entry(exports, 'napi_register_wasm_v1')(environment, this.#state.handles.add(this.registered)),
      );
      this.#rethrowPending();
    });
  }

  /** `true` after a trap, and after a call that was interrupted from outside (a `vm` time-out leaves no other trace). */
  get poisoned(): boolean {
    return this.#fault !== undefined || this.#isRunning;
  }

  /** Bytes of memory now without the unreachable ones; never shrinks. */
  get memoryBytes(): number {
    return this.#memory.byteLength - this.#unreachableBytes;
  }

  /** Live handles, references and native objects: the same numbers after every {@link NapiHost.run}. */
  get liveCounts(): { readonly handles: number; readonly references: number; readonly wrapped: number } {
    const { handles, references, wrapped } = this.#state;
    return { handles: handles.size, references: references.size, wrapped: wrapped.size };
  }

  /**
   * Runs `body`, which may call what the module registered, then frees every handle and native object that it made: no
   * object of the module may leave it.
   * @throws BoosterError `E_WASM_TRAP`, `E_WASM_MEMORY` or `E_FILE_TOO_DEEP` when the module trapped, now or earlier.
   */
  run<Result>(body: () => Result): Result {
    this.#refusePoisoned();
    const mark = this.#state.handles.size;
    this.#isRunning = true;
    try {
      return body();
    } finally {
      if (this.#fault === undefined) {
        for (const wrapped of this.#state.wrapped.values()) this.#finalize(wrapped);
        this.#state.wrapped.clear();
      }
      this.#state.handles.releaseFrom(mark);
      this.#isRunning = false;
    }
  }

  /** Runs `body` inside {@link NapiHost.run}; what texts the module makes meanwhile, `take` may read where they lie. */
  withTextsTaken<Result>(take: (address: number, length: number) => boolean, body: () => Result): Result {
    this.#state.takeText = take;
    try {
      return body();
    } finally {
      this.#state.takeText = undefined;
    }
  }

  #createState(): NapiState {
    return {
      memory: this.#memory,
      handles: new HandleTable(),
      references: new ReferenceTable(),
      wrapped: new Map(),
      pending: undefined,
      takeText: undefined,
      invoke: (callback, info) => this.#invoke(callback, info),
      rethrowFault: () => {
        if (this.#fault !== undefined) throw this.#fault;
      },
    };
  }

  #instantiate(module: WasmModule, memory: WasmMemoryObject): Readonly<Record<string, unknown>> {
    const state = this.#state;
    const known: Record<string, unknown> = {
      ...creationFunctions(state),
      ...inspectionFunctions(state),
      ...propertyFunctions(state),
      ...definitionFunctions(state),
      ...callFunctions(state),
      ...lifetimeFunctions(state),
      ...exceptionFunctions(state),
      ...threadlessFunctions,
      ...wasiFunctions(this.#memory, this.#diagnostics),
      memory,
    };
    const imports: Record<string, Record<string, unknown>> = {};
    for (const { module: from, name } of webAssembly.Module.imports(module)) {
      (imports[from] ??= {})[name] = known[name] ?? unsupported(name);
    }
    try {
      return new webAssembly.Instance(module, imports).exports;
    } catch (error) {
      throw new BoosterError('E_WASM_LOAD', 'the WebAssembly module does not fit its host', {}, error);
    }
  }

  #invoke(callback: number, info: CallbackInfo): unknown {
    this.#refuseFaulty();
    const { handles } = this.#state;
    const call = this.#table.get(callback) as Entry;
    const result = this.#guarded(() => call(this.#environment, handles.add(info))) as number;
    this.#rethrowPending();
    return result === 0 ? undefined : handles.get(result);
  }

  #finalize({ native, finalizer, hint }: Wrapped): void {
    if (finalizer !== 0) this.#guarded(() => (this.#table.get(finalizer) as Entry)(this.#environment, native, hint));
  }

  #rethrowPending(): void {
    const { pending } = this.#state;
    this.#state.pending = undefined;
    if (pending !== undefined) throw pending.error;
  }

  /** Whatever leaves the module as an exception left its frames without unwinding: the instance is lost. */
  #guarded<Result>(call: () => Result): Result {
    try {
      return call();
    } catch (error) {
      this.#fault ??= this.#describe(error);
      throw this.#fault;
    }
  }

  #describe(error: unknown): BoosterError {
    if (isBoosterError(error)) return error;
    if (isStackOverflow(error)) {
      return new BoosterError(
        'E_FILE_TOO_DEEP',
        'the code is nested more deeply than the parser can follow',
        {},
        error,
      );
    }
    const isFull = this.memoryBytes + memoryReserveBytes > this.#limitBytes;
    if (isFull || this.#diagnostics.text.startsWith('memory allocation of')) {
      return new BoosterError(
        'E_WASM_MEMORY',
        'the parser reached its memory limit',
        { limitBytes: this.#limitBytes },
        error,
      );
    }
    return new BoosterError('E_WASM_TRAP', 'the parser trapped', {}, error);
  }

  #refusePoisoned(): void {
    this.#refuseFaulty();
    if (this.#isRunning)
      throw new BoosterError('E_WASM_TRAP', 'an earlier call was interrupted; the instance must be discarded');
  }

  #refuseFaulty(): void {
    if (this.#fault === undefined) return;
    throw new BoosterError(
      'E_WASM_TRAP',
      'the instance trapped in an earlier call and must be discarded',
      { first: this.#fault.code },
      this.#fault,
    );
  }
}

/** Bookkeeping for event loops and other threads, of which a synchronous host has none. */
const threadlessFunctions: Readonly<Record<string, () => number>> = {
  _emnapi_env_check_gc_access: () => 0,
  _emnapi_node_emit_async_init: () => 0,
  _emnapi_env_ref: () => 0,
  _emnapi_env_unref: () => 0,
  _emnapi_runtime_keepalive_push: () => 0,
  _emnapi_runtime_keepalive_pop: () => 0,
  _emnapi_ctx_increase_waiting_request_counter: () => 0,
  _emnapi_ctx_decrease_waiting_request_counter: () => 0,
  // The instance goes as a whole with its memory, so there is nothing to clean up.
  napi_add_env_cleanup_hook: () => 0,
  napi_remove_env_cleanup_hook: () => 0,
};

function unsupported(name: string): () => never {
  return () => {
    throw new BoosterError('E_WASM_TRAP', `the module called ${name}, which this host does not offer`, {
      import: name,
    });
  };
}

function entry(exports: Readonly<Record<string, unknown>>, name: string): Entry {
  const found = exports[name];
  if (typeof found === 'function') return found as Entry;
  throw new BoosterError('E_WASM_LOAD', `the WebAssembly module has no function ${name}`);
}
