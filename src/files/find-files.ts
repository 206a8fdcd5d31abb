import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { BoosterError } from '../shared/errors.ts';
import { fileProblem } from './file-problem.ts';
import { IgnoreFinder } from './ignore-rules.ts';
import type { IgnoreSource } from './ignore-rules.ts';
import { skipByName, walkFolder } from './walk-folder.ts';
import type { SkipReason, WalkVisitor } from './walk-folder.ts';

export interface FindOptions {
  /** Absolute folder that patterns are relative to. */
  readonly cwd: string;
  /** Extensions (no dot) that folders and globs are searched for. */
  readonly extensions: readonly string[];
  /** Patterns from settings and `--ignore-pattern`; they hold with `noIgnore` too. */
  readonly ignore?: readonly IgnoreSource[];
  /** Ignore files (.gitignore, .boosterignore) are not read. */
  readonly noIgnore?: boolean;
  /** Files and folders named explicitly are skipped as well when they are ignored. */
  readonly forceExclude?: boolean;
  /**
   * Only these files (absolute paths, e.g. git's list of changed ones) are considered; patterns narrow them down, and no
   * pattern means all. Nothing is walked, and the skip rules are those of files found in a folder.
   */
  readonly among?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface FoundFile {
  /** Absolute; links in it are not resolved. */
  readonly path: string;
  /** Relative to `cwd`, with forward slashes (absolute when on another drive). */
  readonly name: string;
  /** Named by the user itself, not found through a folder, glob or git. */
  readonly explicit: boolean;
}

export interface FoundFiles {
  /** Sorted by name, every real file once. */
  readonly files: readonly FoundFile[];
  /** How many files (for `ignored`: files and whole folders) were left out, and why. */
  readonly skipped: Readonly<Record<SkipReason, number>>;
  /** Patterns that gave no file (`E_FILE_NOT_FOUND`) and folders that cannot be read; the others went on. */
  readonly problems: readonly BoosterError[];
}

/**
 * Finds files by explicit paths, folders (recursively) and globs.
 *
 * What exists under the literal name is taken as that, even with glob characters in it (`app/[id]/page.tsx`). An explicit
 * file is always taken, whatever its type and even when ignored, unless `forceExclude`. An explicit folder is searched
 * even when ignored; ignore files above it then do not speak for its content. In folders and globs these are skipped:
 * `node_modules`, `.git`, ignored and minified files, declaration files, links, and what has none of the extensions.
 *
 * @throws BoosterError `E_TASK_ABORTED`
 */
export async function findFiles(patterns: readonly string[], options: FindOptions): Promise<FoundFiles> {
  const finder = new Finder(options, () =>
    IgnoreFinder.load(options.ignore ?? [], options.noIgnore !== true, realPath(options.cwd)),
  );
  if (options.among !== undefined) await finder.select(options.among, patterns);
  else for (const pattern of patterns) await finder.add(pattern);
  return finder.result();
}

class Finder implements WalkVisitor {
  readonly extensions: ReadonlySet<string>;
  readonly signal: AbortSignal | undefined;
  readonly #options: FindOptions;
  readonly #loadIgnores: () => Promise<IgnoreFinder>;
  #ignores: Promise<IgnoreFinder> | undefined;
  /** By real path. */
  readonly #files = new Map<string, FoundFile>();
  readonly #skipped: Record<SkipReason, number> = {
    ignored: 0,
    minified: 0,
    declaration: 0,
    unsupported: 0,
    link: 0,
    special: 0,
    'odd-name': 0,
  };
  readonly #problems: BoosterError[] = [];

  constructor(options: FindOptions, loadIgnores: () => Promise<IgnoreFinder>) {
    this.#options = options;
    this.#loadIgnores = loadIgnores;
    this.extensions = new Set(options.extensions);
    this.signal = options.signal;
  }

