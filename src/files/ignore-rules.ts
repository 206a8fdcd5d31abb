import { existsSync, readFileSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** Patterns in the syntax of .gitignore and the absolute folder that they are relative to. */
export interface IgnoreSource {
  readonly base: string;
  readonly patterns: readonly string[];
}

interface Matcher {
  test(path: string): { readonly ignored: boolean; readonly unignored: boolean };
}

interface Layer {
  readonly base: string;
  readonly matcher: Matcher;
}

/** Read in this order: the later file may take back what the earlier one ignores. */
const ignoreFileNames = ['.gitignore', '.boosterignore'];

/**
 * What is ignored inside one folder. As in git, the deepest folder with an opinion decides, and nothing inside an ignored
 * folder can be taken back in. Patterns given by the user are stronger than ignore files.
 */
export class IgnoreRules {
  readonly #compile: (patterns: string) => Matcher;
  readonly #given: readonly Layer[];
  /** From ignore files, outermost folder first. */
  readonly #layers: readonly Layer[];

  constructor(compile: (patterns: string) => Matcher, given: readonly Layer[], layers: readonly Layer[]) {
    this.#compile = compile;
    this.#given = given;
    this.#layers = layers;
  }

  /** These rules and those that the ignore files in `folder` add. */
  enter(folder: string): IgnoreRules {
    return this.with(folder, ignoreFileNames.map((name) => readIfFile(join(folder, name))).join('\n'));
  }

  with(base: string, patterns: string): IgnoreRules {
    if (patterns.trim() === '') return this;
    return new IgnoreRules(this.#compile, this.#given, [...this.#layers, { base, matcher: this.#compile(patterns) }]);
  }

  /** Whether an entry of the folder is ignored. */
  ignores(path: string, isFolder: boolean): boolean {
    return decide(this.#given, path, isFolder) ?? decide(this.#layers, path, isFolder) ?? false;
  }
}

/** Finds the rules of any folder, remembering those of the folders above it. */
export class IgnoreFinder {
  readonly #base: IgnoreRules;
  readonly #readFiles: boolean;
  readonly #limit: string;
  readonly #known = new Map<string, IgnoreRules | undefined>();

  private constructor(base: IgnoreRules, readFiles: boolean, limit: string) {
    this.#base = base;
    this.#readFiles = readFiles;
    this.#limit = limit;
  }

  /**
   * Loads the matcher library, which costs about 2 ms: call it only when something has to be judged.
   *
   * @param limit outside of any git repository, ignore files above this folder are not looked at
   */
  static async load(given: readonly IgnoreSource[], readFiles: boolean, limit: string): Promise<IgnoreFinder> {
    const { default: ignore } = await import('ignore');
    const ignorecase = ['darwin', 'win32'].includes(platform()); // as git decides by default
    const compile = (patterns: string): Matcher => ignore({ ignorecase }).add(patterns);
    const layers = given.map(({ base, patterns }) => ({ base, matcher: compile(patterns.join('\n')) }));
    return new IgnoreFinder(new IgnoreRules(compile, layers, []), readFiles, limit);
  }

  /** The rules inside `folder`; `undefined` when it, or a folder above it in its repository, is ignored. */
  rulesInside(folder: string): IgnoreRules | undefined {
    if (this.#known.has(folder)) return this.#known.get(folder);
    const rules = this.#isTop(folder) ? this.rulesOfTop(folder) : this.enter(this.rulesInside(dirname(folder)), folder);
    this.#known.set(folder, rules);
    return rules;
  }

  /** The rules inside `folder`, as if nothing were above it. */
  rulesOfTop(folder: string): IgnoreRules {
    if (!this.#readFiles) return this.#base;
    return this.#base.with(folder, readIfFile(join(folder, '.git', 'info', 'exclude'))).enter(folder);
  }

  /** The rules inside a sub-folder, or `undefined` when it is ignored or its parent is. */
  enter(outer: IgnoreRules | undefined, folder: string): IgnoreRules | undefined {
    if (outer === undefined || outer.ignores(folder, true)) return undefined;
    return this.#readFiles ? outer.enter(folder) : outer;
  }

  ignoresFile(path: string): boolean {
    return this.rulesInside(dirname(path))?.ignores(path, false) ?? true;
  }

  #isTop(folder: string): boolean {
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return true;
    if (isInRepository(dirname(folder))) return false;
    return inside(this.#limit, folder) === undefined;
  }
}

function isInRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}

/** `true`: ignored, `false`: taken back in, `undefined`: no layer has an opinion. */
function decide(layers: readonly Layer[], path: string, isFolder: boolean): boolean | undefined {
  for (const { base, matcher } of layers.toReversed()) {
    const name = inside(base, path);
    if (name === undefined) continue;
    const { ignored, unignored } = matcher.test(isFolder ? `${name}/` : name);
    if (ignored || unignored) return ignored;
  }
  return undefined;
}

/** `path` relative to a folder above it, with forward slashes; `undefined` when it is not below that folder. */
function inside(base: string, path: string): string | undefined {
  const name = relative(base, path);
  if (name === '' || name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name)) return undefined;
  return sep === '/' ? name : name.replaceAll(sep, '/');
}

/** Text of a regular file, or `''`: a FIFO or folder of that name must neither block nor break the search. */
function readIfFile(path: string): string {
  try {
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    return isFile ? readFileSync(path, 'utf8').replace(/^\ufeff/, '') : '';
  } catch {
    return '';
  }
}
