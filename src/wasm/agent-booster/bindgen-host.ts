import { Buffer } from 'node:buffer';
import { BoosterError } from '../../shared/errors.ts';
import { webAssembly } from '../web-assembly.ts';
import type { WasmMemoryObject, WasmModule } from '../web-assembly.ts';

/** What the module exports and this program calls; addresses are bytes. */
interface EngineExports {
  readonly memory: WasmMemoryObject;
  readonly __wbindgen_start: () => void;
  readonly __wbindgen_add_to_stack_pointer: (delta: number) => number;
  /** Allocates. */
  readonly __wbindgen_export_0: (size: number, alignment: number) => number;
  /** Frees. */
  readonly __wbindgen_export_2: (address: number, size: number, alignment: number) => void;
  readonly wasmconfig_new: () => number;
  readonly wasmconfig_set_confidence_threshold: (config: number, threshold: number) => void;
  readonly wasmconfig_set_max_chunks: (config: number, count: number) => void;
  /** Takes the configuration away from its owner. */
  readonly agentboosterwasm_with_config: (answer: number, config: number) => void;
  readonly agentboosterwasm_apply_edit: (
    answer: number,
    engine: number,
    text: number,
    textSize: number,
    edit: number,
    editSize: number,
    language: number,
  ) => void;
  readonly wasmeditresult_merged_code: (answer: number, result: number) => void;
  readonly wasmeditresult_strategy: (result: number) => number;
  readonly wasmeditresult_best_similarity: (result: number) => number;
  readonly wasmeditresult_chunks_found: (result: number) => number;
  readonly __wbg_wasmeditresult_free: (result: number, isOptional: number) => void;
}

/** An answer of the module: a value, or a text that says why there is none. */
export type EngineAnswer = { readonly value: number } | { readonly refusal: string };

/** Bytes that the module's calling convention reserves for an answer. */
const answerBytes = 16;

/** References below are constants of the calling convention. */
const firstReference = 132;

/**
 * Plays the JavaScript side of the module's calling convention (wasm-bindgen), as much of it as this program uses. The
 * package's own glue would load its module from a path of its choice, uncapped, and print the user's code on a panic.
 */
export class BindgenHost {
  readonly exports: EngineExports;
  readonly #references = new Map<number, unknown>();
  #nextReference = firstReference;
  #hasPanicked = false;

  constructor(module: WasmModule) {
    const instance = new webAssembly.Instance(module, { __wbindgen_placeholder__: this.#imports() });
    this.exports = instance.exports as unknown as EngineExports;
    this.exports.__wbindgen_start();
  }

  /** The module told of a panic before it trapped. A trap without is an exhausted memory or stack. */
  get hasPanicked(): boolean {
    return this.#hasPanicked;
  }

  get memoryBytes(): number {
    return this.exports.memory.buffer.byteLength;
  }

  /** Copies a text into the module, which then owns it. */
  writeText(text: string): { readonly address: number; readonly size: number } {
    const bytes = Buffer.from(text, 'utf8');
    const address = this.exports.__wbindgen_export_0(bytes.length, 1) >>> 0;
    bytes.copy(this.#bytes(), address);
    return { address, size: bytes.length };
  }

  /** Makes a call that answers with a value or with a text as its refusal. */
  ask(call: (answer: number) => void): EngineAnswer {
    return this.#withAnswer(call, ([value, refusal, isRefused]) =>
      isRefused === 0 ? { value } : { refusal: String(this.#take(refusal)) },
    );
  }

  /** Makes a call that answers with a text, and frees that text in the module. */
  askText(call: (answer: number) => void): string {
    return this.#withAnswer(call, ([address, size]) => {
      const text = this.#text(address, size);
      this.exports.__wbindgen_export_2(address, size, 1);
      return text;
    });
  }

  #withAnswer<Value>(call: (answer: number) => void, read: (words: readonly [number, number, number]) => Value): Value {
    const answer = this.exports.__wbindgen_add_to_stack_pointer(-answerBytes) >>> 0;
    call(answer);
    // a trap leaves the stack as it is: the instance is lost then anyway
    const bytes = this.#bytes();
    const words = [bytes.readUInt32LE(answer), bytes.readUInt32LE(answer + 4), bytes.readUInt32LE(answer + 8)] as const;
    this.exports.__wbindgen_add_to_stack_pointer(answerBytes);
    return read(words);
  }

  /** A view of the memory as it is now: any call may move it. */
  #bytes(): Buffer {
    return Buffer.from(this.exports.memory.buffer);
  }

  #text(address: number, size: number): string {
    const start = address >>> 0;
    return this.#bytes().toString('utf8', start, start + (size >>> 0));
  }

  #keep(value: unknown): number {
    const reference = this.#nextReference;
    this.#nextReference += 1;
    this.#references.set(reference, value);
    return reference;
  }

  #take(reference: number): unknown {
    const value = this.#references.get(reference);
    this.#references.delete(reference);
    return value;
  }

  /** The eleven imports of the pinned module. Those that only its JSON interface wants are not played. */
  #imports(): Record<string, unknown> {
    const unplayed = (): never => {
      throw new BoosterError('E_WASM_TRAP', 'the module asked for what its host does not play');
    };
    return {
      __wbindgen_object_drop_ref: (reference: number) => {
        this.#take(reference);
      },
      __wbindgen_object_clone_ref: (reference: number) => this.#keep(this.#references.get(reference)),
      __wbindgen_cast_2241b6af4c4b2941: (address: number, size: number) => this.#keep(this.#text(address, size)),
      __wbindgen_cast_d6cd19b81560fd6e: unplayed,
      __wbg_String_8f0eb39a4a4c2f66: unplayed,
      __wbg_set_3f1d0b984ed272ed: unplayed,
      __wbg_new_19c25a3f2fa63a02: unplayed,
      // a panic asks for an error, for its stack, and to print both with the user's code: nothing of it leaves this class
      __wbg_new_8a6f238a6ece86ea: () => this.#keep(undefined),
      __wbg_stack_0ed75d68575b0f3c: (answer: number) => {
        const { address, size } = this.writeText('');
        this.#bytes().writeUInt32LE(address, answer >>> 0);
        this.#bytes().writeUInt32LE(size, (answer >>> 0) + 4);
      },
      __wbg_error_7534b8e9a36f1ab4: (address: number, size: number) => {
        this.#hasPanicked = true;
        this.exports.__wbindgen_export_2(address, size, 1);
      },
      __wbg_wbindgenthrow_451ec1a8469d7eb6: () => {
        throw new BoosterError('E_WASM_TRAP', 'the module refused how it was called');
      },
    };
  }
}
