import { Buffer } from 'node:buffer';
import { BoosterError } from '../shared/errors.ts';
import { pageBytes, webAssembly } from './web-assembly.ts';
import type { WasmMemoryObject } from './web-assembly.ts';

/** 2 GB less a page: beyond, addresses reach JavaScript as negative numbers. */
const maximumPages = 32_767;

/**
 * Makes a memory that the engine itself keeps below a limit (a worker's `resourceLimits` do not count WebAssembly
 * memory). Pages that are never touched take address space only.
 * @param unreachableBytes of the memory that no code can come to use; not counted against the limit
 * @throws BoosterError `E_WASM_MEMORY` when the limit is below what the module needs to start, or the system refuses.
 */
export function createMemory(
  minimumPages: number,
  limitBytes: number,
  shared: boolean,
  unreachableBytes = 0,
): WasmMemoryObject {
  const maximum = Math.min(Math.floor((limitBytes + unreachableBytes) / pageBytes), maximumPages);
  if (!(maximum >= minimumPages)) {
    const needed = minimumPages * pageBytes - unreachableBytes;
    throw new BoosterError(
      'E_WASM_MEMORY',
      `a limit of ${String(limitBytes)} bytes is below the ${String(needed)} that the engine starts with`,
      { limitBytes, needed },
    );
  }
  try {
    return new webAssembly.Memory({ initial: minimumPages, maximum, shared });
  } catch (error) {
    throw new BoosterError('E_WASM_MEMORY', 'the system refused WebAssembly memory', { limitBytes }, error);
  }
}

/** Reads and writes a memory that may grow during any call into the module. All addresses are bytes, all numbers little-endian. */
export class WasmMemory {
  readonly memory: WasmMemoryObject;
  #bytes: Buffer;
  #view: DataView;

  constructor(memory: WasmMemoryObject) {
    this.memory = memory;
    this.#bytes = Buffer.from(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }

  /** Size now; never shrinks. */
  get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  readUint32(address: number): number {
    return this.#viewTo(address + 4).getUint32(address, true);
  }

  writeUint32(address: number, value: number): void {
    this.#viewTo(address + 4).setUint32(address, value, true);
  }

  writeUint8(address: number, value: number): void {
    this.#viewTo(address + 1).setUint8(address, value);
  }

  writeBigUint64(address: number, value: bigint): void {
    this.#viewTo(address + 8).setBigUint64(address, value, true);
  }

  writeDouble(address: number, value: number): void {
    this.#viewTo(address + 8).setFloat64(address, value, true);
  }

  /** UTF-8 text of `length` bytes. */
  readText(address: number, length: number): string {
    return this.#bytesTo(address + length).toString('utf8', address, address + length);
  }

  /** UTF-8 text up to its terminating NUL. */
  readTerminated(address: number): string {
    const bytes = this.#bytesTo(address + 1);
    const end = bytes.indexOf(0, address);
    return bytes.toString('utf8', address, end < 0 ? bytes.length : end);
  }

  /** Writes as much UTF-8 as fits, never half a character; returns the bytes written. */
  writeText(address: number, text: string, capacity: number): number {
    return this.#bytesTo(address + capacity).write(text, address, capacity, 'utf8');
  }

  #viewTo(end: number): DataView {
    if (end > this.#view.byteLength) this.#refresh();
    return this.#view;
  }

  #bytesTo(end: number): Buffer {
    if (end > this.#bytes.length) this.#refresh();
    return this.#bytes;
  }

  /** A shared memory keeps its address when it grows: older views stay valid, they only end too early. */
  #refresh(): void {
    const { buffer } = this.memory;
    if (buffer.byteLength === this.#bytes.length)
      throw new BoosterError('E_WASM_TRAP', 'the module handed out an address beyond its memory');
    this.#bytes = Buffer.from(buffer);
    this.#view = new DataView(buffer);
  }
}