  result(): FoundFiles {
    const files = [...this.#files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { files, skipped: this.#skipped, problems: this.#problems };
  }

  skip(reason: SkipReason): void {
    this.#skipped[reason] += 1;
  }

  fail(path: string, error: unknown): void {
    this.#problems.push(fileProblem(error, this.#name(path), 'read'));
  }

  async add(pattern: string): Promise<void> {
    // An unset shell variable, not the working directory: that would rewrite everything.
    if (pattern === '') {
      this.#problems.push(new BoosterError('E_FILE_NOT_FOUND', 'an empty path names no file', { path: '' }));
      return;
    }
    const path = resolve(this.#options.cwd, pattern);
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch (error) {
      await this.#addGlob(pattern, error);
      return;
    }
    if (this.#options.forceExclude === true && (await this.#isExcluded(path, isFolder))) this.skip('ignored');
    else if (isFolder) await this.#addFolder(pattern, path, { matches: () => true, maximumDepth: Infinity });
    else this.#addFile(realPath(path), path, true);
  }

  /** Keeps those of `paths` that pass the skip rules and lie under one of the patterns. */
  async select(paths: readonly string[], patterns: readonly string[]): Promise<void> {
    const ignores = await this.#ignoreFinder();
    const tests = await Promise.all(patterns.map(async (pattern) => this.#selector(pattern)));
    for (const path of paths) {
      if (tests.length > 0 && !tests.some((test) => test(path))) continue;
      const reason = skipByName(path, this.extensions) ?? (ignores.ignoresFile(realPath(path)) ? 'ignored' : undefined);
      if (reason === undefined) this.#addFile(realPath(path), path, false);
      else this.skip(reason);
    }
  }

  async #selector(pattern: string): Promise<(path: string) => boolean> {
    const named = resolve(this.#options.cwd, pattern);
    const stats = statSync(named, { throwIfNoEntry: false });
    if (stats !== undefined)
      return (path) => path === named || path.startsWith(named.endsWith(sep) ? named : named + sep);
    const glob = await this.#parseGlob(pattern);
    if (glob !== undefined) return (path) => glob.matches(slashed(relative(glob.folder, path)));
    this.#problems.push(new BoosterError('E_FILE_NOT_FOUND', `${pattern}: does not exist`, { path: pattern }));
    return () => false;
  }

  async #addGlob(pattern: string, error: unknown): Promise<void> {
    const glob = await this.#parseGlob(pattern);
    if (glob === undefined) this.fail(pattern, error);
    else await this.#addFolder(pattern, glob.folder, glob);
  }

  async #addFolder(
    pattern: string,
    folder: string,
    glob: { matches(name: string): boolean; maximumDepth: number },
  ): Promise<void> {
    const problems = this.#problems.length;
    const skipped = this.#skipCount();
    const ignores = await this.#ignoreFinder();
    const real = realPath(folder);
    const rules = ignores.rulesInside(real) ?? ignores.rulesOfTop(real);
    let found = 0;
    await walkFolder({ folder: real, rules, ignores, ...glob, visitor: this }, (name) => {
      found += 1;
      this.#addFile(join(real, name), join(folder, name), false);
    });
    if (found > 0 || this.#problems.length > problems) return;
    const left = this.#skipCount() - skipped;
    const why = left > 0 ? ` (${left} skipped)` : '';
    const message = `${pattern}: no .${this.#options.extensions.join(', .')} file found${why}`;
    this.#problems.push(new BoosterError('E_FILE_NOT_FOUND', message, { path: pattern, skipped: left }));
  }

  #addFile(real: string, path: string, explicit: boolean): void {
    const known = this.#files.get(real);
    if (known === undefined) this.#files.set(real, { path, name: this.#name(path), explicit });
    else if (explicit && !known.explicit) this.#files.set(real, { ...known, explicit });
  }

  async #isExcluded(path: string, isFolder: boolean): Promise<boolean> {
    const real = realPath(path);
    if (!isFolder && skipByName(real, this.extensions) !== undefined) return true;
    const ignores = await this.#ignoreFinder();
    return isFolder ? ignores.rulesInside(real) === undefined : ignores.ignoresFile(real);
  }

  async #ignoreFinder(): Promise<IgnoreFinder> {
    this.#ignores ??= this.#loadIgnores();
    return this.#ignores;
  }

  /** The folder that a glob starts in and a test for names below it; `undefined` when the pattern is no glob. */
  async #parseGlob(
    pattern: string,
  ): Promise<{ folder: string; matches(name: string): boolean; maximumDepth: number } | undefined> {
    if (!/[*?[{(]/.test(pattern) || pattern.includes('\0')) return undefined;
    const { default: picomatch } = await import('picomatch');
    const { base, glob, isGlob, negated } = picomatch.scan(slashed(pattern));
    if (!isGlob || negated) return undefined;
    const matches = picomatch(glob, { dot: true });
    const isFlat = !/\*\*|[{(]/.test(glob);
    return {
      folder: resolve(this.#options.cwd, base),
      matches,
      maximumDepth: isFlat ? glob.split('/').length : Infinity,
    };
  }

  #skipCount(): number {
    return Object.values(this.#skipped).reduce((sum, count) => sum + count, 0);
  }

  #name(path: string): string {
    const name = relative(this.#options.cwd, resolve(this.#options.cwd, path));
    return slashed(name === '' ? '.' : name);
  }
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return isAbsolute(path) ? path : resolve(path);
  }
}
