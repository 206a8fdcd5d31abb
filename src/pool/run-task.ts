import type { OptimizeRequest, OptimizeResult } from '../engine/optimize.ts';
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

/** What the tolerant reader may use at most; a quarter of a small limit, but what it needs to start. The parser gets the rest. */
const tolerantReaderBytes = 128 * 2 ** 20;
const tolerantStartBytes = 32 * 2 ** 20;

type Handlers = {
  readonly [Kind in TaskKind]: (request: TaskKinds[Kind]['request']) => TaskStep;
};

/** Engines of one instance, each loaded when a task first wants it: a file without any trigger text loads none. */
export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  const engines = new Engines(options);
  const handlers: Handlers = { optimize: (request) => optimize(request, engines) };
  return {
    begin: ({ kind, request }: PoolTask) => handlers[kind](request),
    check: () => {
      engines.parse('let sign = "of life";', 'javascript');
    },
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
      const read = engines.readTolerantly((reader) =>
        reportFindings(reader.parse(request.text, request.language), request, rules, engines),
      );
      return { isDone: true, result: withTolerantFindings(result, read) };
    },
  };
}

/** The file is refused either way; its findings are an extra, and the reason says when there are none. */
function withTolerantFindings(
  result: OptimizeResult,
  read: TolerantAnswer<OptimizeResult['findings']>,
): OptimizeResult {
  if ('value' in read) return { ...result, findings: read.value, reader: 'tree-sitter' };
  const { reason } = result;
  if (reason === undefined) return result;
  return { ...result, reason: { ...reason, message: `${reason.message} (no findings either: ${read.failure})` } };
}

/** What the tolerant reader gave, or why it could not. */
type TolerantAnswer<Value> = { readonly value: Value } | { readonly failure: string };

/** The engines of one instance and what they use. Is itself the parser, loaded at its first text. */
class Engines implements ParsePort {
  readonly #options: TaskRunnerOptions;
  #oxc: OxcParser | undefined;
  #tolerant: TolerantReader | undefined;
  #tolerantFailure = 'the tolerant reader was not loaded';
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
    try {
      this.#tolerant = await loadTreeSitter({ memoryLimitBytes: this.#tolerantShare });
      this.#baseBytes += this.#tolerant.memoryBytes;
    } catch (error) {
      if (!isBoosterError(error)) throw error;
      this.#tolerantFailure = error.message;
    }
  }

  readTolerantly<Value>(read: (reader: TolerantReader) => Value): TolerantAnswer<Value> {
    if (this.#tolerant === undefined) return { failure: this.#tolerantFailure };
    try {
      return { value: read(this.#tolerant) };
    } catch (error) {
      if (isBoosterError(error)) return { failure: error.message };
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
    const quarter = Math.floor(this.#options.memoryLimitBytes / 4);
    return Math.min(tolerantReaderBytes, Math.max(tolerantStartBytes, quarter));
  }
}
