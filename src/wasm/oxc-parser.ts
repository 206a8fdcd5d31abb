import { Buffer } from 'node:buffer';
import type { Language } from '../engine/language.ts';
import type { ParseOptions, ParsePort } from '../engine/parse-port.ts';
import type { Comment, SyntaxProblem, SyntaxTree } from '../engine/syntax-tree.ts';
import { BoosterError } from '../shared/errors.ts';
import { compileOxc } from './compile-oxc.ts';
import { lowerEstree } from './lower-estree.ts';
import type { EstreeNode } from './lower-estree.ts';
import { NapiHost } from './napi-host.ts';
import { refuseTooDeep } from './refuse-too-deep.ts';
import { rootOnly } from './tree-builder.ts';
import type { TreeFacts } from './tree-builder.ts';
import { TreeTable } from './tree-table.ts';
import { createMemory } from './wasm-memory.ts';
import { pageBytes } from './web-assembly.ts';
import type { WasmModule } from './web-assembly.ts';

/** Larger texts are refused: 2 MB of source make 79 MB of syntax tree on the way, and 4 MB overflow a 512 MB memory. */
export const maximumParseBytes = 2 * 1024 * 1024;

/** What the module declares as its least memory: 64,000,000 bytes of stack, which grows downwards, and data above it. */
const minimumPages = 980;

/**
 * What no call can reach of that stack, because the thread's own stack ends first: with the 4 MiB of a worker, ten kinds of
 * nesting that end in `E_FILE_TOO_DEEP` touched 4.2 MiB of it at most, with the main thread's 1 MiB 0.9 MiB. It is address
 * space only, so that the limit is spent on memory.
 */
const unreachableBytes = 876 * pageBytes;

/** Below, the parser alone gets all of the memory, and trees take the slow way through strings and objects. */
const smallestShared = 16 * 2 ** 20;

/** Modules, classic scripts and CommonJS are told apart by trying, the likeliest first; only broken files take all three. */
const sourceTypes = ['unambiguous', 'commonjs', 'module'] as const;

const oxcLanguages = {
  javascript: 'js',
  jsx: 'jsx',
  typescript: 'ts',
  tsx: 'tsx',
  dts: 'dts',
} as const satisfies Record<Language, string>;

interface OxcComment {
  readonly type: 'Line' | 'Block';
  readonly start: number;
  readonly end: number;
}

interface OxcError {
  readonly severity: 'Error' | 'Warning' | 'Advice';
  readonly message: string;
  readonly labels: readonly { readonly start: number }[];
}

/** The module's own result object; its properties are computed when they are read. */
interface OxcResult {
  readonly program: string;
  readonly comments: readonly OxcComment[];
  readonly errors: readonly OxcError[];
}

type ParseSync = (fileName: string, text: string, options: Readonly<Record<string, unknown>>) => OxcResult;

type Attempt =
  | { readonly tree: SyntaxTree }
  | { readonly program: string; readonly facts: TreeFacts }
  | { readonly problems: SyntaxProblem[] };

export interface OxcLoadOptions {
  /** From {@link compileOxc}, perhaps of another thread; compiled here when absent. */
  readonly module?: WasmModule;
  /** Largest memory that the engine may take, in bytes. At least 6,815,744 (104 pages). */
  readonly memoryLimitBytes: number;
}

/** Starts a parser. @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY` */
export function loadOxc({ module, memoryLimitBytes }: OxcLoadOptions): OxcParser {
  const tableBytes = tableShare(memoryLimitBytes);
  const limitBytes = memoryLimitBytes - tableBytes;
  const memory = createMemory(minimumPages, limitBytes, true, unreachableBytes);
  const host = new NapiHost(module ?? compileOxc(), memory, limitBytes, unreachableBytes);
  return new OxcParser(host, tableBytes === 0 ? undefined : new TreeTable(memory, tableBytes));
}

/**
 * What the tables may take of a limit, in the part of the memory that the parser cannot reach. An eighth is enough: the
 * JSON of a text takes more than six times as much as its table. A small limit is left to the parser as a whole.
 */
function tableShare(memoryLimitBytes: number): number {
  if (memoryLimitBytes < smallestShared) return 0;
  return Math.min(Math.floor(memoryLimitBytes / 8), unreachableBytes - pageBytes);
}

/**
 * JavaScript and TypeScript by the rules of the language, without tolerance. Accepted are modules, scripts in sloppy mode
 * (`with`, HTML comments, `await` as a name) and CommonJS (`return` and `new.target` at the top), each file as one of
 * them. Flow and other dialects are syntax errors.
 */
