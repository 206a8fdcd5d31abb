import { resolve } from 'node:path';
import { hashOf, readSource } from '../../files/read-source.ts';
import type { SourceFile } from '../../files/read-source.ts';
import type { ProofJournal } from '../../files/proof-journal.ts';
import { writeAtomic } from '../../files/write-atomic.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { FileResult } from '../file-result.ts';
import type { RewriteUnit } from './rewrite-unit.ts';

/** What becomes of a file with some of its rewrites; without any of them, it is as it was. */
export type RewriteSome = (file: FileResult, keys: ReadonlySet<string>) => Promise<FileResult>;

interface TrialFile {
  /** With all of its rewrites. */
  readonly result: FileResult;
  readonly first: SourceFile;
  /** As it is on disk. */
  current: SourceFile;
  /** By the keys that it was made with. */
  readonly versions: Map<string, FileResult>;
}

/** Files on disk that are switched between their first state and any set of their rewrites. */
export class TrialTree {
  readonly #files: readonly TrialFile[];
  readonly #rewriteSome: RewriteSome;
  readonly #maximumBytes: number;
  #journal: ProofJournal | undefined;

  /** @throws BoosterError E_PROOF_CHANGED, E_FILE_* */
  constructor(
    results: readonly FileResult[],
    { cwd, maximumBytes }: { readonly cwd: string; readonly maximumBytes: number },
    rewriteSome: RewriteSome,
  ) {
    this.#rewriteSome = rewriteSome;
    this.#maximumBytes = maximumBytes;
    this.#files = results.map((result) => {
      const first = readSource(resolve(cwd, result.path), { maximumBytes });
      if (first.hash !== result.hash) throw changed([result.path]);
      return { result, first, current: first, versions: new Map() };
    });
  }

  /** The first state of all files. */
  get originals(): readonly SourceFile[] {
    return this.#files.map(({ first }) => first);
  }

  /** Where versions are announced before they are written; without it nothing can be shown. */
  set journal(journal: ProofJournal) {
    this.#journal = journal;
  }

  /** Every file with its rewrites among `kept`, in the order of the constructor. */
  async versions(kept: readonly RewriteUnit[]): Promise<FileResult[]> {
    const keys = this.#files.map(() => new Set<string>());
    for (const { file, key } of kept) keys[file]?.add(key);
    const results: FileResult[] = [];
    for (const [index, file] of this.#files.entries())
      results.push(await this.#version(file, keys[index] ?? new Set()));
    return results;
  }

  /**
   * Writes what differs on disk, each file atomically.
   * @throws BoosterError E_PROOF_CHANGED, E_FILE_NOT_WRITABLE; some files may then have been written
   */
  async show(kept: readonly RewriteUnit[]): Promise<void> {
    const texts = (await this.versions(kept)).map(({ change }) => change?.after);
    await this.#write(this.#files.map(({ first }, index) => texts[index] ?? first.text));
  }

  /** Whether these rewrites give exactly what is on disk. */
  async isShown(kept: readonly RewriteUnit[]): Promise<boolean> {
    const results = await this.versions(kept);
    return this.#files.every(
      ({ first, current }, index) => current.text === (results[index]?.change?.after ?? first.text),
    );
  }

  /** @throws BoosterError E_PROOF_CHANGED naming the files that somebody else has changed */
  refuseChanged(): void {
    const strange = this.#files.filter(({ current }) => !isAsWritten(current, this.#maximumBytes));
    if (strange.length > 0) throw changed(strange.map(({ result }) => result.path));
  }

  /** Puts all files back, whatever happens to one of them. Gives the paths of those that could not be. */
  async restore(): Promise<string[]> {
    const lost: string[] = [];
    for (const file of this.#files) {
      try {
        await writeAtomic(file.current, file.first.text);
        file.current = file.first;
      } catch {
        lost.push(file.result.path);
      }
    }
    return lost;
  }

  async #version(file: TrialFile, keys: ReadonlySet<string>): Promise<FileResult> {
    const name = [...keys].sort().join(' ');
    const known = file.versions.get(name);
    if (known !== undefined) return known;
    const made = await this.#rewriteSome(file.result, keys);
    file.versions.set(name, made);
    return made;
  }

  async #write(texts: readonly string[]): Promise<void> {
    const writes = this.#files
      .map((file, index) => ({ file, index, next: withText(file.current, texts[index] ?? file.first.text) }))
      .filter(({ file, next }) => next.text !== file.current.text);
    this.#journal?.note(writes.map(({ index, next }) => [index, next.hash]));
    for (const { file, next } of writes) {
      try {
        await writeAtomic(file.current, next.text);
      } catch (error) {
        throw error instanceof BoosterError && error.code === 'E_FILE_CHANGED' ? changed([file.result.path]) : error;
      }
      file.current = next;
    }
  }
}

function withText(source: SourceFile, text: string): SourceFile {
  const bytes = Buffer.from((source.bom ? '\uFEFF' : '') + text);
  return { ...source, text, hash: hashOf(bytes), bytes: bytes.length };
}

/** One that has grown beyond what is read was changed as well. */
function isAsWritten({ path, hash, bytes }: SourceFile, maximumBytes: number): boolean {
  try {
    return readSource(path, { maximumBytes: Math.max(bytes, maximumBytes) }).hash === hash;
  } catch {
    return false;
  }
}

function changed(paths: readonly string[]): BoosterError {
  const message = `${paths.join(', ')}: changed by somebody else since the run began`;
  return new BoosterError('E_PROOF_CHANGED', message, { path: paths[0], paths });
}
