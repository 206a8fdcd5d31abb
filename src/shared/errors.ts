import { agentErrors } from './agent-errors.ts';
import { applyErrors } from './apply-errors.ts';
import { generateErrors } from './generate-errors.ts';
import { proofErrors } from './proof-errors.ts';
import { poolErrors } from './pool-errors.ts';
import { storeErrors } from './store-errors.ts';
import { redisErrors } from './redis-errors.ts';

/** Every code that booster can fail with; `errorTable` says what it means, how to mend it and which exit code it brings. */
export type ErrorCode = keyof typeof errorTable;

/** Exit code 1 means "refused or something to do", 2 means usage, configuration or I/O. */
export interface ErrorInfo {
  readonly title: string;
  readonly remedy: string;
  readonly exitCode: 1 | 2 | 130;
}

export const errorTable = {
  E_CLI_USAGE: { title: 'bad command line', remedy: 'see `booster <command> --help`', exitCode: 2 },
  E_CONFIG_NOT_FOUND: {
    title: 'configuration file not found',
    remedy: 'check the path given to --config',
    exitCode: 2,
  },
  E_CONFIG_INVALID: {
    title: 'invalid configuration',
    remedy: 'correct the named key; `booster optimize --print-config` shows what is in force',
    exitCode: 2,
  },
  E_RULE_INVALID: {
    title: 'rule of the project cannot be used',
    remedy: 'correct the named file in .booster/rules; `booster rules test` checks all of them',
    exitCode: 2,
  },
  E_RULE_UNKNOWN: { title: 'unknown rule', remedy: '`booster rules` lists all rules', exitCode: 2 },
  E_FILE_NOT_FOUND: { title: 'no such file', remedy: 'check the path', exitCode: 2 },
  E_FILE_NOT_READABLE: { title: 'file cannot be read', remedy: 'name a regular file that you may read', exitCode: 2 },
  E_FILE_NOT_TEXT: {
    title: 'not clean UTF-8 text',
    remedy: 'convert the file to UTF-8 or leave it out',
    exitCode: 2,
  },
  E_FILE_TOO_LARGE: {
    title: 'file too large',
    remedy: 'raise --max-bytes or leave the file out',
    exitCode: 2,
  },
  E_FILE_TOO_DEEP: {
    title: 'code nested too deeply',
    remedy: 'split the expression or leave the file out with --ignore-pattern',
    exitCode: 2,
  },
  E_FILE_CHANGED: {
    title: 'file changed meanwhile',
    remedy: 'run the command again; where a hash was expected, read the file again first',
    exitCode: 2,
  },
  E_FILE_NOT_WRITABLE: {
    title: 'file cannot be written',
    remedy: 'check the permissions of the file and its folder, and the free space',
    exitCode: 2,
  },
  E_FILE_UNSUPPORTED: {
    title: 'unsupported file type',
    remedy: 'give a .js, .mjs, .cjs, .jsx, .ts, .mts, .cts or .tsx file',
    exitCode: 2,
  },
  E_PROFILE_INVALID: {
    title: 'not a CPU profile',
    remedy: 'give a .cpuprofile file as `node --cpu-prof` writes it',
    exitCode: 2,
  },
  E_COVERAGE_INVALID: {
    title: 'not V8 coverage',
    remedy: 'give the folder that the program filled with NODE_V8_COVERAGE=<folder>',
    exitCode: 2,
  },
  E_TYPES_UNAVAILABLE: {
    title: 'no type checker',
    remedy:
      'install TypeScript in the project (npm install --save-dev typescript), mend its tsconfig.json, or go on without types: leave out --types, give a JSON Schema',
    exitCode: 2,
  },
  ...applyErrors,
  ...generateErrors,
  E_GIT_UNAVAILABLE: {
    title: 'git is not available here',
    remedy: 'run inside a git checkout, or name the files',
    exitCode: 2,
  },
  E_GIT_PARTIALLY_STAGED: {
    title: 'file is partially staged',
    remedy: 'stage or stash the rest of its changes, or name the file instead of --staged',
    exitCode: 2,
  },
  E_GIT_REF: {
    title: 'no such commit',
    remedy: 'name a branch, tag or commit that exists here (a shallow clone may lack it)',
    exitCode: 2,
  },
  E_SUPPRESSIONS_INVALID: {
    title: 'baseline cannot be read',
    remedy: 'write it again with `booster analyze --suppress-all`',
    exitCode: 2,
  },
  E_SYNTAX: { title: 'syntax error', remedy: 'mend the syntax error first', exitCode: 2 },
  E_GATE_REFUSED: {
    title: 'rewrite refused by the gate',
    remedy: 'the file is untouched; please report the rule and the code',
    exitCode: 2,
  },
  E_RULE_FAILED: {
    title: 'a rule failed',
    remedy: 'the rule was skipped; please report it with the code',
    exitCode: 2,
  },
  E_WASM_LOAD: { title: 'WebAssembly engine could not be loaded', remedy: 'reinstall the package', exitCode: 2 },
  E_WASM_TRAP: {
    title: 'WebAssembly engine trapped',
    remedy: 'the instance was discarded; the file is untouched',
    exitCode: 2,
  },
  E_WASM_MEMORY: {
    title: 'WebAssembly memory limit reached',
    remedy: 'raise WASM_MEMORY_LIMIT or leave the file out',
    exitCode: 2,
  },
  ...poolErrors,
  ...storeErrors,
  ...redisErrors,
  ...proofErrors,
  ...agentErrors,
  E_INTERNAL: { title: 'internal error', remedy: 'please report it with the command and -v output', exitCode: 2 },
} as const satisfies Record<string, ErrorInfo>;

const brand = Symbol.for('booster.error');

/** The only error class booster throws on purpose. Survives realms: test it with {@link isBoosterError}, not `instanceof`. */
export class BoosterError extends Error {
  readonly code: ErrorCode;
  /** Structured facts (path, line, limit…), safe to print as JSON. Never source code. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, data: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BoosterError';
    this.code = code;
    this.data = data;
    Object.defineProperty(this, brand, { value: true });
  }
}

export function isBoosterError(value: unknown): value is BoosterError {
  return typeof value === 'object' && value !== null && brand in value;
}

/** The error itself when booster threw it on purpose, else an `E_INTERNAL` around it. */
export function asBoosterError(error: unknown): BoosterError {
  if (isBoosterError(error)) return error;
  return new BoosterError('E_INTERNAL', error instanceof Error ? error.message : String(error), {}, error);
}

/** What crosses a thread: an error class loses its class, name and code in structured clone. */
export interface SerializedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function serializeError(error: unknown): SerializedError {
  if (isBoosterError(error)) return { code: error.code, message: error.message, data: error.data };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'E_INTERNAL', message, data: {} };
}

export function deserializeError(error: SerializedError): BoosterError {
  return new BoosterError(error.code, error.message, error.data);
}
