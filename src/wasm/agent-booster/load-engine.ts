import { createHash } from 'node:crypto';
import { BoosterError } from '../../shared/errors.ts';
import { assetPath } from '../asset-path.ts';
import { compileWasm } from '../compile-wasm.ts';
import type { WasmModule } from '../web-assembly.ts';
import { capMemory } from './cap-memory.ts';
import { EngineInstance } from './engine-instance.ts';

/** agent-booster 0.2.2. How it behaves was measured on these very bytes, and its imports have names of this build. */
const engineSha256 = '5b1666ad952329e9b586e5e3775f39c3746fef691d3f77bf753cc7e92ce2502c';

let compiled: { readonly module: WasmModule; readonly limitBytes: number } | undefined;

/**
 * Starts an engine. Compiled once per thread; V8 shares the code between the threads of a process.
 * @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY`
 */
export function loadEngine(limitBytes: number): EngineInstance {
  if (compiled?.limitBytes !== limitBytes) {
    const module = compileWasm(assetPath('agent_booster_wasm_bg.wasm'), (bytes) => {
      refuseOtherBytes(bytes);
      return capMemory(bytes, limitBytes);
    });
    compiled = { module, limitBytes };
  }
  return new EngineInstance(compiled.module, limitBytes);
}

/** @throws BoosterError `E_WASM_LOAD` for any other bytes than those of the pinned version */
export function refuseOtherBytes(bytes: Uint8Array): void {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === engineSha256) return;
  throw new BoosterError('E_WASM_LOAD', 'agent-booster is not the version that this program was tested with', {
    sha256,
  });
}
