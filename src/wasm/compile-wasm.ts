import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import { webAssembly } from './web-assembly.ts';
import type { WasmModule } from './web-assembly.ts';

/**
 * With 1,000,000,000 the parser of scripts still ran the code of the baseline compiler after 3,000 files, which takes 1.6 times as
 * long. With 30,000,000 `booster apply` on one file, which is read several times, already had functions optimised beside it: 40 ms
 * more of processor time for 500 lines (27 %), 109 ms for 2,000 (57 %). With this it is nothing for 500 lines and 46 ms for 2,000.
 */
const raisedTieringBudget = 100_000_000;

/** V8's own value: 1,800,000 in V8 11 (Node 20), 13,000,000 since V8 12, which is also the first with `Set.prototype.union`. */
const defaultTieringBudget = 'union' in Set.prototype ? 13_000_000 : 1_800_000;

/**
 * Compiles a WebAssembly file so that V8 does not start optimising compilations in the background at the first call:
 * these are the largest part of a short process (105 ms against 50 ms on two cores). A module keeps the budget that it
 * was compiled under, hence the flag is set back at once.
 * A function is validated when it is first called, not all of them before (7 ms → 3 ms): the files are our own, with checksums.
 * @param prepare checks the bytes, and may give others to compile
 * @throws BoosterError `E_WASM_LOAD` when the file cannot be read or is no module; what `prepare` throws on purpose
 */
export function compileWasm(path: string, prepare?: (bytes: Uint8Array) => Uint8Array): WasmModule {
  try {
    const bytes = readFileSync(path);
    const code = prepare === undefined ? bytes : prepare(bytes);
    setFlagsFromString(`--wasm-tiering-budget=${String(raisedTieringBudget)}`);
    setFlagsFromString('--wasm-lazy-validation');
    return new webAssembly.Module(code);
  } catch (error) {
    if (isBoosterError(error)) throw error;
    throw new BoosterError('E_WASM_LOAD', `WebAssembly file cannot be loaded: ${path}`, { path }, error);
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${String(defaultTieringBudget)}`);
    setFlagsFromString('--no-wasm-lazy-validation');
  }
}
