import { assetPath } from './asset-path.ts';
import { compileWasm } from './compile-wasm.ts';
import type { WasmModule } from './web-assembly.ts';

/** Compiles the parser, without what runs it. The result can be posted to workers. @throws BoosterError `E_WASM_LOAD` */
export function compileOxc(): WasmModule {
  return compileWasm(assetPath('parser.wasm32-wasi.wasm'));
}
