/** A file that goes into a generator. */
export interface GeneratorInput {
  /** For messages: the path as it was given, or `standard input`. */
  readonly name: string;
  /** Without byte order mark. */
  readonly text: string;
}

/** An exported type of TypeScript, and its JSON Schema: each value that the schema accepts has the type. */
export interface DeclaredType {
  readonly type: string;
  /** Path of the file, relative to the same folder as the target, or absolute. */
  readonly path: string;
  /** For messages, e.g. `types.ts#User`. */
  readonly schemaName: string;
  readonly schema: unknown;
  readonly evidence: readonly string[];
}

/** Where the main file is to lie; what lies beside it is named after it. */
export interface GeneratorTarget {
  /** As given, without a slash at its end; empty for the working directory. */
  readonly folder: string;
  /** File name without folder and extension, e.g. `user.types`. */
  readonly stem: string;
  /** Without the dot, one of {@link GeneratorMeta.extensions}. */
  readonly extension: string;
}

export interface GenerateRequest {
  /** As given; the generator says whether it is an identifier. */
  readonly name?: string;
  readonly input?: GeneratorInput;
  /** Where a type is declared that `input` holds; for generators with {@link GeneratorMeta.types}. */
  readonly declared?: DeclaredType;
  /** What the input was at the commit that an option names by `git:<revision>`. */
  readonly earlier?: GeneratorInput;
  /** Options by name: known names only, each value one of its {@link OptionSpec.values} where there are any. */
  readonly options: Readonly<Record<string, string>>;
  readonly target: GeneratorTarget;
}

export interface GeneratedFile {
  /** Name in the folder of the target; the first file is the target itself. */
  readonly name: string;
  /** Ends with one line feed; no carriage returns. */
  readonly text: string;
}

export interface Generated {
  /** At least one; the first is the target. */
  readonly files: readonly GeneratedFile[];
  /** Facts that the result rests on, one sentence each: what the input was read as, what was measured, what is left out. */
  readonly evidence: readonly string[];
}

export interface OptionSpec {
  readonly name: string;
  readonly summary: string;
  /** Absent: any text. */
  readonly values?: readonly string[];
  /** Other words for a value in a description, by value. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** What holds when it is not given; absent: it must be given. */
  readonly default?: string;
}

export interface GeneratorMeta {
  readonly id: string;
  /** Raised when the same input gives other bytes. */
  readonly version: number;
  readonly summary: string;
  /** One sentence: when something else is better. */
  readonly notWhen: string;
  readonly name: { readonly summary: string; readonly required: boolean };
  /** Absent: it takes none. */
  readonly input?: { readonly summary: string; readonly required: boolean };
  /** Whether the input may also be a TypeScript file that exports a type. */
  readonly types?: true;
  readonly options: readonly OptionSpec[];
  /** Of the target, the default first. */
  readonly extensions: readonly string[];
  /** Stem of the target for a name in kebab case, e.g. `user` → `user.types`. */
  readonly stem: (name: string) => string;
  /** Whether the code may stand among other code (`--into`). */
  readonly into: boolean;
  /** Lower-case words of a description that speak for this generator. */
  readonly keywords: readonly string[];
  /** Words of a description behind which the name stands in lower case: `listing users` → `User`. */
  readonly nameAfter?: readonly string[];
  /** Whether the name is that of a function, which in a description is told by a capital inside of it: `for sumPrimes`. */
  readonly namesFunction?: true;
  readonly example: string;
}

/**
 * Makes files of a request; the same request gives the same bytes on every machine.
 * @throws BoosterError E_GENERATE_* with the place in the input
 */
export type Generate = (request: GenerateRequest) => Promise<Generated>;

/** A generator as the index lists it: `load` brings in its packages. */
export interface GeneratorEntry {
  readonly meta: GeneratorMeta;
  readonly load: () => Promise<Generate>;
}
