import type { Language } from '../../engine/language.ts';
import type { Change, Outline, OutlinePort, OutlineRole, Structure } from '../../engine/merge/outline.ts';
import type { SourceLanguage } from '../../engine/merge/source-language.ts';
import type { ParsePort } from '../../engine/parse-port.ts';
import { asBoosterError, isBoosterError } from '../../shared/errors.ts';
import type { BoosterError } from '../../shared/errors.ts';
import { loadTreeSitterRuntime } from '../tree-sitter-runtime.ts';
import type { TreeSitterRuntime } from '../tree-sitter-runtime.ts';
import { cOutline, cppOutline } from './c-outline.ts';
import { hasPlainComments } from './comment-ranges.ts';
import { goOutline } from './go-outline.ts';
import { javaOutline } from './java-outline.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { outlineOfTree } from './outline-of-tree.ts';
import { pythonOutline } from './python-outline.ts';
import { errorExtent, readOutline } from './read-outline.ts';
import type { Kinship } from './read-outline.ts';
import { rustOutline } from './rust-outline.ts';
import { javascriptOutline, tsxOutline, typescriptOutline } from './script-grammars.ts';

const defaultTimeLimitMs = 5_000;
/** Outlines kept for the next question: one merge asks for the same file several times. */
const keptOutlines = 8;

const grammars: Readonly<Record<Exclude<SourceLanguage, 'text'>, OutlineGrammar>> = {
  javascript: javascriptOutline,
  jsx: javascriptOutline,
  typescript: typescriptOutline,
  tsx: tsxOutline,
  python: pythonOutline,
  go: goOutline,
  rust: rustOutline,
  java: javaOutline,
  c: cOutline,
  cpp: cppOutline,
};

type ScriptLanguage = Extract<SourceLanguage, Language>;

/** As what a script is tried, first by its name: whoever says `typescript` may mean a file with JSX or declarations. */
const dialects: Readonly<Record<ScriptLanguage, readonly Language[]>> = {
  javascript: ['javascript', 'jsx'],
  jsx: ['jsx'],
  typescript: ['typescript', 'tsx', 'dts'],
  tsx: ['tsx', 'typescript'],
};

/** A header that is called C may be C++. */
const onlyCpp = /^[ \t]*(?:template\s*<|(?:class|namespace|using)\s+\w|(?:public|private|protected)\s*:)|\w::\w/m;

export interface OutlineReaderOptions {
  /** The exact parser of scripts, asked first; it may load itself at the first text. */
  readonly scripts: ParsePort;
  /** For tree-sitter, at least 32 MB. The runtime is one per thread: the first load of it, by any reader, decides. */
  readonly memoryLimitBytes: number;
  /** Longest time for one text, in milliseconds; default 5,000. */
  readonly timeLimitMs?: number;
}

const nothing: Omit<Outline, 'errors'> = {
  definitions: [],
  imports: new Int32Array(0),
  comments: new Int32Array(0),
  strings: new Int32Array(0),
};

interface KeptOutline {
  readonly text: string;
  readonly language: SourceLanguage;
  readonly outline: Outline;
  /** `structure`: without comments and strings; `errors`: of a text with errors, nothing else. */
  readonly holds: 'all' | 'structure' | 'errors';
  /** What its structure was read as a change of: of another text it may read otherwise. */
  readonly base?: string;
}

/**
 * Outlines of all languages. Scripts that the exact parser reads need nothing else; everything else needs tree-sitter, whose
 * start is asynchronous. So nothing is loaded before it is wanted:
 *
 * 1. `outline` gives what it can, and `undefined` while the grammar is missing;
 * 2. then `isWaiting` is set: `await prepare()` loads what was asked for;
 * 3. and the work is done again from the start (an outline that was there is kept).
 *
 * To learn beforehand whether a file needs a grammar: ask for its outline.
 */
export class OutlineReader implements OutlinePort {
  readonly #options: OutlineReaderOptions;
  readonly #wanted = new Set<OutlineGrammar>();
  /** What became of each grammar that was to be loaded. */
  readonly #loaded = new Map<OutlineGrammar, true | BoosterError>();
  readonly #kept: KeptOutline[] = [];
  #runtime: TreeSitterRuntime | undefined;

  constructor(options: OutlineReaderOptions) {
    this.#options = options;
  }

  /** A trap of tree-sitter: the next reader of this thread begins anew. */
  get poisoned(): boolean {
    return this.#runtime?.poisoned === true;
  }

  /** Bytes of tree-sitter's memory, which all readers of a thread share; 0 while it is not loaded. */
  get memoryBytes(): number {
    return this.#runtime?.memoryBytes ?? 0;
  }

  /** `outline` answered `undefined` for want of a grammar that {@link prepare} can load. */
  get isWaiting(): boolean {
    return this.#wanted.size > 0;
  }

