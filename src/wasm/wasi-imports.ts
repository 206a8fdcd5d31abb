import { BoosterError } from '../shared/errors.ts';
import type { WasmMemory } from './wasm-memory.ts';

type WasiFunction = (...parameters: never[]) => number;

const ok = 0;
/** Enough to recognise a panic by its first words. */
const keptDiagnosticBytes = 1_000;

/** What the module wrote to its standard output and error. May quote user code: it is looked at, never shown. */
export interface Diagnostics {
  text: string;
}

/** The system as the module sees it: no environment, no files, no way out. */
export function wasiFunctions(memory: WasmMemory, diagnostics: Diagnostics): Record<string, WasiFunction> {
  return {
    environ_sizes_get: (count: number, size: number) => {
      memory.writeUint32(count, 0);
      memory.writeUint32(size, 0);
      return ok;
    },
    environ_get: () => ok,
    clock_time_get: (_clock: number, _precision: bigint, result: number) => {
      memory.writeBigUint64(result, BigInt(Date.now()) * 1_000_000n);
      return ok;
    },
    // Asked only for the seeds of hash maps; loading `node:crypto` for these would cost a short process 1 to 2 ms.
    random_get: (address: number, length: number) => {
      for (let offset = 0; offset < length; offset += 1)
        memory.writeUint8(address + offset, Math.floor(Math.random() * 256));
      return ok;
    },
    fd_write: (_file: number, vectors: number, count: number, result: number) => {
      let written = 0;
      for (let index = 0; index < count; index += 1) {
        const length = memory.readUint32(vectors + index * 8 + 4);
        const room = Math.max(0, keptDiagnosticBytes - diagnostics.text.length);
        diagnostics.text += memory.readText(memory.readUint32(vectors + index * 8), Math.min(length, room));
        written += length;
      }
      memory.writeUint32(result, written);
      return ok;
    },
    sched_yield: () => ok,
    proc_exit: (code: number) => {
      throw new BoosterError('E_WASM_TRAP', 'the module ended itself', { exitStatus: code });
    },
  };
}
