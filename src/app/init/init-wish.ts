/** A text that can be changed, or why it cannot and what a person should add. */
export type Merge = { readonly text: string; readonly note?: string } | { readonly problem: string };

/** What a file is to hold so that a tool calls booster. */
export interface Wish {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** What it is for, in a few words. */
  readonly what: string;
  /** The whole file when there is none. */
  readonly create: () => string;
  /** The file with what is missing, and everything else as it was; the same text when nothing is missing. Line ends are `\n`. */
  readonly merge: (text: string) => Merge | Promise<Merge>;
  /** What to add by hand when it cannot be merged. */
  readonly snippet: () => string;
}

/** The project as tools are looked for in it. */
export interface InitProject {
  /** Whether something stands at a path. */
  readonly has: (path: string) => boolean;
  /** Text of a file; `undefined` when it is not there or cannot be read. */
  readonly read: (path: string) => string | undefined;
  /** Names in a folder, sorted; none when it is not there. */
  readonly list: (folder: string) => readonly string[];
}

export interface InitTool {
  readonly id: string;
  readonly title: string;
  /** The path that shows that the project uses it. */
  readonly find: (project: InitProject) => string | undefined;
  readonly wishes: (project: InitProject) => readonly Wish[];
}

/** Text that shows that a file calls booster already, in whatever way its owner likes. */
export const callsBooster = {
  hook: /\bbooster(?:\.cjs|\.cmd)?["']?\s+hook\b/,
  command: /\bbooster(?:\.cjs|\.cmd)?["']?\s+(?:optimize|analyze)\b|\bcode-booster\b/,
};

/** A file that is all booster's. What stands there stays. */
export function ownFile(path: string, what: string, text: string): Wish {
  return {
    path,
    what,
    create: () => text,
    merge: (found) =>
      found === text ? { text: found } : { text: found, note: 'is there with other content and stays as it is' },
    // a whole file is not for typing
    snippet: () => '',
  };
}