  /** Loads the grammars that were asked for in vain. Never rejects: what stops it is thrown by the next `outline`. */
  async prepare(): Promise<void> {
    for (const grammar of this.#wanted) this.#loaded.set(grammar, await this.#load(grammar));
    this.#wanted.clear();
  }

  async #load({ asset }: OutlineGrammar): Promise<true | BoosterError> {
    try {
      this.#runtime ??= await loadTreeSitterRuntime(this.#options.memoryLimitBytes);
      this.#runtime.loadGrammar(asset);
      return true;
    } catch (error) {
      return asBoosterError(error);
    }
  }

  /**
   * @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY`, `E_WASM_TRAP`, `E_TASK_TIMEOUT`, `E_FILE_TOO_LARGE` above 2 MB,
   * `E_FILE_TOO_DEEP`
   */
  outline(text: string, language: SourceLanguage, role?: OutlineRole): Outline | undefined;
  outline(text: string, language: SourceLanguage, change: Change): Structure | undefined;
  outline(text: string, language: SourceLanguage, kinship?: Kinship): Outline | undefined {
    if (language === 'text') return undefined;
    const kept = this.#kept.find((one) => one.language === language && one.text === text && isAnswer(one, kinship));
    if (kept !== undefined) return kept.outline;
    const outline = this.#outline(text, language, kinship);
    if (outline === undefined) return undefined;
    const isBroken = outline.errors.length > 0 && kinship === 'sound';
    const holds = isBroken ? 'errors' : typeof kinship === 'object' ? 'structure' : 'all';
    this.#kept.unshift({ text, language, outline, holds, ...(typeof kinship === 'object' && { base: kinship.base }) });
    this.#kept.length = Math.min(this.#kept.length, keptOutlines);
    return outline;
  }

  #outline(text: string, language: Exclude<SourceLanguage, 'text'>, kinship?: Kinship): Outline | undefined {
    if (isScript(language)) return this.#outlineOfScript(text, language, kinship);
    const outline = this.#read(text, grammars[language], kinship);
    if (language !== 'c' || outline === undefined || outline.errors.length === 0 || !onlyCpp.test(text)) return outline;
    const other = this.#read(text, cppOutline, kinship);
    return other === undefined || errorExtent(other.errors) < errorExtent(outline.errors) ? other : outline;
  }

  #outlineOfScript(text: string, language: ScriptLanguage, kinship?: Kinship): Outline | undefined {
    let offset = 0;
    for (const dialect of dialects[language]) {
      const tree = this.#parseScript(text, dialect);
      const [problem] = tree?.problems ?? [{ offset: 0 }];
      if (tree !== undefined && problem === undefined) return outlineOfTree(tree);
      if (dialect === language) offset = Math.min(problem?.offset ?? 0, text.length);
    }
    const errors = Int32Array.of(offset, Math.min(offset + 1, text.length));
    if (kinship === 'sound') return { ...nothing, errors };
    const outline = this.#read(text, grammars[language]);
    if (outline === undefined || outline.errors.length > 0) return outline;
    return { ...outline, errors };
  }

  #parseScript(text: string, language: Language): ReturnType<ParsePort['parse']> | undefined {
    try {
      return this.#options.scripts.parse(text, language, { comments: !hasPlainComments(text) });
    } catch (error) {
      // half of a surrogate pair has no UTF-8 form, which only the exact parser needs
      if (isBoosterError(error) && error.code === 'E_FILE_NOT_TEXT') return undefined;
      throw error;
    }
  }

  #read(text: string, grammar: OutlineGrammar, kinship?: Kinship): Outline | undefined {
    const loaded = this.#loaded.get(grammar);
    if (loaded !== undefined && loaded !== true) throw loaded;
    if (loaded === true && this.#runtime !== undefined)
      return readOutline(this.#runtime, text, grammar, {
        timeLimitMs: this.#options.timeLimitMs ?? defaultTimeLimitMs,
        ...(kinship !== undefined && { kinship }),
      });
    this.#wanted.add(grammar);
    return undefined;
  }
}

/** Whether what is kept is what would be read now, whatever was asked for in between. */
function isAnswer({ holds, language, base }: KeptOutline, kinship: Kinship | undefined): boolean {
  if (typeof kinship === 'object')
    return holds === 'structure' ? base === kinship.base : holds === 'all' && !isMasked(language);
  return holds === 'all' || (holds === 'errors' && kinship === 'sound');
}

function isMasked(language: SourceLanguage): boolean {
  return language !== 'text' && grammars[language].mask !== undefined;
}

function isScript(language: SourceLanguage): language is ScriptLanguage {
  return Object.hasOwn(dialects, language);
}
