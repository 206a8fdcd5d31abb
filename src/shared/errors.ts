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
  E_RULE_UNKNOWN: { title: 'unknown rule', remedy: '`booster rules` lists all rules', exitCode: 2 },
  E_FILE_NOT_FOUND: { title: 'no such file', remedy: 'check the path', exitCode: 2 },
  E_FILE_NOT_READABLE: { title: 'file cannot be read', remedy: 'check its permissions', exitCode: 2 },
  E_FILE_NOT_TEXT: {
    title: 'not clean UTF-8 text',
    remedy: 'convert the file to UTF-8 or leave it out with --ignore-pattern',
    exitCode: 2,
  },
  E_FILE_TOO_LARGE: {
    title: 'file too large',
    remedy: 'raise --max-bytes or leave it out with --ignore-pattern',
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
  E_APPLY_DOCUMENT: {
    title: 'invalid JSON document on standard input',
    remedy: 'send { file or code, edit, language?, strictness?, expectHash? } or a list of such objects',
    exitCode: 2,
  },
  E_APPLY_OUTSIDE: {
    title: 'patch for a file outside of the working directory',
    remedy: 'run the command in the folder that the paths of the patch begin in',
    exitCode: 2,
  },
  E_APPLY_LANGUAGE: {
    title: 'unknown language',
    remedy: 'name one of javascript, jsx, typescript, tsx, python, go, rust, java, c, cpp and text, or none',
    exitCode: 2,
  },
  E_APPLY_EMPTY: {
    title: 'empty edit',
    remedy: 'send the code that changes, with enough lines around it',
    exitCode: 1,
  },
  E_APPLY_MARKERS_ONLY: {
    title: 'edit without code',
    remedy: 'send the code that changes beside the markers',
    exitCode: 1,
  },
  E_APPLY_NOT_TEXT: {
    title: 'not clean text',
    remedy: 'send text without NUL and without halves of characters',
    exitCode: 1,
  },
  E_APPLY_PLACEHOLDER: {
    title: 'placeholder in the edit',
    remedy: 'send the code itself, and `... existing code ...` in a comment where code stays',
    exitCode: 1,
  },
  E_APPLY_UNCLEAR: {
    title: 'edit with two readings',
    remedy: 'write what the message names in the way that it advises',
    exitCode: 1,
  },
  E_APPLY_MALFORMED: { title: 'malformed edit', remedy: 'send the edit complete and in one form', exitCode: 1 },
  E_APPLY_NOT_FOUND: {
    title: 'place of the edit not found',
    remedy: 'read the file again and repeat its lines exactly',
    exitCode: 1,
  },
  E_APPLY_AMBIGUOUS: {
    title: 'several places fit the edit',
    remedy: 'send more of the lines around the change',
    exitCode: 1,
  },
  E_APPLY_ORDER: {
    title: 'parts of the edit are in another order than the file',
    remedy: 'send them in the order of the file, or one by one',
    exitCode: 1,
  },
  E_APPLY_NO_POSITION: {
    title: 'nothing tells where the new code goes',
    remedy: 'send it together with the definition or line that comes before or behind it',
    exitCode: 1,
  },
  E_APPLY_EDGE: {
    title: 'it is open whether the lines beyond the edit stay',
    remedy: 'begin and end the edit with a marker where code stays',
    exitCode: 1,
  },
  E_APPLY_OVERLAP: {
    title: 'parts of the edit overlap',
    remedy: 'join the parts that touch the same lines',
    exitCode: 1,
  },
  E_APPLY_FILE_OPERATION: {
    title: 'edit adds, deletes or renames a file',
    remedy: 'do that by other means and send the rest of the edit',
    exitCode: 1,
  },
  E_APPLY_SEVERAL_FILES: { title: 'edit for several files', remedy: 'send one edit for each file', exitCode: 1 },
  E_GIT_UNAVAILABLE: {
    title: 'git is not available here',
    remedy: 'run inside a git checkout, or name the files',
    exitCode: 2,
  },
  E_APPLY_MARKER_LEFT: {
    title: 'a marker would reach the file',
    remedy: 'write the marker as a comment line of its own, or send the code that belongs there',
    exitCode: 1,
  },
  E_APPLY_EDIT_LOST: {
    title: 'lines of the edit would not all be in the result',
    remedy: 'send whole lines with context, in the order of the file',
    exitCode: 1,
  },
  E_APPLY_FOREIGN_LINE: {
    title: 'lines would come in that the edit does not have there',
    remedy: 'send more lines around the change',
    exitCode: 1,
  },
  E_APPLY_COLLATERAL: {
    title: 'lines would change that the edit does not speak of',
    remedy: 'send the lines around each change, and a marker where code stays',
    exitCode: 1,
  },
  E_APPLY_SYNTAX: {
    title: 'the result would have a new syntax error',
    remedy: 'send whole statements and definitions, with their brackets closed',
    exitCode: 1,
  },
  E_APPLY_LOST_DEFINITION: {
    title: 'a definition would be lost',
    remedy: 'send it too, put a marker where it stays, or say `// remove <name>`',
    exitCode: 1,
  },
  E_APPLY_DUPLICATE: {
    title: 'something would stand in the file twice',
    remedy: 'send the lines around it, so that it is clear what takes the place of what',
    exitCode: 1,
  },
  E_APPLY_LOSSY: {
    title: 'it is not certain which lines are to go',
    remedy: 'send lines that are unique in the file before and behind what goes',
    exitCode: 1,
  },
  E_APPLY_BOUNDARY: {
    title: 'a line could be new or take the place of another',
    remedy: 'send the line of the file that comes next to it',
    exitCode: 1,
  },
  E_APPLY_INDENTATION: {
    title: 'the indentation of the edit is not clear',
    remedy: 'indent the edit as the file is, or shift all of it by the same',
    exitCode: 1,
  },
  E_APPLY_BUDGET: {
    title: 'the edit would take too long to place',
    remedy: 'send a smaller edit, or one whose lines are not all alike',
    exitCode: 1,
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
  E_TASK_TIMEOUT: { title: 'task timed out', remedy: 'raise WASM_TASK_TIMEOUT or leave the file out', exitCode: 2 },
  E_TASK_ABORTED: { title: 'interrupted', remedy: 'run the command again', exitCode: 130 },
  E_TASK_QUARANTINED: {
    title: 'task has cost two pool instances',
    remedy: 'leave the file out; it is tried again after some minutes',
    exitCode: 2,
  },
  E_POOL_SATURATED: {
    title: 'pool queue is full',
    remedy: 'wait until tasks have ended before sending more, or raise `queueLimit`',
    exitCode: 2,
  },
  E_POOL_UNSTABLE: {
    title: 'pool instances keep dying',
    remedy: 'wait a moment: the pool tries again by itself; run fewer files to find the one that does it',
    exitCode: 2,
  },
  E_POOL_UNHEALTHY: {
    title: 'pool instance failed its health check',
    remedy: 'the instance was replaced; run the command again',
    exitCode: 2,
  },
  E_POOL_CLOSED: { title: 'pool is shut down', remedy: 'create a new pool', exitCode: 2 },
  E_POOL_START: { title: 'pool instances cannot be started', remedy: 'check memory and thread limits', exitCode: 2 },
  E_POOL_MEMORY: {
    title: 'pool instance ran out of memory',
    remedy: 'raise WASM_MEMORY_LIMIT or leave the file out',
    exitCode: 2,
  },
  E_POOL_PROTOCOL: { title: 'pool instance does not speak this version', remedy: 'reinstall the package', exitCode: 2 },
  E_POOL_OPTIONS: { title: 'invalid pool option', remedy: 'correct the named option', exitCode: 2 },
  E_POOL_WORKER_DIED: {
    title: 'pool instance died',
    remedy: 'the instance was replaced; run the command again',
    exitCode: 2,
  },
  E_RESIDENT_ABSENT: {
    title: 'no resident pool is running',
    remedy: '`booster pool run --detach` starts one',
    exitCode: 2,
  },
  E_RESIDENT_SILENT: {
    title: 'resident pool does not answer',
    remedy: 'end the process that the message names',
    exitCode: 2,
  },
  E_RESIDENT_LOST: { title: 'resident pool went away', remedy: 'run the command again', exitCode: 2 },
  E_RESIDENT_VERSION: {
    title: 'resident pool is of another version',
    remedy: '`booster pool run --detach` replaces it',
    exitCode: 2,
  },
  E_RESIDENT_PROTOCOL: {
    title: 'resident pool cannot be understood',
    remedy: '`booster pool stop` ends it; the next command works without it',
    exitCode: 2,
  },
  E_RESIDENT_DISTRUSTED: {
    title: 'resident pool cannot be trusted',
    remedy: 'remove what the message names, or make it yours alone (mode 0700)',
    exitCode: 2,
  },
  E_RESIDENT_SOCKET: {
    title: 'resident pool cannot listen',
    remedy: 'set XDG_RUNTIME_DIR to a short path of a folder of your own',
    exitCode: 2,
  },
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