export class OxcParser implements ParsePort {
  readonly #host: NapiHost;
  readonly #table: TreeTable | undefined;
  readonly #parseSync: ParseSync;

  constructor(host: NapiHost, table?: TreeTable) {
    this.#host = host;
    this.#table = table;
    this.#parseSync = host.registered['parseSync'] as ParseSync;
  }

  /** `true` when the instance must be discarded: every further call would throw `E_WASM_TRAP`. */
  get poisoned(): boolean {
    return this.#host.poisoned;
  }

  /** Bytes of WebAssembly memory now that the parser uses or can come to use; never shrinks. */
  get memoryBytes(): number {
    return this.#host.memoryBytes + (this.#table?.usedBytes ?? 0);
  }

  /**
   * @throws BoosterError `E_FILE_TOO_LARGE` above {@link maximumParseBytes}; `E_FILE_NOT_TEXT` for lone surrogates, which
   * have no UTF-8 form; `E_FILE_TOO_DEEP`, `E_WASM_MEMORY`, `E_WASM_TRAP` when the module failed, and is `poisoned`.
   */
  parse(text: string, language: Language, options: ParseOptions = {}): SyntaxTree {
    refuseUnfit(text);
    let problems: SyntaxProblem[] | undefined;
    for (const sourceType of sourceTypes) {
      const attempt = this.#attempt(text, language, sourceType, options);
      if ('tree' in attempt) return attempt.tree;
      if ('program' in attempt) return lower(attempt.program, attempt.facts);
      problems ??= attempt.problems;
    }
    return rootOnly({ text, language, source: 'oxc', comments: [], problems: problems ?? [] });
  }

  #attempt(text: string, language: Language, sourceType: string, wanted: ParseOptions): Attempt {
    const { semantic: showSemanticErrors = false, comments: withComments = true } = wanted;
    return this.#host.run(() => {
      const options = { lang: oxcLanguages[language], sourceType, preserveParens: false, showSemanticErrors };
      const result = this.#parseSync('', text, options);
      const errors = result.errors.filter((error) => error.severity === 'Error');
      if (errors.length > 0) return { problems: errors.map(toProblem) };
      // an object for each comes through the module's interface: a sixth of the time that a file takes
      const listed = withComments ? result.comments : [];
      const comments = listed.filter((comment) => !isHashbang(comment, text)).map(toComment);
      return this.#readProgram(result, { text, language, source: 'oxc', comments, problems: [] });
    });
  }

  /** The table, made where the module wrote the tree; or that as text, when it has to take the way through objects. */
  #readProgram(result: OxcResult, facts: TreeFacts): Attempt {
    const table = this.#table;
    if (table === undefined) return { program: result.program, facts };
    let tree: SyntaxTree | undefined;
    const take = (address: number, length: number): boolean => {
      tree = table.build(address, length, facts);
      return tree !== undefined;
    };
    const program = this.#host.withTextsTaken(take, () => result.program);
    return tree === undefined ? { program, facts } : { tree };
  }
}

function refuseUnfit(text: string): void {
  const bytes = text.length > maximumParseBytes ? text.length : Buffer.byteLength(text);
  if (bytes > maximumParseBytes) {
    throw new BoosterError('E_FILE_TOO_LARGE', `${String(bytes)} bytes are more than the parser takes`, {
      bytes,
      maximumParseBytes,
    });
  }
  // In a one-byte string or ASCII there is nothing to find, and V8 sees that by itself.
  if (/\p{Surrogate}/u.test(text)) {
    throw new BoosterError('E_FILE_NOT_TEXT', 'the text holds half of a surrogate pair', {
      offset: text.search(/\p{Surrogate}/u),
    });
  }
}

function lower(program: string, facts: TreeFacts): SyntaxTree {
  return refuseTooDeep(() => {
    const { node } = JSON.parse(program) as { readonly node: EstreeNode };
    return lowerEstree(node, facts);
  });
}

/** oxc lists `#!` among the comments; in the table it is the node `Hashbang`. */
function isHashbang(comment: OxcComment, text: string): boolean {
  return comment.start === 0 && text.startsWith('#!');
}

function toComment({ type, start, end }: OxcComment): Comment {
  return { start, end, block: type === 'Block' };
}

function toProblem({ message, labels }: OxcError): SyntaxProblem {
  return { message, offset: labels[0]?.start ?? 0 };
}
