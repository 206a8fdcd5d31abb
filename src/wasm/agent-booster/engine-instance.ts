import { BoosterError } from '../../shared/errors.ts';
import type { WasmModule } from '../web-assembly.ts';
import { BindgenHost } from './bindgen-host.ts';
import { engineNumber } from './engine-language.ts';
import type { EngineLanguage } from './engine-language.ts';

/** Lower, the engine inserts in arbitrary places; higher, it refuses more and errs as often. */
const confidenceThreshold = 0.5;

/** All of them: by default the engine looks at the first 50 blocks of a file and replaces the best of those. */
const maximumBlocks = 0xffff_ffff;

/** What may reach the engine: `\n` as line end, no mark, no marker, no half surrogate. */
export interface EngineInput {
  readonly text: string;
  readonly edit: string;
  readonly language: EngineLanguage;
}

/** What the engine makes of an edit, or why it refuses. */
export type EngineOutput = { readonly text: string } | { readonly refusal: string };

/** One engine, constructed once (that takes 15 ms and 2.6 MB) and used for all calls. It believes whatever it is given. */
export class EngineInstance {
  readonly #limitBytes: number;
  readonly #host: BindgenHost;
  readonly #engine: number;
  /** Anything but an orderly end of a call leaves it set, a `vm` time-out included, which runs no handler. */
  #isRunning = false;

  /** @throws BoosterError `E_WASM_MEMORY` when the limit is too small to start with */
  constructor(module: WasmModule, limitBytes: number) {
    this.#limitBytes = limitBytes;
    try {
      this.#host = new BindgenHost(module);
      this.#engine = this.#construct();
    } catch (error) {
      throw new BoosterError('E_WASM_MEMORY', 'agent-booster cannot start in so little memory', { limitBytes }, error);
    }
  }

  /** `true` after a trap or an interrupted call: every further call throws. */
  get poisoned(): boolean {
    return this.#isRunning;
  }

  /** Bytes of WebAssembly memory now; never shrinks. */
  get memoryBytes(): number {
    return this.#host.memoryBytes;
  }

  /** @throws BoosterError `E_WASM_TRAP`, `E_WASM_MEMORY` when the engine failed, and is `poisoned` */
  run(input: EngineInput): EngineOutput {
    if (this.#isRunning)
      throw new BoosterError('E_WASM_TRAP', 'agent-booster failed in an earlier call and must be discarded');
    this.#isRunning = true;
    try {
      const output = this.#apply(input);
      this.#isRunning = false;
      return output;
    } catch (error) {
      throw this.#describeFailure(error);
    }
  }

  #construct(): number {
    const { exports } = this.#host;
    const config = exports.wasmconfig_new();
    exports.wasmconfig_set_confidence_threshold(config, confidenceThreshold);
    exports.wasmconfig_set_max_chunks(config, maximumBlocks);
    const answer = this.#host.ask((address) => {
      exports.agentboosterwasm_with_config(address, config);
    });
    if ('refusal' in answer) throw new BoosterError('E_WASM_LOAD', answer.refusal);
    return answer.value;
  }

  #apply({ text, edit, language }: EngineInput): EngineOutput {
    const { exports } = this.#host;
    const textCopy = this.#host.writeText(text);
    const editCopy = this.#host.writeText(edit);
    const answer = this.#host.ask((address) => {
      exports.agentboosterwasm_apply_edit(
        address,
        this.#engine,
        textCopy.address,
        textCopy.size,
        editCopy.address,
        editCopy.size,
        engineNumber(language),
      );
    });
    if ('refusal' in answer) return answer;
    try {
      if (this.#isTemplate(answer.value)) return { refusal: 'agent-booster would replace the whole file' };
      return {
        text: this.#host.askText((address) => {
          exports.wasmeditresult_merged_code(address, answer.value);
        }),
      };
    } finally {
      exports.__wbg_wasmeditresult_free(answer.value, 0);
    }
  }

  /**
   * What a "template" answers with: the snippet instead of the file. So does a snippet that equals the only block, but
   * that needs no merge.
   */
  #isTemplate(result: number): boolean {
    const { exports } = this.#host;
    return (
      exports.wasmeditresult_strategy(result) === 0 &&
      exports.wasmeditresult_best_similarity(result) === 1 &&
      exports.wasmeditresult_chunks_found(result) === 1
    );
  }

  /** The cause is left out: an engine's own error can hold the user's code. */
  #describeFailure(error: unknown): BoosterError {
    const isFull = !this.#host.hasPanicked && error instanceof Error && error.message === 'unreachable';
    if (isFull)
      return new BoosterError('E_WASM_MEMORY', 'agent-booster reached its memory limit', {
        limitBytes: this.#limitBytes,
      });
    return new BoosterError('E_WASM_TRAP', 'agent-booster trapped');
  }
}
