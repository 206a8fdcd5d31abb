import type { Language } from '../../engine/language.ts';
import type { Outline, OutlinePort } from '../../engine/merge/outline.ts';
import type { SourceLanguage } from '../../engine/merge/source-language.ts';
import type { ParsePort } from '../../engine/parse-port.ts';
import { asBoosterError, isBoosterError } from '../../shared/errors.ts';
import type { BoosterError } from '../../shared/errors.ts';
import { loadTreeSitterRuntime } from '../tree-sitter-runtime.ts';
import type { TreeSitterRuntime } from '../tree-sitter-runtime.ts';
import { cOutline, cppOutline } from './c-outline.ts';
import { goOutline } from './go-outline.ts';
import { javaOutline } from './java-outline.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { outlineOfTree } from './outline-of-tree.ts';
import { pythonOutline } from './python-outline.ts';
import { readOutline } from './read-outline.ts';
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

export interface OutlineReaderOptions {
  /** The exact parser of scripts, asked first; it may load itself at the first text. */
  readonly scripts: ParsePort;
  /** For tree-sitter, at least 32 MB. The runtime is one per thread: the first load of it, by any reader, decides. */
  readonly memoryLimitBytes: number;
  /** Longest time for one text, in milliseconds; default 5,000. */
  readonly timeLimitMs?: number;
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
  readonly #loaded = new Set<OutlineGrammar>();
  readonly #kept: { readonly text: string; readonly language: SourceLanguage; readonly outline: Outline }[] = [];
  #runtime: TreeSitterRuntime | undefined;
  #failure: BoosterError | undefined;

  constructor(options: OutlineReaderOptions) {
    this.#options = options;
  }

  /** A trap of tree-sitter: the runtime of this thread is lost. */
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
    try {
      this.#runtime ??= await loadTreeSitterRuntime(this.#options.memoryLimitBytes);
      for (const grammar of this.#wanted) {
        this.#runtime.loadGrammar(grammar.asset);
        this.#loaded.add(grammar);
      }
      this.#failure = undefined;
    } catch (error) {
      this.#failure = asBoosterError(error);
    }
    this.#wanted.clear();
  }

  /**
   * @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY`, `E_WASM_TRAP`, `E_TASK_TIMEOUT`, `E_FILE_TOO_LARGE` above 2 MB,
   * `E_FILE_TOO_DEEP`
   */
  outline(text: string, language: SourceLanguage): Outline | undefined {
    if (language === 'text') return undefined;
    const kept = this.#kept.find((one) => one.language === language && one.text === text);
    if (kept !== undefined) return kept.outline;
    const outline = isScript(language) ? this.#outlineOfScript(text, language) : this.#read(text, grammars[language]);
    if (outline === undefined) return undefined;
    this.#kept.unshift({ text, language, outline });
    this.#kept.length = Math.min(this.#kept.length, keptOutlines);
    return outline;
  }

  #outlineOfScript(text: string, language: Language): Outline | undefined {
    const tree = this.#parseScript(text, language);
    const [problem] = tree?.problems ?? [{ offset: 0 }];
    if (tree !== undefined && problem === undefined) return outlineOfTree(tree);
    const outline = this.#read(text, grammars[language as 'jsx']);
    if (outline === undefined || outline.errors.length > 0) return outline;
    const offset = Math.min(problem?.offset ?? 0, text.length);
    return { ...outline, errors: Int32Array.of(offset, Math.min(offset + 1, text.length)) };
  }

  #parseScript(text: string, language: Language): ReturnType<ParsePort['parse']> | undefined {
    try {
      return this.#options.scripts.parse(text, language);
    } catch (error) {
      // half of a surrogate pair has no UTF-8 form, which only the exact parser needs
      if (isBoosterError(error) && error.code === 'E_FILE_NOT_TEXT') return undefined;
      throw error;
    }
  }

  #read(text: string, grammar: OutlineGrammar): Outline | undefined {
    if (this.#runtime !== undefined && this.#loaded.has(grammar))
      return readOutline(this.#runtime, text, grammar, this.#options.timeLimitMs ?? defaultTimeLimitMs);
    if (this.#failure !== undefined) throw this.#failure;
    this.#wanted.add(grammar);
    return undefined;
  }
}

function isScript(language: SourceLanguage): language is 'javascript' | 'jsx' | 'typescript' | 'tsx' {
  return language === 'javascript' || language === 'jsx' || language === 'typescript' || language === 'tsx';
}
