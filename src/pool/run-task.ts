import type { OptimizeRequest } from '../engine/optimize.ts';
import { optimizeText, reportFindings } from '../engine/optimize-text.ts';
import type { ParsePort } from '../engine/parse-port.ts';
import { rules } from '../rules/index.ts';
import { isBoosterError } from '../shared/errors.ts';
import { loadOxc } from '../wasm/oxc-parser.ts';
import type { OxcParser } from '../wasm/oxc-parser.ts';
import { loadTreeSitter } from '../wasm/tree-sitter-reader.ts';
import type { TolerantReader } from '../wasm/tree-sitter-reader.ts';
import type { WasmModule } from '../wasm/web-assembly.ts';
import type { InstanceMemory } from './instance-memory.ts';
import type { PoolTask, TaskKind, TaskKinds } from './protocol.ts';
import type { TaskRunner, TaskStep } from './task-step.ts';

export interface TaskRunnerOptions {
  /** Bytes of WASM memory for all engines together. */
  readonly memoryLimitBytes: number;
  /** Gives the compiled parser when it is wanted; compiled here when absent. */
  readonly oxcModule?: () => WasmModule;
}

/** What the tolerant reader may use at most; a quarter of a small limit. The parser gets the rest. */
const tolerantReaderBytes = 128 * 2 ** 20;

type Handlers = {
  readonly [Kind in TaskKind]: (request: TaskKinds[Kind]['request']) => TaskStep;
};

/** Engines of one instance, each loaded when a task first wants it: a file without any trigger text loads none. */
export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  const engines = new Engines(options);
  const handlers: Handlers = { optimize: (request) => optimize(request, engines) };
  return {
    begin: ({ kind, request }: PoolTask) => handlers[kind](request),
    get isPoisoned() {
      return engines.isPoisoned;
    },
    get memory() {
      return engines.memory;
    },
  };
}

function optimize(request: OptimizeRequest, engines: Engines): TaskStep {
  const result = optimizeText(request, rules, engines);
  if (result.reason?.code !== 'E_SYNTAX') return { isDone: true, result };
  return {
    isDone: false,
    prepare: () => engines.loadTolerantReader(),
    resume: () => {
      const findings = engines.readTolerantly((reader) =>
        reportFindings(reader.parse(request.text, request.language), request, rules, engines),
      );
      return { isDone: true, result: findings === undefined ? result : { ...result, findings, reader: 'tree-sitter' } };
    },
  };
}

/** The engines of one instance and what they use. Is itself the parser, loaded at its first text. */
class Engines implements ParsePort {
  readonly #options: TaskRunnerOptions;
  #oxc: OxcParser | undefined;
  #tolerant: TolerantReader | undefined;
  #baseBytes = 0;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  get isPoisoned(): boolean {
    return this.#oxc?.poisoned === true || this.#tolerant?.poisoned === true;
  }

  get memory(): InstanceMemory {
    const usedBytes = (this.#oxc?.memoryBytes ?? 0) + (this.#tolerant?.memoryBytes ?? 0);
    return { usedBytes, baseBytes: this.#baseBytes };
  }

  parse(...args: Parameters<ParsePort['parse']>): ReturnType<ParsePort['parse']> {
    return this.#loadedOxc().parse(...args);
  }

  async loadTolerantReader(): Promise<void> {
    if (this.#tolerant !== undefined) return;
    this.#tolerant = await loadTreeSitter({ memoryLimitBytes: this.#tolerantShare });
    this.#baseBytes += this.#tolerant.memoryBytes;
  }

  /** `undefined` when the reader itself failed: its findings are an extra, the file is refused either way. */
  readTolerantly<Value>(read: (reader: TolerantReader) => Value): Value | undefined {
    if (this.#tolerant === undefined) return undefined;
    try {
      return read(this.#tolerant);
    } catch (error) {
      if (isBoosterError(error)) return undefined;
      throw error;
    }
  }

  #loadedOxc(): OxcParser {
    if (this.#oxc !== undefined) return this.#oxc;
    const module = this.#options.oxcModule?.();
    const memoryLimitBytes = this.#options.memoryLimitBytes - this.#tolerantShare;
    this.#oxc = loadOxc({ memoryLimitBytes, ...(module !== undefined && { module }) });
    this.#baseBytes += this.#oxc.memoryBytes;
    return this.#oxc;
  }

  get #tolerantShare(): number {
    return Math.min(tolerantReaderBytes, Math.floor(this.#options.memoryLimitBytes / 4));
  }
}
