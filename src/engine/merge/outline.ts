import type { Edit } from '../edit.ts';
import type { SourceLanguage } from './source-language.ts';

export type DefinitionKind =
  | 'function' // functions, and variables that hold one
  | 'method' // methods, constructors, accessors
  | 'class'
  | 'interface' // interfaces, traits, protocols
  | 'enum'
  | 'struct' // structs, unions, records
  | 'impl' // Rust impl blocks; their name is that of the type, with `Trait for` where there is one
  | 'type' // aliases
  | 'module' // namespaces, modules
  | 'signature' // overloads, declarations without a body, abstract methods
  | 'variable' // other variables, constants and fields on top level of a file or of a class
  | 'macro';

/** One named piece of code. Offsets are UTF-16. */
export interface Definition {
  readonly name: string;
  readonly kind: DefinitionKind;
  /** Index of the definition that holds this one; -1 on top level. */
  readonly container: number;
  /** Where it begins: decorators, attributes, annotations, `export` and `template<…>` belong to it, comments do not. */
  readonly start: number;
  /** Behind its last character, a closing `;` that belongs to it included. */
  readonly end: number;
  /** Where the line of its name begins to matter: start without decorators, attributes and annotations. */
  readonly headerStart: number;
  /** First and behind-the-last offset of the body, its brackets included; both -1 when it has none. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /**
   * What tells it apart from others of its name: parameter types of overloads (Java, C++, TypeScript signatures), the
   * receiver (Go), `get`/`set`/`static`. White space is normalised. Empty where the name alone is unique by the language.
   */
  readonly signature: string;
}

/** Ranges of a text as pairs of start and behind-the-end offsets, in order. */
export type Ranges = Int32Array;

/** What the merge has to know of the result's structure, for all languages alike. */
export interface Structure {
  /** In the order of the text, containers before what they hold. */
  readonly definitions: readonly Definition[];
  /** Statements that bring names in (import, use, #include, require at the top), each as a range. */
  readonly imports: Ranges;
  /** Where the parser met what it could not read, or missed something. Empty for a text without syntax errors. */
  readonly errors: Ranges;
}

/** What it has to know of a file and of an edit. */
export interface Outline extends Structure {
  /** Comments and string literals (their brackets do not count, and a line inside is no marker of its own accord). */
  readonly comments: Ranges;
  readonly strings: Ranges;
}

/** How a text comes of another: by edits, sorted and disjoint. */
export interface Change {
  readonly base: string;
  readonly edits: readonly Edit[];
  /** Of the base. Where a text with errors can be read in several ways, it is read as this was, unless that reads worse now. */
  readonly outline?: Outline;
}

export type OutlineRole = 'base' | 'sound';

/**
 * What the merge needs of parsers; `wasm` implements it. Synchronous and pure.
 * @throws BoosterError `E_WASM_*`, `E_TASK_TIMEOUT`, `E_FILE_TOO_LARGE`, `E_FILE_TOO_DEEP` when the parser cannot do it
 */
export interface OutlinePort {
  /**
   * `undefined` for `text`, and for languages whose grammar is not loaded.
   * @param role `base`: texts that come of this one will be asked for next, which is cheaper then; `sound`: of a text with syntax
   * errors nothing is wanted but that it has some
   */
  outline(text: string, language: SourceLanguage, role?: OutlineRole): Outline | undefined;
  /** The same of a text that comes of a base: most of it was read before. */
  outline(text: string, language: SourceLanguage, change: Change): Structure | undefined;
}
